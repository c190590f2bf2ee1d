import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { record, trail } from '#lib/server/db/trail.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, seedPeople, town } from '../../../tests/people.ts';
import { moment, phone } from '../../../tests/phone.ts';
import { registerHandler } from './handlers.server.ts';
import { receive } from './receive.server.ts';
import { KEEP_CONTENT_DAYS, removeOld } from './retention.server.ts';
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

	expect(await removeOld(later(59))).toEqual({ contents: 0, parts: 0 });
	expect(await removeOld(later(KEEP_CONTENT_DAYS))).toEqual({ contents: 0, parts: 1 });
	const late = await mine.op();
	await receive(volunteer, mine.push([late]), later(KEEP_CONTENT_DAYS), String);
	expect(await removeOld(later(KEEP_CONTENT_DAYS + 1))).toEqual({ contents: 2, parts: 0 });
	expect(await removeOld(later(KEEP_CONTENT_DAYS + 1))).toEqual({ contents: 0, parts: 0 });

	// What waits and what is young stays whole; order, ids and hashes of everything stay.
	expect(await db.$count(syncPayload)).toBe(2);
	expect((await db.select().from(syncOp)).slice(0, 3)).toEqual(before);
	expect(await db.select().from(trail).where(eq(trail.deed, 'sync.removeContent'))).toMatchObject([
		{ person: null, facts: { count: 2 } }
	]);
	const again = await receive(volunteer, mine.push(ops), later(KEEP_CONTENT_DAYS + 2), String);
	expect(again).toMatchObject({ results: [{ s: 'duplicate' }, { s: 'duplicate' }, { s: 'duplicate' }], missing: [] });
});

it('cannot take what still waits, whoever tries', async () => {
	await expect(transaction(async (tx) => void (await tx.delete(syncPayload)))).rejects.toThrow('waits');
});
