import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { instantOf } from '#lib/calendar/day.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { seedPeople } from '../../demo/people.ts';
import { seedPockets } from '../../demo/pockets.ts';
import { town } from '../../demo/town.ts';
import { withdrawConsent } from './consents.server.ts';
import { pocketsOfPack } from './pack.server.ts';
import { move } from './pockets.server.ts';
import { pocket, pocketConfirmation } from './tables.server.ts';

const now = instantOf('2026-11-22', '10:00');
const someone = (grants: Actor['grants']): Actor => ({
	municipality: town.municipality,
	person: town.people.guidance,
	name: '',
	grants
});
const clerk = someone([{ role: 'guidance' }]);
const volunteer = { role: 'volunteer', association: town.associations.midori } as const;
const walker = someone([volunteer]);
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, '2026-11-22');
		await seedPockets(tx, '2026-11-22');
	});
}, 60_000);
afterAll(() => close());

const carried = () => pocketsOfPack(db, walker);
const idOf = async (number: number) =>
	(await db.select({ id: pocket.id }).from(pocket).where(eq(pocket.number, number)))[0]!.id;

test('the homes of the own districts that agreed, without names, phones and ids; nothing for who watches nowhere', async () => {
	const all = await carried();
	expect(all.length).toBeGreaterThan(10);
	expect(new Set(all.map((one) => one.school))).toEqual(new Set(['緑小学校']));
	expect(all.filter((one) => one.kind === 'home').every((one) => one.name === undefined)).toBe(true);
	expect(JSON.stringify(all)).not.toMatch(/042-000|番地|"id"/);
	expect(await pocketsOfPack(db, clerk)).toEqual([]);
	expect(await pocketsOfPack(db, someone([{ role: 'school', school: town.schools.midori }]))).toEqual([]);
	// Whoever is of the school as well carries no more than the others who walk.
	const both = someone([volunteer, { role: 'school', school: town.schools.midori }]);
	expect(await pocketsOfPack(db, both)).toEqual(all);
});

test('consent taken back, a home that rests and an answer of the round are in the very next pack', async () => {
	const homes = (await carried()).filter((one) => one.kind === 'home').slice(0, 2);
	const numbers = async () => (await carried()).map((one) => one.number);
	const [gone, resting] = [homes[0]!.number, homes[1]!.number];
	await transaction(async (tx) => withdrawConsent(tx, clerk, await idOf(gone), 'district', now));
	expect(await numbers()).not.toContain(gone);
	await transaction(async (tx) =>
		move(tx, clerk, await idOf(resting), 'pause', { on: '2026-11-22', words: null }, now)
	);
	expect(await numbers()).not.toContain(resting);
	const open = (await carried()).find((one) => one.confirmed === false)!;
	const id = await idOf(open.number);
	const answer = { fiscalYear: 2025, method: 'visit', result: 'stays', on: '2026-11-22', at: now } as const;
	await transaction((tx) =>
		tx.insert(pocketConfirmation).values({ id: newId(), municipality: town.municipality, pocket: id, ...answer })
	);
	expect((await carried()).find((one) => one.number === open.number)?.confirmed).toBe(true);
});
