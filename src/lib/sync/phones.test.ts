/** The leader's look at the phones of the association. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { record, trail } from '#lib/server/db/trail.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, otherLeader, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { moment, phone, type Phone } from '../../../tests/phone.ts';
import { registerHandler } from './handlers.server.ts';
import { declareLost, letPhoneIn, lossesOf, phonesOf, phonesWaiting, stopPhone } from './phones.server.ts';
import { receive } from './receive.server.ts';

const today = '2025-11-27';
const honcho = { type: 'association', id: town.associations.honcho } as const;
let volunteer: Actor, leader: Actor, safety: Actor, midori: Actor, stranger: Actor;
let mine: Phone;
let close: () => void;

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await secondTown(tx, today);
	});
	[volunteer, leader, safety, midori] = (await Promise.all(
		(['volunteer', 'leader', 'safety', 'midoriLeader'] as const).map((who) => actorFor(db, who, today))
	)) as [Actor, Actor, Actor, Actor];
	stranger = await otherLeader(db, today);
	registerHandler('test.fact', {
		schema: { 1: z.looseObject({}) },
		apply: async (tx, op) => record(tx, op.actor, 'test.fact', 'test', op.id)
	});
});
afterAll(() => close());

/** Five were made, the first and the last arrived; one of them announced a photo. */
beforeEach(async () => {
	mine = phone(volunteer.person, honcho);
	const first = await mine.op({ blobs: ['ab'.repeat(32)] });
	for (let i = 0; i < 3; i++) await mine.op();
	await receive(volunteer, mine.push([first, await mine.op()]), moment, String);
});
const seen = async (actor: Actor) => (await phonesOf(db, actor, moment)).find((one) => one.device === mine.device);

it('says who, when, how many records and photos have not arrived', async () => {
	const { device, epoch } = mine;
	const expected = { device, epoch, name: volunteer.name, lastSeenAt: moment, waiting: 3, photos: 1 };
	expect(await seen(leader)).toMatchObject(expected);
	expect(await seen(safety)).toMatchObject(expected);
	expect((await phonesOf(db, leader, moment))[0]!.waiting).toBeGreaterThan(0);
});

it('counts phones and records for the home page, of one’s own people only', async () => {
	const all = await phonesWaiting(db, leader);
	expect(all.phones).toBeGreaterThan(0);
	expect(all.records).toBe(3 * all.phones);
	expect(await phonesWaiting(db, midori)).toEqual({ phones: 0, records: 0 });
	expect(await phonesWaiting(db, stranger)).toEqual({ phones: 0, records: 0 });
});

it('is closed to leaders of elsewhere and other municipalities', async () => {
	for (const one of [midori, stranger, volunteer]) {
		expect(await seen(one)).toBeUndefined();
		await expect(transaction((tx) => stopPhone(tx, one, mine.device, moment))).rejects.toMatchObject({
			name: 'NotFound'
		});
		await expect(transaction((tx) => declareLost(tx, one, mine.device, mine.epoch, moment))).rejects.toMatchObject({
			name: 'NotFound'
		});
	}
});

it('declares what will not come any more, once, tells its person, and takes it all the same should it come', async () => {
	const late = await mine.op();
	await transaction((tx) => declareLost(tx, leader, mine.device, mine.epoch, moment));
	expect(await seen(leader)).toMatchObject({ waiting: 0, lost: { count: 3, knownAt: moment, by: leader.name } });
	expect(await lossesOf(db, volunteer, moment)).toContainEqual({ count: 3, knownAt: moment.toISOString() });
	expect(await lossesOf(db, leader, moment)).toEqual([]);
	const lines = await db.select().from(trail).where(eq(trail.thing, mine.device));
	expect(lines).toMatchObject([{ deed: 'sync.declareLoss', person: leader.person, facts: { count: 3 } }]);
	const answer = await receive(volunteer, mine.push([late]), moment, String);
	expect(answer).toMatchObject({ results: [{ s: 'stored' }] });
});

it('nothing waits: nothing is lost', async () => {
	const other = phone(volunteer.person, honcho);
	await receive(volunteer, other.push([await other.op()]), moment, String);
	await expect(transaction((tx) => declareLost(tx, leader, other.device, other.epoch, moment))).rejects.toMatchObject({
		code: 'error_sync_nothing_waits'
	});
});

it('stops a phone and lets it in again, once each in the trail', async () => {
	for (let i = 0; i < 2; i++) await transaction((tx) => stopPhone(tx, leader, mine.device, moment));
	expect(await seen(leader)).toMatchObject({ stoppedAt: moment });
	expect(await receive(volunteer, mine.push([await mine.op()]), moment, String)).toBe('revoked');
	for (let i = 0; i < 2; i++) await transaction((tx) => letPhoneIn(tx, safety, mine.device));
	const deeds = (await db.select().from(trail).where(eq(trail.thing, mine.device))).map((one) => one.deed);
	expect(deeds).toEqual(['sync.stopPhone', 'sync.letPhoneIn']);
});
