/** 年度締め and 再集計: what a year says is frozen in one transaction with the day, by whom and why. */
import { and, asc, eq } from 'drizzle-orm';
import { notHandedOver } from '#lib/equipment/figures.server.ts';
import { unconfirmedLogs } from '#lib/patrols/counted.server.ts';
import { can, may, type Actor } from '#lib/people/permissions.ts';
import { person } from '#lib/people/tables.server.ts';
import { movementOf } from '#lib/pockets/figures.server.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { Forbidden, NotFound, RuleBroken } from '#lib/server/errors.ts';
import { phonesWaiting } from '#lib/sync/phones.server.ts';
import {
	differenceOf,
	isOver,
	marked,
	noteOf,
	openCells,
	unseen,
	type CheckCounts,
	type CloseForm,
	type Difference,
	type RecountForm,
	type Snapshot
} from './closing.ts';
import { closedAs, snapshotOf, takeSnapshot } from './printed.server.ts';
import { yearClosing } from './tables.server.ts';

function mustSee(actor: Actor): void {
	if (!can(actor, 'year.see', {})) throw new NotFound('year');
}

/** What is still open of a year. `snapshot`: what its table says now. */
export async function openPoints(
	tx: Reader,
	actor: Actor,
	fiscalYear: number,
	snapshot: Snapshot
): Promise<CheckCounts> {
	const { town } = await movementOf(tx, actor.municipality, fiscalYear);
	const phones = may(actor, 'sync.seeDevices') ? await phonesWaiting(tx, actor) : { records: 0 };
	return {
		logs: await unconfirmedLogs(tx, actor, fiscalYear),
		handovers: await notHandedOver(tx, actor, fiscalYear),
		pockets: town.unconfirmed,
		phones: phones.records,
		...openCells(snapshot)
	};
}

/** The checklist of a year that is not closed yet, with whether it is over at all. */
export async function checklistOf(tx: Reader, actor: Actor, fiscalYear: number, now: Date) {
	mustSee(actor);
	const snapshot = await takeSnapshot(tx, actor, fiscalYear);
	return {
		over: isOver(fiscalYear, now),
		planned: snapshot.tables.length > 0,
		open: await openPoints(tx, actor, fiscalYear, snapshot)
	};
}

/** Is it the same closing sent once more? One of another year or town is none. */
async function known(tx: Tx, actor: Actor, fiscalYear: number, id: string): Promise<boolean> {
	const [found] = await tx
		.select({ municipality: yearClosing.municipality, fiscalYear: yearClosing.fiscalYear })
		.from(yearClosing)
		.where(eq(yearClosing.id, id));
	if (found && (found.municipality !== actor.municipality || found.fiscalYear !== fiscalYear))
		throw new NotFound('closing');
	return found !== undefined;
}

/**
 * 年度締め. The figures are counted inside this transaction by the function that counts them every day, so that a record is either among
 * them or comes after. Open points are no hindrance, but whoever closes has seen them. Sent twice it is one closing; of two at once, the
 * second is told.
 */
export async function closeYear(
	tx: Tx,
	actor: Actor,
	fiscalYear: number,
	{ id, seen }: CloseForm,
	now: Date
): Promise<void> {
	if (!can(actor, 'year.close', {})) throw new Forbidden();
	if (await known(tx, actor, fiscalYear, id)) return;
	if (!isOver(fiscalYear, now)) throw new RuleBroken('error_year_running');
	const { municipality } = actor;
	if (await closedAs(tx, municipality, fiscalYear)) throw new RuleBroken('error_year_closed');
	const snapshot = await takeSnapshot(tx, actor, fiscalYear);
	if (snapshot.tables.length === 0) throw new RuleBroken('error_year_no_plan');
	const remaining = await openPoints(tx, actor, fiscalYear, snapshot);
	if (unseen(remaining, seen).length > 0) throw new RuleBroken('error_year_unseen', 'seen');
	await tx.insert(yearClosing).values({
		...{ id, municipality, fiscalYear, number: 1, by: actor.person, at: now },
		...{ reason: null, remaining, snapshot }
	});
	await record(tx, actor, 'year.close', 'yearClosing', id, { fiscalYear, ...remaining });
}

/**
 * 再集計, by the approver alone, with its reason: a closing more, whose table says at its foot that and why it was counted again. One that
 * somebody else counted again meanwhile is refused.
 */
export async function recountYear(
	tx: Tx,
	actor: Actor,
	fiscalYear: number,
	{ id, number, reason }: RecountForm,
	now: Date
): Promise<void> {
	if (!can(actor, 'year.recount', {})) throw new Forbidden();
	if (await known(tx, actor, fiscalYear, id)) return;
	const { municipality } = actor;
	const last = await closedAs(tx, municipality, fiscalYear);
	if (!last) throw new RuleBroken('error_year_open');
	if (last.number !== number) throw new RuleBroken('error_year_recounted');
	const snapshot = await takeSnapshot(tx, actor, fiscalYear);
	const first = await snapshotOf(tx, municipality, fiscalYear, 1);
	const notes = [
		...(await closingsOf(tx, actor, fiscalYear)).flatMap((one) =>
			one.reason === null ? [] : [noteOf(fiscalYear, one.at, one.reason)]
		),
		noteOf(fiscalYear, now, reason)
	];
	const tables = snapshot.tables.map(({ table, ...of }) => ({
		...of,
		table: marked(table, first?.tables.find((one) => one.id === of.id)?.table, notes)
	}));
	const remaining = await openPoints(tx, actor, fiscalYear, snapshot);
	await tx.insert(yearClosing).values({
		...{ id, municipality, fiscalYear, number: number + 1, by: actor.person, at: now },
		...{ reason, remaining, snapshot: { ...snapshot, tables } }
	});
	await record(tx, actor, 'year.recount', 'yearClosing', id, { fiscalYear, number: number + 1 });
}

/** The closings of a year, first to last, without what they froze. */
export async function closingsOf(tx: Reader, actor: Actor, fiscalYear: number) {
	mustSee(actor);
	return tx
		.select({
			id: yearClosing.id,
			number: yearClosing.number,
			at: yearClosing.at,
			by: person.name,
			reason: yearClosing.reason,
			remaining: yearClosing.remaining
		})
		.from(yearClosing)
		.innerJoin(person, eq(person.id, yearClosing.by))
		.where(and(eq(yearClosing.municipality, actor.municipality), eq(yearClosing.fiscalYear, fiscalYear)))
		.orderBy(asc(yearClosing.number));
}

/** What has come since the last closing, as it would change the table: `undefined` of a year that is open. */
export async function effectOf(tx: Reader, actor: Actor, fiscalYear: number): Promise<Difference | undefined> {
	mustSee(actor);
	const frozen = await snapshotOf(tx, actor.municipality, fiscalYear);
	return frozen && differenceOf(frozen, await takeSnapshot(tx, actor, fiscalYear));
}

/** What one closing of a year says otherwise than another. */
export async function compareClosings(tx: Reader, actor: Actor, fiscalYear: number, from: number, to: number) {
	mustSee(actor);
	const before = await snapshotOf(tx, actor.municipality, fiscalYear, from);
	const after = await snapshotOf(tx, actor.municipality, fiscalYear, to);
	return before && after ? differenceOf(before, after) : undefined;
}
