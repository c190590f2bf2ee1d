/** Photos and tracks, which travel apart from the small op that announced them: in pieces, named by their hash, once. */
import { createHash } from 'node:crypto';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import { transaction, type Reader, type Tx } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { limits } from './protocol.ts';
import { REMOVED, syncBlob, syncBlobPart, syncOp, syncOpBlob, TRACK } from './tables.server.ts';

export type Piece = { sha256: string; start: number; total: number; bytes: Buffer };
/** How much is here; the phone goes on from `offset`. */
export type Held = { offset: number; complete: boolean };

/**
 * Takes one piece. One that does not begin where the last ended changes nothing; the answer says where to go on. Only a photo that
 * an op of this person announced is taken (`NotFound`). Throws `RuleBroken` for what is neither picture nor track.
 */
export async function takePiece(actor: Actor, piece: Piece, now: Date): Promise<Held> {
	if (piece.total > limits.blob || piece.start + piece.bytes.length > piece.total)
		throw new RuleBroken('error_sync_blob');
	if (piece.start === 0 && piece.bytes.length >= 12 && !typeOf(piece.bytes)) throw new RuleBroken('error_sync_blob');
	return transaction((tx) => takeIn(tx, actor, piece, now));
}

async function takeIn(tx: Tx, actor: Actor, piece: Piece, now: Date): Promise<Held> {
	const { municipality } = actor;
	const { sha256 } = piece;
	if (!(await isAnnounced(tx, actor, sha256))) throw new NotFound();
	const mine = and(
		eq(syncBlobPart.municipality, municipality),
		eq(syncBlobPart.sha256, sha256),
		eq(syncBlobPart.sender, actor.person)
	);
	const [whole] = await tx
		.select({ id: syncBlob.id })
		.from(syncBlob)
		.where(and(eq(syncBlob.municipality, municipality), eq(syncBlob.sha256, sha256)));
	if (whole) return { offset: piece.total, complete: true };
	const [parts] = await tx
		.select({ held: sql<number>`coalesce(sum(length(${syncBlobPart.bytes})), 0)` })
		.from(syncBlobPart)
		.where(mine);
	const held = parts?.held ?? 0;
	if (piece.start !== held || piece.bytes.length === 0) return { offset: held, complete: false };
	if (held + piece.bytes.length < piece.total) {
		const { start, bytes } = piece;
		await tx.insert(syncBlobPart).values({ municipality, sha256, sender: actor.person, start, bytes, at: now });
		return { offset: held + bytes.length, complete: false };
	}
	const before = await tx
		.select({ bytes: syncBlobPart.bytes })
		.from(syncBlobPart)
		.where(mine)
		.orderBy(asc(syncBlobPart.start));
	const bytes = Buffer.concat([...before.map((one) => one.bytes), piece.bytes]);
	await tx.delete(syncBlobPart).where(mine);
	// Something was damaged on the way: begin anew.
	if (createHash('sha256').update(bytes).digest('hex') !== sha256) return { offset: 0, complete: false };
	const type = typeOf(bytes);
	if (!type) throw new RuleBroken('error_sync_blob');
	await tx.insert(syncBlob).values({ id: newId(now.getTime()), municipality, sha256, type, bytes, at: now });
	return { offset: piece.total, complete: true };
}

async function isAnnounced(tx: Tx, actor: Actor, sha256: string): Promise<boolean> {
	const [found] = await tx
		.select({ no: syncOp.no })
		.from(syncOpBlob)
		.innerJoin(syncOp, eq(syncOp.no, syncOpBlob.op))
		.where(and(eq(syncOpBlob.sha256, sha256), eq(syncOp.author, actor.person)))
		.limit(1);
	return found !== undefined;
}

/** What it is by its first bytes, whatever it is called: JPEG, PNG, WebP, or a track as JSON. */
function typeOf(bytes: Buffer): string | undefined {
	if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
	if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
	if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'image/webp';
	if (bytes[0] === 0x7b) return TRACK;
	return undefined;
}

/** A photo or track that has arrived, for the room that may show it: ask there who may see it. */
export async function blobOf(
	reader: Reader,
	municipality: string,
	sha256: string
): Promise<{ type: string; bytes: Buffer } | undefined> {
	const [found] = await reader
		.select({ type: syncBlob.type, bytes: syncBlob.bytes })
		.from(syncBlob)
		.where(and(eq(syncBlob.municipality, municipality), eq(syncBlob.sha256, sha256)));
	return found?.type === REMOVED ? undefined : found;
}

/** Which photos announced by these ops (ids made on the phone) are still on the way. */
export async function onTheWay(reader: Reader, municipality: string, ops: string[]) {
	if (ops.length === 0) return [];
	return reader
		.select({ op: syncOp.id, sha256: syncOpBlob.sha256 })
		.from(syncOp)
		.innerJoin(syncOpBlob, eq(syncOpBlob.op, syncOp.no))
		.leftJoin(syncBlob, and(eq(syncBlob.sha256, syncOpBlob.sha256), eq(syncBlob.municipality, syncOpBlob.municipality)))
		.where(and(inArray(syncOp.id, ops), eq(syncOp.municipality, municipality), isNull(syncBlob.id)));
}
