/** The list of logs, through the actor: newest walk first, a page at a time by key. */
import {
	and,
	asc,
	count,
	desc,
	eq,
	exists,
	gte,
	inArray,
	isNull,
	lt,
	lte,
	notInArray,
	or,
	type SQL
} from 'drizzle-orm';
import { addMonths, firstOfMonth, instantOf } from '#lib/calendar/day.ts';
import { association, person } from '#lib/people/tables.server.ts';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { place } from '#lib/watches/tables.server.ts';
import { cursorText, type Cursor, type LogFilter } from './filter.ts';
import { duplicatesOf } from './merges.server.ts';
import { beside, factColumns, isLatest, reachable, stateOfRow, walkedBy } from './open.server.ts';
import { allows } from './state.ts';
import {
	finding,
	log,
	logAssociation,
	logConfirmation,
	logMerge,
	logSendBack,
	logVersion,
	logWithdrawal,
	vehicle
} from './tables.server.ts';

export const pageSize = 50;

/**
 * The rows that must, or must not, exist for a log to stand there. The same order as `stateOf`. Asked by the version or the log
 * alone and not of the joined rows: so SQLite asks before it joins, and nearly every log of years past is left at the first question.
 */
function standsAs(tx: Reader, state: LogFilter['state']): SQL | undefined {
	if (state === 'all') return undefined;
	const confirmed = tx.select({ one: logConfirmation.version }).from(logConfirmation);
	const sentBack = tx.select({ one: logSendBack.version }).from(logSendBack);
	const withdrawn = tx.select({ one: logWithdrawal.log }).from(logWithdrawal);
	const merged = tx.select({ one: logMerge.log }).from(logMerge).where(isNull(logMerge.undoneAt));
	if (state === 'withdrawn') return inArray(logVersion.log, withdrawn);
	const kept = notInArray(logVersion.log, withdrawn);
	if (state === 'merged') return and(inArray(logVersion.log, merged), kept);
	const live = and(kept, notInArray(logVersion.log, merged));
	if (state === undefined) return live;
	// Nearly all are: asked one by one along the list, not gathered first.
	if (state === 'confirmed') return and(exists(confirmed.where(eq(logConfirmation.version, logVersion.id))), live);
	const open = and(notInArray(logVersion.id, confirmed), live);
	return state === 'sentBack'
		? and(inArray(logVersion.id, sentBack), open)
		: and(open, notInArray(logVersion.id, sentBack));
}

function within(tx: Reader, actor: Actor, filter: LogFilter): SQL | undefined {
	return and(
		reachable(tx, actor, 'patrol.see'),
		standsAs(tx, filter.state),
		filter.programme && eq(logVersion.programme, filter.programme),
		filter.association ? walkedBy(tx, [filter.association]) : undefined,
		filter.year ? eq(logVersion.fiscalYear, filter.year) : undefined,
		filter.month ? gte(logVersion.departedAt, instantOf(firstOfMonth(filter.month))) : undefined,
		filter.month ? lt(logVersion.departedAt, instantOf(firstOfMonth(addMonths(filter.month, 1)))) : undefined
	);
}

/** The bound on `departedAt` is what the index goes by; the second half orders logs of the same moment. */
const after = (cursor: Cursor | undefined) =>
	cursor &&
	and(
		lte(logVersion.departedAt, cursor.departedAt),
		or(lt(logVersion.departedAt, cursor.departedAt), lt(logVersion.log, cursor.log))
	);

export type LogLine = Awaited<ReturnType<typeof listLogs>>['logs'][number];

/** A page of the list, with the address of the next. */
export async function listLogs(tx: Reader, actor: Actor, filter: LogFilter, cursor?: Cursor) {
	const newestFirst = [desc(logVersion.departedAt), desc(logVersion.log)] as const;
	// Which ones first, along the index by time, and only then what stands beside them: joined all at once, SQLite reads every log there is.
	const shown = tx
		.select({ id: logVersion.id })
		.from(logVersion)
		.innerJoin(log, isLatest)
		.where(and(within(tx, actor, filter), after(cursor)))
		.orderBy(...newestFirst)
		.limit(pageSize + 1);
	const rows = await tx
		.select({
			id: log.id,
			version: logVersion.id,
			number: logVersion.number,
			section: log.section,
			programme: logVersion.programme,
			onDay: logVersion.onDay,
			departedAt: logVersion.departedAt,
			finishedAt: logVersion.finishedAt,
			method: logVersion.method,
			metres: logVersion.metres,
			headcount: logVersion.headcount,
			place: place.name,
			vehicle: vehicle.name,
			author: person.name,
			forOthers: log.forOthers,
			clockDoubt: logVersion.clockDoubt,
			...factColumns
		})
		.from(logVersion)
		.innerJoin(log, isLatest)
		.leftJoin(logConfirmation, beside.confirmation)
		.leftJoin(logSendBack, beside.sendBack)
		.leftJoin(logWithdrawal, beside.withdrawal)
		.leftJoin(logMerge, beside.merge)
		.leftJoin(place, eq(place.id, logVersion.place))
		.leftJoin(vehicle, eq(vehicle.id, logVersion.vehicle))
		.innerJoin(person, eq(person.id, log.author))
		.where(inArray(logVersion.id, shown))
		.orderBy(...newestFirst);
	const page = rows.slice(0, pageSize);
	const bodies = await bodiesOf(
		tx,
		page.map((row) => row.version)
	);
	const open = page.filter((row) => allows(stateOfRow(row), 'merge')).map((row) => row.id);
	const duplicates = await duplicatesOf(tx, actor, open);
	const noticed = await findingsOf(
		tx,
		page.map((row) => row.id)
	);
	const last = page.at(-1);
	return {
		logs: page.map(({ confirmed, sentBack, withdrawn, merged, ...row }) => ({
			...row,
			state: stateOfRow({ confirmed, sentBack, withdrawn, merged }),
			bodies: bodies.get(row.version) ?? [],
			duplicates: duplicates.get(row.id) ?? [],
			findings: noticed.get(row.id) ?? 0
		})),
		next: rows.length > pageSize && last ? cursorText({ departedAt: last.departedAt, log: last.id }) : undefined
	};
}

/** Names of the bodies of versions, the log's own kind of order: by kana. */
export async function bodiesOf(tx: Reader, versions: string[]) {
	const rows = versions.length
		? await tx
				.select({ version: logAssociation.version, id: association.id, name: association.name })
				.from(logAssociation)
				.innerJoin(association, eq(association.id, logAssociation.association))
				.where(inArray(logAssociation.version, versions))
				.orderBy(asc(association.kana))
		: [];
	return Map.groupBy(rows, (row) => row.version);
}

async function findingsOf(tx: Reader, logs: string[]): Promise<Map<string | null, number>> {
	if (logs.length === 0) return new Map();
	const rows = await tx
		.select({ log: finding.log, count: count() })
		.from(finding)
		.where(inArray(finding.log, logs))
		.groupBy(finding.log);
	return new Map(rows.map((row) => [row.log, row.count]));
}

/** How many logs wait for this person's confirmation. */
export async function waitingCount(tx: Reader, actor: Actor): Promise<number> {
	const [row] = await tx
		.select({ count: count() })
		.from(logVersion)
		.innerJoin(log, isLatest)
		.where(and(reachable(tx, actor, 'patrol.confirm'), standsAs(tx, 'waiting')));
	return row?.count ?? 0;
}

/** Bodies the actor may narrow the list to: those reached, or all that stand in the register. */
export async function bodiesInReach(tx: Reader, actor: Actor): Promise<{ id: string; name: string }[]> {
	const reached = reachOf(actor, 'patrol.see');
	const own = [...reached.associations, ...reached.past.map((one) => one.association)];
	return tx
		.select({ id: association.id, name: association.name })
		.from(association)
		.where(
			and(eq(association.municipality, actor.municipality), reached.all ? undefined : inArray(association.id, own))
		)
		.orderBy(asc(association.kana));
}
