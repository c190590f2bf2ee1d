/** The invented town reproduces the printed figures of both years from its rows. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/people/permissions.ts';
import { handedIn, issuedIn, issuedToBodies } from '#lib/equipment/figures.server.ts';
import { undoHandover } from '#lib/equipment/handovers.server.ts';
import { papersOf } from '#lib/equipment/papers.ts';
import { requestPage } from '#lib/equipment/requestReads.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../tests/database.ts';
import { actorFor, town } from '../../tests/people.ts';
import { seedEquipment } from './equipment.ts';
import { seedPatrols } from './patrols.ts';
import { seedPeople } from './people.ts';
import { seedWatches } from './watches.ts';

const today = '2026-11-22';
let close: () => void;
let safety: Actor, leader: Actor;

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await seedWatches(tx, today);
		await seedPatrols(tx, today);
		await seedEquipment(tx, today);
	});
	safety = await actorFor(db, 'safety', today);
	leader = await actorFor(db, 'leader', today);
});
afterAll(() => close());

it('令和5年度 12団体 299個, 令和6年度 4団体 18個', async () => {
	expect(await issuedIn(db, safety, 2023)).toEqual({ bodies: 12, pieces: 299 });
	expect(await issuedIn(db, safety, 2024)).toEqual({ bodies: 4, pieces: 18 });
	const byBody = (await issuedToBodies(db, safety, 2023)).map((one) => one.pieces);
	expect(byBody.toSorted((a, b) => b - a)).toEqual([40, 35, 32, 30, 28, 26, 24, 22, 20, 18, 14, 10]);
});

it('what was decided in March and handed over in April is of the new year', async () => {
	const rows = await handedIn(db, safety, 2025, 'issued');
	const april = rows.find((row) => row.onDay === '2025-04-02')!;
	expect(april.number).toMatch(/^令和6-防資-/);
	expect((await requestPage(db, safety, april.request)).decidedOn).toBe('2025-03-25');
	expect((await handedIn(db, safety, 2024, 'issued')).map((row) => row.request)).not.toContain(april.request);
});

it('the leader sees the own body of each', async () => {
	expect(await issuedIn(db, leader, 2023)).toEqual({ bodies: 1, pieces: 40 });
	expect(await issuedIn(db, leader, 2024)).toEqual({ bodies: 1, pieces: 6 });
	const bodies = (await handedIn(db, leader, 2024, 'issued')).map((row) => row.association);
	expect(new Set(bodies)).toEqual(new Set([town.associations.honcho]));
});

it('follows its rows: one hand-over taken back, and the figure is another', async () => {
	const rows = await handedIn(db, safety, 2024, 'issued');
	const one = rows.find((row) => row.association === town.associations.midori)!;
	expect(papersOf(await requestPage(db, safety, one.request)).map(({ paper }) => paper)).toContain('receipt');
	await transaction((tx) =>
		undoHandover(tx, safety, one.handover, '別の団体に渡した', new Date('2026-11-22T03:00:00Z'))
	);
	expect(await issuedIn(db, safety, 2024)).toEqual({ bodies: 3, pieces: 14 });
	expect(papersOf(await requestPage(db, safety, one.request)).map(({ paper }) => paper)).not.toContain('receipt');
});
