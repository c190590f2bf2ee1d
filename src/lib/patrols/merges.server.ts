/** The same walk recorded twice: offered, merged, undone, or told apart. */
import { and, eq, gt, inArray, isNull, lt, ne, sql } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { alias } from '#lib/server/db/columns.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { beside, openLog, reachable } from './open.server.ts';
import { allows, sameWalk } from './state.ts';
import { log, logAssociation, logDistinct, logMerge, logVersion, logWithdrawal } from './tables.server.ts';

/** No walk is longer; bounds what one log is compared with. */
const longestWalk = 12 * 3_600_000;

/** Log → the logs that are probably the same walk, within the actor's reach and not told apart. For the logs of one page. */
export async function duplicatesOf(tx: Reader, actor: Actor, logs: readonly string[]): Promise<Map<string, string[]>> {
	const pairs = await overlapping(tx, actor, logs);
	const versions = [...new Set(pairs.flatMap(({ a, b }) => [a.version, b.version]))];
	const walked = versions.length
		? await tx.select().from(logAssociation).where(inArray(logAssociation.version, versions))
		: [];
	const bodies = Map.groupBy(walked, (one) => one.version);
	const bodiesOf = (version: string) => (bodies.get(version) ?? []).map((one) => one.association);
	const apart = await toldApart(
		tx,
		pairs.map(({ a }) => a.log)
	);
	const found = new Map<string, string[]>();
	for (const { a, b } of pairs) {
		const same = sameWalk({ ...a, associations: bodiesOf(a.version) }, { ...b, associations: bodiesOf(b.version) });
		if (same && !apart.has(`${a.log} ${b.log}`)) found.set(a.log, [...(found.get(a.log) ?? []), b.log]);
	}
	return found;
}

const walkColumns = (version: typeof logVersion) => ({
	log: version.log,
	version: version.id,
	programme: version.programme,
	place: version.place,
	vehicle: version.vehicle,
	departedAt: version.departedAt,
	finishedAt: version.finishedAt
});

/** Pairs of live logs with the same programme at overlapping times; the first of each pair is one of `logs`. */
async function overlapping(tx: Reader, actor: Actor, logs: readonly string[]) {
	if (logs.length === 0) return [];
	const mine = alias(logVersion, 'mine');
	const mineLog = alias(log, 'mine_log');
	return tx
		.select({ a: walkColumns(mine as unknown as typeof logVersion), b: walkColumns(logVersion) })
		.from(mineLog)
		.innerJoin(mine, and(eq(mine.log, mineLog.id), eq(mine.number, mineLog.latest)))
		.innerJoin(
			logVersion,
			and(
				eq(logVersion.municipality, mine.municipality),
				eq(logVersion.programme, mine.programme),
				lt(logVersion.departedAt, mine.finishedAt),
				sql`${logVersion.departedAt} > ${mine.departedAt} - ${longestWalk}`,
				gt(logVersion.finishedAt, mine.departedAt),
				ne(logVersion.log, mine.log)
			)
		)
		.innerJoin(log, and(eq(log.id, logVersion.log), eq(log.latest, logVersion.number)))
		.leftJoin(logWithdrawal, beside.withdrawal)
		.leftJoin(logMerge, beside.merge)
		.where(
			and(
				inArray(mineLog.id, [...logs]),
				isNull(logWithdrawal.log),
				isNull(logMerge.id),
				reachable(tx, actor, 'patrol.see')
			)
		);
}

/** Pairs somebody looked at and found to be two walks, in both directions. */
async function toldApart(tx: Reader, logs: string[]): Promise<Set<string>> {
	if (logs.length === 0) return new Set();
	const rows = [
		...(await tx.select().from(logDistinct).where(inArray(logDistinct.log, logs))),
		...(await tx.select().from(logDistinct).where(inArray(logDistinct.other, logs)))
	];
	return new Set(rows.flatMap((one) => [`${one.log} ${one.other}`, `${one.other} ${one.log}`]));
}

/** Makes `id` count as the same walk as `into`. Both stay readable, `into` alone counts. Undoable. */
export async function merge(tx: Tx, actor: Actor, id: string, into: string, now: Date): Promise<void> {
	const found = await openLog(tx, actor, id, 'patrol.confirm');
	const kept = await openLog(tx, actor, into, 'patrol.confirm');
	if (id === into || !allows(found.state, 'merge') || !allows(kept.state, 'merge'))
		throw new RuleBroken('error_patrols_state');
	const under = await tx
		.select({ id: logMerge.id })
		.from(logMerge)
		.where(and(eq(logMerge.into, id), isNull(logMerge.undoneAt)));
	if (under.length > 0) throw new RuleBroken('error_patrols_merged_into');
	await tx
		.insert(logMerge)
		.values({ id: newId(now.getTime()), municipality: actor.municipality, log: id, into, by: actor.person, at: now });
	await record(tx, actor, 'patrol.merge', 'log', id, { into });
}

/** Takes a merge back: both count by themselves again. */
export async function undoMerge(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	await openLog(tx, actor, id, 'patrol.confirm');
	const undone = await tx
		.update(logMerge)
		.set({ undoneAt: now, undoneBy: actor.person })
		.where(and(eq(logMerge.log, id), isNull(logMerge.undoneAt)));
	if (undone.changes !== 1) throw new NotFound();
	await record(tx, actor, 'patrol.undoMerge', 'log', id);
}

/** Two walks after all: the offer is not made again. */
export async function tellApart(tx: Tx, actor: Actor, id: string, other: string, now: Date): Promise<void> {
	await openLog(tx, actor, id, 'patrol.confirm');
	await openLog(tx, actor, other, 'patrol.see');
	await tx
		.insert(logDistinct)
		.values({ log: id, other, municipality: actor.municipality, by: actor.person, at: now })
		.onConflictDoNothing();
	await record(tx, actor, 'patrol.tellApart', 'log', id, { other });
}
