/** お知らせ that a child ran in: that there is a record, and nothing of what stands in it. */
import { and, count, desc, eq, gt, inArray, isNull, type SQL } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { holdersOf } from '#lib/people/grants.server.ts';
import { post } from '#lib/people/messages.server.ts';
import { may, type Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import type { By } from './pockets.server.ts';
import { runInNotice as notice } from './tables.server.ts';

/** Tells every clerk of the guidance office at once, but for whoever wrote it. Returns how many. */
export async function tellRunIn(tx: Tx, by: By, id: string, now: Date): Promise<number> {
	const { municipality } = by;
	const clerks = (await holdersOf(tx, municipality, 'guidance', jstDay(now))).filter((one) => one !== by.person);
	if (clerks.length === 0) return 0;
	const written = await tx
		.insert(notice)
		.values(clerks.map((person) => ({ id: newId(now.getTime()), municipality, person, runIn: id, at: now })))
		.onConflictDoNothing()
		.returning({ person: notice.person, thing: notice.id });
	await post(tx, { municipality, room: 'runIns', now }, written);
	return written.length;
}

/** It is settled: nobody needs to be called to it any more. */
export async function takeBackRunIn(tx: Tx, id: string): Promise<void> {
	await tx.delete(notice).where(and(eq(notice.runIn, id), isNull(notice.readAt)));
}

const KEPT_DAYS = 60;
const mine = (actor: Actor, now: Date): SQL | undefined =>
	and(
		eq(notice.person, actor.person),
		eq(notice.municipality, actor.municipality),
		gt(notice.at, new Date(now.getTime() - KEPT_DAYS * 86_400_000))
	);

/** The actor's own, newest first; none for who is no clerk of the office any more. */
export async function runInNoticesOf(reader: Reader, actor: Actor, now: Date, limit = 50) {
	if (!may(actor, 'runIn.see')) return [];
	return reader
		.select({ id: notice.id, at: notice.at, readAt: notice.readAt, runIn: notice.runIn })
		.from(notice)
		.where(mine(actor, now))
		.orderBy(desc(notice.at), desc(notice.id))
		.limit(limit);
}
export type RunInNotice = Awaited<ReturnType<typeof runInNoticesOf>>[number];

/** How many wait to be read. */
export async function unreadRunInNotices(reader: Reader, actor: Actor, now: Date): Promise<number> {
	if (!may(actor, 'runIn.see')) return 0;
	const [found] = await reader
		.select({ n: count() })
		.from(notice)
		.where(and(mine(actor, now), isNull(notice.readAt)));
	return found?.n ?? 0;
}

/** One of them, while it waits to be read. */
export async function unreadRunInNotice(reader: Reader, actor: Actor, id: string, now: Date) {
	if (!may(actor, 'runIn.see')) return undefined;
	const [found] = await reader
		.select({ runIn: notice.runIn })
		.from(notice)
		.where(and(mine(actor, now), eq(notice.id, id), isNull(notice.readAt)));
	return found;
}

/** The actor has seen these. */
export async function readRunInNotices(tx: Tx, actor: Actor, ids: readonly string[], now: Date): Promise<void> {
	if (ids.length === 0) return;
	const own = and(eq(notice.person, actor.person), eq(notice.municipality, actor.municipality));
	await tx
		.update(notice)
		.set({ readAt: now })
		.where(and(own, inArray(notice.id, [...ids]), isNull(notice.readAt)));
}
