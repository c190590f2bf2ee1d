import { afterAll, beforeAll, expect, test } from 'vitest';
import { printedCell, type Table } from '#lib/reports/measure.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { firstPlan, tableOf } from '#lib/reports/table.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../tests/database.ts';
import { actorFor } from '../../tests/people.ts';
import { seedEquipment } from './equipment.ts';
import { seedPatrols } from './patrols.ts';
import { seedPeople, town } from './people.ts';
import { seedPockets } from './pockets.ts';
import { seedReports } from './reports.ts';
import { seedWatches } from './watches.ts';

const today = '2026-11-22';
let close: () => void;
let safety: Actor;
let table: Table;
const tableIn = async (fiscalYear: number) =>
	tableOf(db, safety, (await firstPlan(db, town.municipality, 'table'))!, fiscalYear);

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		for (const seed of [seedPeople, seedWatches, seedPatrols, seedEquipment, seedPockets]) await seed(tx, today);
		await seedReports(tx);
	});
	safety = await actorFor(db, 'safety', today);
	table = await tableIn(2024);
}, 120_000);
afterAll(() => close());

/** The cell of the first section of a measure, as it is printed. */
const cell = (number: number, column: 'previous' | 'current' | 'next') =>
	printedCell(table.rows.find((row) => row.number === number)![column][0]!);

test.each([
	[
		1,
		'【地域安全課】\n・車両数 13台\n・パトロール回数 203回\n・距離 2,416km',
		'【地域安全課】\n・車両数 13台\n・パトロール回数 202回\n・距離 2,011km'
	],
	[
		2,
		'【地域安全課】\n・都立高校、自治会、消防署、警察署と連携したパトロールを実施\n・防犯資機材支給 12団体/支給資機材 299個',
		'【地域安全課】\n・都立高校、自治会、消防署、警察署と連携したパトロールを実施\n・防犯資機材支給 4団体/支給資機材 18個'
	],
	[
		3,
		'【地域安全課】\n・市内3社と覚書(パトロール協力)を継続\n・上記3社含む、市内11の事業者等による地域パトロールの継続',
		'【地域安全課】\n・市内3社と覚書(パトロール協力)を継続\n・上記3社含む、市内11の事業者等による地域パトロールの継続'
	],
	[
		5,
		'【地域安全課】\n・春、秋のあいさつ運動推進月間の実施及び週1回の登校パトロールの実施',
		'【地域安全課】\n・春、秋のあいさつ運動推進月間の実施及び週1回の登校パトロールの実施'
	],
	[6, '【指導室】\n・カンガルーポケット登録件数 1,016件', '【指導室】\n・カンガルーポケット登録件数 896件'],
	[
		13,
		'【地域安全課】\n・青色防犯パトロール車両によるパトロール時に広報を実施',
		'【地域安全課】\n・青色防犯パトロール車両によるパトロール時に広報を実施'
	],
	[
		16,
		'【地域安全課】\n・防犯資機材支給 12団体/支給資機材 299個',
		'【地域安全課】\n・防犯資機材支給 4団体/支給資機材 18個'
	]
])('measure %i prints what the plan printed for both years', (number, previous, current) => {
	expect(cell(number, 'previous')).toBe(previous);
	expect(cell(number, 'current')).toBe(current);
});

test('what is planned stands in the column of the next year, and a section is called as it was called in the year', () => {
	expect(cell(1, 'next')).toBe('【地域安全課】\n・車両数 13台\n・パトロールを実施');
	const nets = table.rows.find((row) => row.number === 19)!;
	expect(nets.previous.map((one) => one.sectionName)).toEqual(['自立生活支援課', '介護福祉課', '子育て支援課']);
	expect(nets.current.map((one) => one.sectionName)).toEqual(['自立生活支援課', '介護福祉課', 'こども家庭センター']);
	expect(printedCell(nets.current[2]!)).toBe('【こども家庭センター】\n・家庭訪問 77件');
	expect(printedCell(nets.current[0]!)).toBe('【自立生活支援課】\n・なし');
});

test('the table has the measures of the plan in their order', () => {
	expect(table.rows.map((row) => row.number)).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
});
