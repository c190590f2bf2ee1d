import { eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { trail } from '#lib/server/db/trail.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { towns } from '../../demo/places.ts';
import { demoPeople, town } from '../../demo/town.ts';
import { seedPeople } from '../../demo/people.ts';
import { countUnplaced, nextUnplaced, place } from './places.server.ts';
import type { PocketForm } from './pocket.ts';
import { apply, change, findPocket, move } from './pockets.server.ts';
import { registerOf } from './register.server.ts';
import { filterOf } from './registerFilter.ts';
import { pocket } from './tables.server.ts';

const of = (role: 'guidance' | 'leader', more = {}): Actor => ({
	municipality: town.municipality,
	person: town.people[role],
	name: demoPeople[role].name,
	grants: [{ role, ...more }]
});
const clerk = of('guidance');
const leader = of('leader', { association: town.associations.honcho });
const now = new Date('2026-11-22T10:00:00+09:00');
const form: PocketForm = {
	kind: 'shop',
	name: '商店',
	kana: '',
	contact: null,
	town: '本町１丁目',
	address: '2番3号',
	school: town.schools.first,
	phone: null,
	lat: null,
	lng: null,
	hours: [],
	closed: null
};
const added = async (more: Partial<PocketForm> = {}) => {
	const id = newId();
	await transaction((tx) => apply(tx, { municipality: town.municipality }, id, { ...form, ...more }, 'host', now));
	return id;
};
const next = (skipped = 0, actor = clerk) => transaction((tx) => nextUnplaced(tx, actor, skipped));
const at = { lat: 35.7, lng: 139.5 };

let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, '2026-11-22'));
}, 60_000);
afterAll(() => close());

test('one home after the other gets its place, the map opening at the middle of its town', async () => {
	const [first, second] = [await added(), await added({ address: '9番9号' })];
	expect(await countUnplaced(db, clerk)).toBe(2);
	const shown = await next();
	const middle = towns.find(({ name }) => name === '本町一丁目')!;
	expect(shown.next).toMatchObject({ id: first, base: { lat: middle.lat, lng: middle.lng, zoom: 16 } });
	expect((await next(1)).next?.id).toBe(second);
	expect((await next(99)).next?.id).toBe(second);
	const [look] = await db.select().from(trail).where(eq(trail.thing, first)).orderBy(trail.id).limit(3).offset(1);
	expect(look).toMatchObject({ deed: 'pocket.look', person: clerk.person });
	await transaction((tx) => place(tx, clerk, first, at, now));
	expect((await next()).next?.id).toBe(second);
	const list = await registerOf(db, clerk, filterOf(new URLSearchParams('unplaced=1')));
	expect(list.rows.map(({ id, isPlaced }) => [id, isPlaced])).toEqual([[second, false]]);
	await transaction((tx) => move(tx, clerk, second, 'decline', { on: '2026-11-22', words: null }, now));
	expect(await next()).toEqual({ left: 0, next: undefined });
});

test('where the settings know nothing of a town, the homes there or in the district tell where to look', async () => {
	const id = await added({ town: '新町', school: town.schools.midori });
	expect((await next()).next?.base).toMatchObject({ zoom: 14 });
	const near = await added({ town: '別の町', school: town.schools.midori, lat: 35.72, lng: 139.54 });
	expect((await next()).next?.base).toMatchObject({ lat: 35.72, lng: 139.54, zoom: 15 });
	await transaction((tx) => change(tx, clerk, near, { ...form, town: '新町', lat: 35.71, lng: 139.53 }, now));
	expect((await next()).next?.base).toMatchObject({ lat: 35.71, lng: 139.53, zoom: 16 });
	await transaction((tx) => place(tx, clerk, id, at, now));
});

test('a place that somebody set meanwhile stays, one far away is refused, and nobody else sets any', async () => {
	const id = await added();
	const set = (where: typeof at, actor = clerk) => transaction((tx) => place(tx, actor, id, where, now));
	await expect(set({ lat: 34.7, lng: 135.5 })).rejects.toThrow('error_places_far');
	await expect(set(at, leader)).rejects.toThrow('pocket');
	await expect(set(at, { ...clerk, municipality: 'tonari' })).rejects.toThrow('pocket');
	await expect(next(0, leader)).rejects.toThrow('pocket');
	const both = await Promise.allSettled([set(at), set({ lat: 35.71, lng: 139.51 })]);
	expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
	expect(await findPocket(db, clerk, 'pocket.see', id)).toMatchObject(at);
});

test('half a place is none, whoever writes it', async () => {
	const id = await added();
	await expect(
		transaction(async (tx) => void (await tx.update(pocket).set({ lat: 35.7 }).where(eq(pocket.id, id))))
	).rejects.toThrow('guard');
	expect(await db.$count(pocket, isNull(pocket.lat))).toBeGreaterThan(0);
});
