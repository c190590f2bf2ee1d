import { afterAll, beforeAll, expect, test } from 'vitest';
import { instantOf } from '#lib/calendar/day.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { seedPeople } from '../../demo/people.ts';
import { seedPockets } from '../../demo/pockets.ts';
import { town } from '../../demo/town.ts';
import { withdrawConsent } from './consents.server.ts';
import { pocket } from './tables.server.ts';
import { publicMap } from './publicMap.server.ts';

const now = instantOf('2026-11-22', '10:00');
const clerk: Actor = {
	municipality: town.municipality,
	person: town.people.guidance,
	name: '',
	grants: [{ role: 'guidance' }]
};
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, '2026-11-22');
		await seedPockets(tx, '2026-11-22');
	});
}, 60_000);
afterAll(() => close());

test('worked out once while nothing is written; a consent taken back is gone from the next answer, under another ETag', async () => {
	const first = await publicMap(town.municipality);
	expect(await publicMap(town.municipality)).toBe(first);
	expect(first.map.features.length).toBeGreaterThan(100);
	const { number, town: where } = first.map.features[0]!.properties;
	const all = await db.select({ id: pocket.id, number: pocket.number }).from(pocket);
	const id = all.find((one) => one.number === number)!.id;
	await transaction((tx) => withdrawConsent(tx, clerk, id, 'public', now));

	const next = await publicMap(town.municipality);
	expect(next.etag).not.toBe(first.etag);
	expect(next.map.features.some(({ properties }) => properties.number === number)).toBe(false);
	const count = (map: typeof first.map) => map.areas.find((one) => one.town === where)?.count ?? 0;
	expect(count(next.map)).toBe(count(first.map) + 1);
	expect(next.text).not.toContain(id);
});

test('another town has a map of its own', async () => {
	await expect(publicMap('elsewhere')).rejects.toThrow();
	expect((await publicMap(town.municipality)).map.programme).toBe('カンガルーのポケット');
});
