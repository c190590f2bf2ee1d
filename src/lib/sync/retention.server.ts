/**
 * What phones sent is kept as they froze it as long as somebody may ask what exactly was sent, then its content goes. Order, ids, hashes
 * and receipts stay for ever, so that a phone that offers it again still hears that it is here.
 */
import { and, asc, eq, gt, inArray, lt, max, sql } from 'drizzle-orm';
import { db, transaction } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { REMOVED, syncBlob, syncBlobPart, syncOp, syncOutcome, syncPayload, syncWaiting } from './tables.server.ts';

const DAY = 86_400_000;
/** A fiscal year, the months in which it is reported, and some. */
export const KEEP_CONTENT_DAYS = 550;
/** A photo that stopped arriving: its phone begins anew. */
const KEEP_PARTS_DAYS = 60;
/** Where somebody walked is nobody's business for longer; how far stays with the log. */
export const KEEP_TRACKS_DAYS = 90;
/** So many at a time, so that nobody who writes waits for long. */
const AT_ONCE = 500;

/**
 * Removes the content of old ops, the walked lines after 90 days, and the pieces of photos that never became whole. What still waits to
 * be applied stays.
 */
export async function removeOld(now: Date): Promise<Record<string, number>> {
	const before = new Date(now.getTime() - KEEP_CONTENT_DAYS * DAY);
	let contents = 0;
	// In the order of arrival, page by page, until the first that is young: most nights that is the first page.
	for (let after: number | undefined = 0; after !== undefined;) {
		const page = await contentsAfter(after);
		const old = page.filter((one) => one.receivedAt < before);
		contents += await remove(old.filter((one) => one.waits === null));
		after = old.length === AT_ONCE ? old.at(-1)!.op : undefined;
	}
	const parts = await transaction(async (tx) => {
		const stopped = new Date(now.getTime() - KEEP_PARTS_DAYS * DAY);
		return (await tx.delete(syncBlobPart).where(lt(syncBlobPart.at, stopped))).changes;
	});
	return { contents, parts, tracks: await removeTracks(new Date(now.getTime() - KEEP_TRACKS_DAYS * DAY)) };
}

/**
 * Removes what phones sent of a most sensitive kind as soon as it has taken effect: the room keeps it, for its own time, and nobody else is
 * to. Returns how many.
 */
export async function removeSettled(kind: string): Promise<number> {
	const accepted = db.select({ op: syncOutcome.op }).from(syncOutcome).where(eq(syncOutcome.is, 'accepted'));
	const settled: Content[] = await db
		.select({
			op: syncPayload.op,
			municipality: syncPayload.municipality,
			receivedAt: syncOp.receivedAt,
			waits: sql<null>`null`
		})
		.from(syncPayload)
		.innerJoin(syncOp, eq(syncOp.no, syncPayload.op))
		.where(and(eq(syncOp.kind, kind), inArray(syncPayload.op, accepted)))
		.orderBy(asc(syncPayload.op))
		.limit(AT_ONCE);
	return remove(settled);
}

/** Of a line stays that it was here: else its log would wait for it for ever, and its phone would send it again. */
async function removeTracks(before: Date): Promise<number> {
	let removed = 0;
	for (let found = AT_ONCE; found === AT_ONCE; removed += found) {
		found = await transaction(async (tx) => {
			const old = await tx
				.select({ id: syncBlob.id, municipality: syncBlob.municipality, sha256: syncBlob.sha256, at: syncBlob.at })
				.from(syncBlob)
				.where(and(sql`${syncBlob.type} = 'application/json'`, lt(syncBlob.at, before)))
				.limit(AT_ONCE);
			for (const { id, ...row } of old) {
				await tx.delete(syncBlob).where(eq(syncBlob.id, id));
				await tx.insert(syncBlob).values({ id, ...row, type: REMOVED, bytes: Buffer.alloc(0) });
			}
			for (const [municipality, of] of Map.groupBy(old, (one) => one.municipality))
				await record(tx, { municipality }, 'sync.removeTracks', 'blob', of.at(-1)!.id, { count: of.length });
			return old.length;
		});
	}
	return removed;
}

type Content = { op: number; municipality: string; receivedAt: Date; waits: number | null };

const contentsAfter = (after: number): Promise<Content[]> =>
	db
		.select({
			op: syncPayload.op,
			municipality: syncPayload.municipality,
			receivedAt: syncOp.receivedAt,
			waits: max(syncWaiting.op)
		})
		.from(syncPayload)
		.innerJoin(syncOp, eq(syncOp.no, syncPayload.op))
		.leftJoin(syncWaiting, eq(syncWaiting.op, syncPayload.op))
		.where(gt(syncPayload.op, after))
		.groupBy(syncPayload.op)
		.orderBy(asc(syncPayload.op))
		.limit(AT_ONCE);

async function remove(old: Content[]): Promise<number> {
	if (old.length === 0) return 0;
	const ops = old.map((one) => one.op);
	await transaction(async (tx) => {
		await tx.delete(syncPayload).where(inArray(syncPayload.op, ops));
		for (const [municipality, of] of Map.groupBy(old, (one) => one.municipality))
			await record(tx, { municipality }, 'sync.removeContent', 'op', String(of.at(-1)!.op), { count: of.length });
	});
	return old.length;
}
