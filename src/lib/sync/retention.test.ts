import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Actor } from '#lib/people/permissions.ts';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { record, trail } from '#lib/server/db/trail.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, seedPeople, town } from '../../../tests/people.ts';
import { moment, phone } from '../../../tests/phone.ts';
import { blobOf, onTheWay, takePiece } from './blobs.server.ts';
import { registerHandler } from './handlers.server.ts';
import { thaw } from './protocol.ts';
import { receive } from './receive.server.ts';
import { KEEP_CONTENT_DAYS, KEEP_TRACKS_DAYS, removeOld } from './retention.server.ts';
import { syncBlobPart, syncOp, syncPayload } from './tables.server.ts';

const later = (days: number) => new Date(moment.getTime() + days * 86_400_000);
let volunteer: Actor;
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, '2025-11-27'));
	volunteer = await actorFor(db, 'volunteer', '2025-11-27');
	registerHandler('test.fact', {
		schema: { 1: z.looseObject({}) },
		apply: async (tx, op) => record(tx, op.actor, 'test.fact', 'test', op.id)
	});
});
afterAll(() => close());

it('takes the content of what is old, and nothing else', async () => {
	const mine = phone(volunteer.person, { type: 'association', id: town.associations.honcho });
	const ops = [await mine.op(), await mine.op(), await mine.op({ deps: ['018f0000-0000-7000-8000-000000000000'] })];
	await receive(volunteer, mine.push(ops), moment, String);
	const part = { municipality: town.municipality, sha256: 'ab'.repeat(32), sender: volunteer.person, start: 0 };
	await transaction(async (tx) => {
		await tx.insert(syncBlobPart).values({ ...part, bytes: Buffer.from('x'), at: moment });
	});
	const before = await db.select().from(syncOp);

	expect(await removeOld(later(59))).toEqual({ contents: 0, parts: 0, tracks: 0 });
	expect(await removeOld(later(KEEP_CONTENT_DAYS))).toEqual({ contents: 0, parts: 1, tracks: 0 });
	const late = await mine.op();
	await receive(volunteer, mine.push([late]), later(KEEP_CONTENT_DAYS), String);
	expect(await removeOld(later(KEEP_CONTENT_DAYS + 1))).toEqual({ contents: 2, parts: 0, tracks: 0 });
	expect(await removeOld(later(KEEP_CONTENT_DAYS + 1))).toEqual({ contents: 0, parts: 0, tracks: 0 });

	// What waits and what is young stays whole; order, ids and hashes of everything stay.
	expect(await db.$count(syncPayload)).toBe(2);
	expect((await db.select().from(syncOp)).slice(0, 3)).toEqual(before);
	expect(await db.select().from(trail).where(eq(trail.deed, 'sync.removeContent'))).toMatchObject([
		{ person: null, facts: { count: 2 } }
	]);
	const again = await receive(volunteer, mine.push(ops), later(KEEP_CONTENT_DAYS + 2), String);
	expect(again).toMatchObject({ results: [{ s: 'duplicate' }, { s: 'duplicate' }, { s: 'duplicate' }], missing: [] });
});

it('takes walked lines after 90 days, leaves photos, and nobody waits for what it took', async () => {
	const mine = phone(volunteer.person, { type: 'association', id: town.associations.honcho });
	const line = Buffer.from('{"type":"LineString","coordinates":[[139.5,35.7],[139.51,35.71]]}');
	const photo = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4]);
	const names = [line, photo].map((bytes) => createHash('sha256').update(bytes).digest('hex')) as [string, string];
	const op = await mine.op({ blobs: names });
	await receive(volunteer, mine.push([op]), moment, String);
	const offer = async (bytes: Buffer, at: Date) =>
		takePiece(volunteer, { sha256: names[bytes === line ? 0 : 1], start: 0, total: bytes.length, bytes }, at);
	for (const bytes of [line, photo]) expect(await offer(bytes, moment)).toMatchObject({ complete: true });

	expect((await removeOld(later(KEEP_TRACKS_DAYS))).tracks).toBe(0);
	expect(await blobOf(db, town.municipality, names[0])).toMatchObject({ bytes: line });
	expect((await removeOld(later(KEEP_TRACKS_DAYS + 1))).tracks).toBe(1);
	expect((await removeOld(later(KEEP_TRACKS_DAYS + 1))).tracks).toBe(0);
	expect(await blobOf(db, town.municipality, names[0])).toBeUndefined();
	expect(await blobOf(db, town.municipality, names[1])).toMatchObject({ bytes: photo });
	const holding = connections().writer.prepare('select count(*) from sync_blob where instr(bytes, ?) > 0').pluck();
	expect(holding.get('LineString')).toBe(0);
	// Neither does its log wait for it, nor does a phone that offers it again bring it back.
	expect(await onTheWay(db, town.municipality, [thaw(op.bytes)!.id])).toEqual([]);
	expect(await offer(line, later(KEEP_TRACKS_DAYS + 2))).toEqual({ offset: line.length, complete: true });
	expect(holding.get('LineString')).toBe(0);
	expect(await db.select().from(trail).where(eq(trail.deed, 'sync.removeTracks'))).toMatchObject([
		{ person: null, facts: { count: 1 } }
	]);
});

it('cannot take what still waits, whoever tries', async () => {
	await expect(transaction(async (tx) => void (await tx.delete(syncPayload)))).rejects.toThrow('waits');
});
