import { afterAll, beforeAll, expect, it } from 'vitest';
import { programmes } from '#lib/patrols/log.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { allBehind, rowsBehind } from '#lib/patrols/behind.server.ts';
import type { Behind, Cursor } from '#lib/patrols/filter.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, otherLeader, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { seedPatrols } from '../../demo/patrols.ts';
import { seedWatches } from '../../demo/watches.ts';
import { yearCsv } from './csv.server.ts';
import { patrolYear } from './patrols.server.ts';
import { fiscalYearIn, printed, printedKm } from './year.ts';

const today = '2026-11-22';
let close: () => void;
let safety: Actor, leader: Actor, guidance: Actor, foreigner: Actor;

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await secondTown(tx, today);
		await seedWatches(tx, today);
		await seedPatrols(tx, today);
	});
	safety = await actorFor(db, 'safety', today);
	leader = await actorFor(db, 'leader', today);
	guidance = await actorFor(db, 'guidance', today);
	foreigner = await otherLeader(db, today);
});
afterAll(() => close());

it('prints the lines of the plans: 13台 203回 2,416km, 13台 202回 2,011km, 週1回', async () => {
	for (const [year, runs, km] of [
		[2023, '203', '2,416.0'],
		[2024, '202', '2,011.0']
	] as const) {
		const { city } = await patrolYear(db, safety, year);
		expect([city!.cars, printed(city!.total.runs), printedKm(city!.total.metres)]).toEqual([13, runs, km]);
		expect(city!.weekdays).toEqual([4]);
	}
});

/** All pages of the rows behind a number. */
async function everyRow(behind: Behind) {
	const found = [];
	for (let after: Cursor | undefined; ;) {
		const { rows, next } = await rowsBehind(db, guidance, 2024, behind, after);
		found.push(...rows);
		if (!next) return found;
		after = next;
	}
}

it('every number opens as many rows as it says', async () => {
	const year = await patrolYear(db, guidance, 2024);
	for (const line of [...year.city!.lines, ...year.bodies.lines]) {
		const rows = await everyRow({ programmes: [line.programme] });
		const metres = rows.reduce((sum, row) => sum + (row.metres ?? 0), 0);
		const heads = rows.reduce((sum, row) => sum + row.headcount, 0);
		expect({ runs: rows.length, metres, personTimes: heads }).toEqual({
			runs: line.runs,
			metres: line.metres,
			personTimes: line.personTimes
		});
	}
	for (const line of year.byBody)
		expect(await everyRow({ programmes: [line.programme], association: line.association })).toHaveLength(line.runs);
});

it('the table for machines has the same rows, in their order, each once', async () => {
	const every = async (who: Actor, behind: Behind) => (await Array.fromAsync(allBehind(db, who, 2024, behind))).flat();
	const year = await patrolYear(db, guidance, 2024);
	const all = await every(guidance, {});
	expect(all).toHaveLength([...year.city!.lines, ...year.bodies.lines].reduce((sum, line) => sum + line.runs, 0));
	expect(new Set(all.map((row) => row.log)).size).toBe(all.length);
	const moments = all.map((row) => `${row.on} ${row.time}`);
	expect(moments).toEqual(moments.toSorted());
	expect([moments[0]! >= '2024-04-01', moments.at(-1)! < '2025-04-01']).toEqual([true, true]);
	for (const line of year.byBody) {
		const behind = { programmes: [line.programme], association: line.association };
		const found = await every(guidance, behind);
		expect(found.map((row) => row.log)).toEqual((await everyRow(behind)).map((row) => row.log).toReversed());
		expect(found.every((row) => row.bodies.includes(line.name))).toBe(true);
	}
	expect(await every(leader, { programmes: ['cityCar'] })).toEqual([]);
	expect(await every(foreigner, {})).toEqual([]);
});

it('a leader sees the own body, not the city cars and not what others did', async () => {
	const year = await patrolYear(db, leader, 2024);
	expect(year.city).toBeNull();
	expect(new Set(year.byBody.map((line) => line.association))).toEqual(new Set([town.associations.honcho]));
	const foreign = await rowsBehind(db, leader, 2024, { association: town.associations.pta });
	expect(foreign.rows).toEqual([]);
	const joint = await rowsBehind(db, leader, 2024, { association: town.associations.midori });
	expect(joint.rows).toEqual([]);
	expect((await rowsBehind(db, leader, 2024, { programmes: ['cityCar'] })).rows).toEqual([]);
});

it('nothing crosses to another town', async () => {
	const year = await patrolYear(db, foreigner, 2024);
	expect(year).toEqual({ city: null, bodies: { ...year.bodies, lines: [] }, byBody: [] });
	expect((await rowsBehind(db, foreigner, 2024, { programmes })).rows).toEqual([]);
});

it('writes the machine form: BOM, CRLF, names on line 1, numbers bare, no formulas', async () => {
	const words = {
		columns: ['西暦', '和暦', '範囲', '団体', '活動', '回数', '延べ', '実', 'km', '支給団体', '支給個数'],
		issued: '資機材の支給',
		city: '市全体',
		body: '団体',
		programme: (one: string) => one
	} as const;
	const nothing = { all: { bodies: 0, pieces: 0 }, byBody: [] };
	const lines = yearCsv(2024, await patrolYear(db, safety, 2024), nothing, words).split('\r\n');
	expect(lines[0]).toBe('\ufeff西暦,和暦,範囲,団体,活動,回数,延べ,実,km,支給団体,支給個数');
	expect(lines[1]).toMatch(/^2024,令和6年度,市全体,,cityCar,\d+,\d+,\d+,\d+\.\d,,$/);
	expect(lines.at(-1)).toBe('');
	const evil = { ...(await patrolYear(db, safety, 2024)).byBody[0]!, name: '=HYPERLINK("x"),𠮷' };
	const one = { city: null, bodies: { programmes: [], lines: [], total: evil }, byBody: [evil] };
	expect(yearCsv(2024, one, nothing, words)).toContain(`団体,"'=HYPERLINK(""x""),𠮷",`);
	const none = await patrolYear(db, safety, 2019);
	expect(yearCsv(2019, none, nothing, words).split('\r\n')).toHaveLength(2);
	const issued = { all: { bodies: 1, pieces: 18 }, byBody: [{ association: 'x', name: '緑町自治会', pieces: 18 }] };
	expect(yearCsv(2019, none, issued, words).split('\r\n').slice(1, 3)).toEqual([
		'2019,令和元年度,市全体,,資機材の支給,,,,,1,18',
		'2019,令和元年度,団体,緑町自治会,資機材の支給,,,,,1,18'
	]);
});

it('knows which years there are', () => {
	expect(fiscalYearIn('2024')).toBe(2024);
	for (const wrong of ['24', '2018', '2100', '２０２４', '2024x', '']) expect(fiscalYearIn(wrong)).toBeUndefined();
});
