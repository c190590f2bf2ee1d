import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { seedReports } from '../../demo/reports.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, seedPeople, town } from '../../../tests/people.ts';
import { boxOf, figuresForm, type Typed } from './typed.ts';
import { typedFigures, typedValues, typeFigures } from './typed.server.ts';

const today = '2025-05-10';
const now = new Date('2025-05-10T10:00:00+09:00');
let close: () => void;
let officer: Actor, safety: Actor;
let lights: string;
const write = (who: Actor, sent: Typed[], year = 2025) => transaction((tx) => typeFigures(tx, who, year, sent, now));

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await seedReports(tx);
	});
	officer = await actorFor(db, 'officer', today);
	safety = await actorFor(db, 'safety', today);
	lights = (await typedFigures(db, officer, 2024))[0]!.id;
});
afterAll(() => close());

test('full-width digits and commas are numbers, an empty box is none, words are told at their box', () => {
	const sent = figuresForm.parse({ 'n-a': '１，０７５', 'n-b': ' ', 'n-c': '0', 'seen-c': '7', other: 'x' });
	expect(sent).toEqual([
		{ metric: 'a', value: 1075, seen: null },
		{ metric: 'b', value: null, seen: null },
		{ metric: 'c', value: 0, seen: 7 }
	]);
	const wrong = figuresForm.safeParse({ 'n-a': '約10', 'n-b': '-3', 'n-c': '12' });
	expect(wrong.error!.issues.map((issue) => [issue.path[0], issue.message])).toEqual([
		['n-a', 'error_figure'],
		['n-b', 'error_figure']
	]);
});

test('a section sees and types its own figures only', async () => {
	expect(await typedFigures(db, officer, 2024)).toMatchObject([{ name: '街路灯の新規設置', value: 54, before: 24 }]);
	expect((await typedFigures(db, safety, 2024)).map((one) => one.id)).not.toContain(lights);
	await expect(write(safety, [{ metric: lights, value: 1, seen: null }])).rejects.toThrow(NotFound);
	await write(officer, [{ metric: lights, value: 31, seen: null }]);
	expect(await typedValues(db, town.municipality, 2025)).toEqual({ newLights: 31 });
	expect(await typedValues(db, town.municipality, 2024)).toMatchObject({ newLights: 54, recorders: 85 });
});

test('nought is a figure, an empty box takes it back, and of two the second is told at the box', async () => {
	await write(officer, [{ metric: lights, value: 0, seen: 31 }]);
	expect(await typedValues(db, town.municipality, 2025)).toEqual({ newLights: 0 });
	const late = write(officer, [{ metric: lights, value: 33, seen: 31 }]);
	await expect(late).rejects.toMatchObject({ field: boxOf(lights) });
	await expect(late).rejects.toThrow(RuleBroken);
	await write(officer, [{ metric: lights, value: null, seen: 0 }]);
	expect(await typedValues(db, town.municipality, 2025)).toEqual({});
});
