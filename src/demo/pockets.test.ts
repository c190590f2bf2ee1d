import { afterAll, beforeAll, expect, test } from 'vitest';
import { asc, eq } from 'drizzle-orm';
import { pocket } from '#lib/pockets/tables.server.ts';
import { instantOf } from '#lib/calendar/day.ts';
import { idsBehind, movementOf, registeredIn } from '#lib/pockets/figures.server.ts';
import { countYear, snapshotOf } from '#lib/pockets/snapshots.server.ts';
import { publicView } from '#lib/pockets/views.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../tests/database.ts';
import { seedPeople, town } from './people.ts';
import { seedPockets } from './pockets.ts';

const today = '2026-11-22';
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		for (const seed of [seedPeople, seedPockets]) await seed(tx, today);
	});
}, 60_000);
afterAll(() => close());

test('the numbers the city printed: 1,016 + 34 − 154 = 896, by reason', async () => {
	const { town: all, districts } = await movementOf(db, town.municipality, 2024);
	expect(all).toMatchObject({ start: 1016, added: 34, endedAll: 154, end: 896 });
	expect(all.ended).toMatchObject({ moved: 61, withdrew: 47, closed: 22, unreachable: 24 });
	expect(districts).toHaveLength(9);
	for (const key of ['start', 'added', 'endedAll', 'end'] as const)
		expect(districts.reduce((sum, one) => sum + one[key], 0)).toBe(all[key]);
	expect((await movementOf(db, town.municipality, 2023)).town.end).toBe(1016);
});

test('one row less, and the figure moves', async () => {
	const [one] = await db
		.select({ id: pocket.id })
		.from(pocket)
		.where(eq(pocket.ending, 'unreachable'))
		.orderBy(asc(pocket.id));
	await transaction((tx) => tx.update(pocket).set({ endedOn: '2025-04-01' }).where(eq(pocket.id, one!.id)));
	const { town: all } = await movementOf(db, town.municipality, 2024);
	expect(all).toMatchObject({ endedAll: 153, end: 897 });
	expect(all.ended.unreachable).toBe(23);
});

test('the public map has points of those who agreed, and numbers for the rest', async () => {
	const view = await publicView(db, town.municipality);
	const rows = await db.select({ id: pocket.id }).from(pocket).where(eq(pocket.state, 'registered'));
	expect(view.points.length + view.areas.reduce((sum, one) => sum + one.count, 0)).toBe(rows.length);
	expect(view.points.length).toBeGreaterThan(150);
	expect(view.points.filter((one) => one.kind === 'home').every((one) => !('name' in one))).toBe(true);
	expect(JSON.stringify(view)).not.toContain('042-000');
});

test('each number has the rows it counts behind it, and the round of the year is told', async () => {
	const { town: all } = await movementOf(db, town.municipality, 2025);
	for (const [moved, count] of [
		['start', all.start],
		['added', all.added],
		['ended', all.endedAll],
		['end', all.end],
		['unconfirmed', all.unconfirmed]
	] as const)
		expect(await idsBehind(db, town.municipality, 2025, { moved })).toHaveLength(count);
	expect(await idsBehind(db, town.municipality, 2025, { moved: 'ended', ending: 'closed' })).toHaveLength(
		all.ended.closed
	);
	expect(all.unconfirmed).toBeGreaterThan(50);
	expect(await registeredIn(db, town.municipality, 2025, false)).toBe(all.end);
	expect(await registeredIn(db, town.municipality, 2025, true)).toBe(all.end - all.unconfirmed);
});

test('what was counted on 31 March stays; the job counts once, and not when it is too late to know', async () => {
	expect(await snapshotOf(db, town.municipality, 2024)).toMatchObject({ count: 896 });
	expect(await countYear(instantOf('2027-06-01', '00:10'))).toEqual({ districts: 0 });
	expect(await countYear(instantOf('2027-04-01', '00:10'))).toEqual({ districts: 9 });
	expect(await countYear(instantOf('2027-04-02', '00:10'))).toEqual({ districts: 0 });
	const { town: all } = await movementOf(db, town.municipality, 2026);
	expect(await snapshotOf(db, town.municipality, 2026)).toMatchObject({ count: all.end });
});
