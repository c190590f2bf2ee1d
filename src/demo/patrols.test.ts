import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/people/permissions.ts';
import { carsOf, linesOfBodies, tallyOf } from '#lib/patrols/figures.server.ts';
import type { Figures } from '#lib/patrols/tally.ts';
import { merge, undoMerge } from '#lib/patrols/merges.server.ts';
import { confirm, withdraw } from '#lib/patrols/logs.server.ts';
import { logVersion, vehicleRetirement } from '#lib/patrols/tables.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../tests/database.ts';
import { actorFor, seedPeople, town } from '../../tests/people.ts';
import { cityRuns } from './patrols/city.ts';
import { demoCars, seedPatrols } from './patrols.ts';

const today = '2026-11-22';
const now = new Date('2026-11-22T10:00:00+09:00');
let close: () => void;
let safety: Actor, leader: Actor;

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await seedPatrols(tx, today);
	});
	safety = await actorFor(db, 'safety', today);
	leader = await actorFor(db, 'leader', today);
});
afterAll(() => close());

const byProgramme = async (who: Actor, year: number) => (await tallyOf(db, who, year)).byProgramme;

/** 回数 and km of the city: cityCar and cityCarSchool together. */
async function city(year: number): Promise<{ runs: number; metres: number; cars: number }> {
	const all = await byProgramme(safety, year);
	const lines = [all.get('cityCar'), all.get('cityCarSchool')].filter((one): one is Figures => one !== undefined);
	const cars = (await carsOf(db, town.municipality, year)).length;
	return {
		runs: lines.reduce((total, one) => total + one.runs, 0),
		metres: lines.reduce((total, one) => total + one.metres, 0),
		cars
	};
}
const aRun = async (year: number) => {
	const where = sql`${logVersion.fiscalYear} = ${year} and ${logVersion.programme} = 'cityCar'`;
	const [one] = await db.select().from(logVersion).where(where).limit(1);
	return one!;
};

it('reproduces the printed lines of both fiscal years from rows', async () => {
	expect(await city(2023)).toEqual({ runs: 203, metres: 2_416_000, cars: 13 });
	expect(await city(2024)).toEqual({ runs: 202, metres: 2_011_000, cars: 13 });
	const runs = (await byProgramme(safety, 2024)).get('cityCarSchool')!.runs;
	expect(runs).toBeGreaterThan(30);
});

it('every figure moves with one row less', async () => {
	const one = await aRun(2024);
	const before = await byProgramme(safety, 2024);
	await transaction((tx) => withdraw(tx, safety, one.log, '実施していなかった', now));
	const after = await byProgramme(safety, 2024);
	expect(await city(2024)).toEqual({ runs: 201, metres: 2_011_000 - one.metres!, cars: 13 });
	expect(after.get('cityCar')!.personTimes).toBe(before.get('cityCar')!.personTimes - one.headcount);
	expect(await city(2023)).toEqual({ runs: 203, metres: 2_416_000, cars: 13 });
	await transaction((tx) =>
		tx.insert(vehicleRetirement).values({
			vehicle: demoCars[0]!.id,
			municipality: town.municipality,
			lastOn: '2025-03-30',
			reason: '廃車',
			at: now
		})
	);
	expect((await city(2024)).cars).toBe(12);
	expect((await city(2023)).cars).toBe(13);
});

it('counts a joint patrol once for the city and once for each body', async () => {
	const joint = (await byProgramme(safety, 2024)).get('joint')!;
	expect(joint.runs).toBe(3);
	const bodies = (await linesOfBodies(db, safety, await tallyOf(db, safety, 2024))).filter(
		(one) => one.programme === 'joint'
	);
	expect(bodies.map((one) => one.runs)).toEqual(Array.from({ length: 6 }, () => 3));
});

it('a leader sees the own body only', async () => {
	const bodies = await linesOfBodies(db, leader, await tallyOf(db, leader, 2024));
	expect(new Set(bodies.map((one) => one.association))).toEqual(new Set([town.associations.honcho]));
	expect((await byProgramme(leader, 2024)).has('cityCar')).toBe(false);
});

it('what waits does not count; the same walk logged twice counts once, and twice when told so', async () => {
	const runs = async () => (await byProgramme(leader, 2026)).get('volunteerPatrol')!.runs;
	const before = await runs();
	const [phone, paper] = await db
		.select()
		.from(logVersion)
		.where(eq(logVersion.onDay, '2026-11-21'))
		.then((rows) => rows.filter((row) => row.programme === 'volunteerPatrol'));
	for (const one of [phone!, paper!]) await transaction((tx) => confirm(tx, leader, one.log, 1, now));
	expect(await runs()).toBe(before + 2);
	await transaction((tx) => merge(tx, leader, paper!.log, phone!.log, now));
	expect(await runs()).toBe(before + 1);
	await expect(transaction((tx) => merge(tx, leader, phone!.log, paper!.log, now))).rejects.toThrow();
	await transaction((tx) => undoMerge(tx, leader, paper!.log, now));
	expect(await runs()).toBe(before + 2);
});

it('whole past years do not hang on the day the town is laid out', () => {
	const counted = (year: number, upTo: string) =>
		cityRuns(year, upTo, demoCars).filter((one) => one.confirmedBy !== undefined);
	for (const upTo of ['2025-04-05', '2026-03-31', '2030-01-01']) {
		expect(counted(2023, upTo)).toEqual(counted(2023, '2026-11-21'));
		expect(counted(2024, upTo)).toHaveLength(202);
	}
});
