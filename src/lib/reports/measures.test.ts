import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { trail } from '#lib/server/db/trail.ts';
import { seedReports } from '../../demo/reports.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { content, does, isTold, lamps, line, makeOwnPlan, own } from '../../../tests/ownPlan.ts';
import { actorFor, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { printedCell, type Cell } from './measure.ts';
import {
	addCell,
	addMeasure,
	cellsOf,
	changeMeasure,
	moveCell,
	removeCell,
	removeMeasure,
	setCellYears
} from './measures.server.ts';
import { addLine, changeLine, linesOfCell, moveLine, orderOf, removeLine } from './placements.server.ts';
import { removePlan } from './plans.server.ts';
import { seenOf } from './seen.server.ts';
import { measurePage, planPage } from './settings.server.ts';
import { cellText, measure, placement } from './tables.server.ts';
import { tableOf } from './table.server.ts';
import { typedFigures, typeFigures } from './typed.server.ts';

const today = '2026-11-22';
const now = new Date('2026-11-22T10:00:00+09:00');
let close: () => void;
let safety: Actor;

const cellIn = async (fiscalYear: number, column: 'previous' | 'current'): Promise<Cell | undefined> => {
	const { rows } = await tableOf(db, safety, { id: own.plan, name: '' }, fiscalYear);
	return rows.find((row) => row.id === own.measure)?.[column][0];
};
const printedIn = async (fiscalYear: number) => printedCell((await cellIn(fiscalYear, 'current'))!);
const seenLine = async (id: string) => {
	const [one] = await db.select().from(placement).where(eq(placement.id, id));
	const { words, hangsOn, freshIn, fromYear, untilYear } = one!;
	return seenOf({ words, hangsOn, freshIn, fromYear, untilYear });
};

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await secondTown(tx, today);
		await seedReports(tx);
	});
	safety = await actorFor(db, 'safety', today);
});
afterAll(() => close());

test('from nothing to a printed line, each form sent twice', async () => {
	for (let sent = 0; sent < 2; sent++) await makeOwnPlan(safety);
	const page = await planPage(db, safety, own.plan, 2026);
	expect(page.measures).toMatchObject([{ number: 1, sections: ['地域安全課'], lines: 1 }]);
	expect(await printedIn(2026)).toBe('【地域安全課】\n・なし');
	expect((await cellIn(2026, 'current'))!.missing).toEqual(['lamps']);
	const [typed] = (await typedFigures(db, safety, 2026)).filter((one) => one.name === lamps.name);
	await does((tx) => typeFigures(tx, safety, 2026, [{ metric: typed!.id, value: 1200, seen: null }], now));
	expect(await printedIn(2026)).toBe('【地域安全課】\n・点検 1,200基');
	const deeds = await db.select({ deed: trail.deed }).from(trail).where(eq(trail.thing, own.measure));
	expect(deeds.map(({ deed }) => deed)).toEqual(['measure.add', 'measure.addSection']);
});

test('words that could not be printed are told at their box, with the name of the figure', async () => {
	await isTold(
		does((tx) => addLine(tx, safety, own.cell, line('{lamp}基'))),
		'error_line_metric',
		'words'
	);
	await expect(does((tx) => addLine(tx, safety, own.cell, line('{lamp}基')))).rejects.toMatchObject({
		params: { name: 'lamp' }
	});
	await isTold(
		does((tx) => addLine(tx, safety, own.cell, line('{lamps基'))),
		'error_line_braces',
		'words'
	);
	const hung = line('点検を実施', { hangsOn: 'nothing' });
	await isTold(
		does((tx) => addLine(tx, safety, own.cell, hung)),
		'error_line_metric',
		'hangsOn'
	);
});

test('a line changed from a year on leaves the years before as they were; a slip is mended in all', async () => {
	const typed = (await typedFigures(db, safety, 2025)).find((one) => one.name === '点検した街路灯')!;
	await does((tx) => typeFigures(tx, safety, 2025, [{ metric: typed.id, value: 900, seen: null }], now));
	const seen = await seenLine(own.line);
	const next = line('街路灯を{lamps}基点検', { how: 'from', changeYear: 2026, seen });
	for (let sent = 0; sent < 2; sent++) await does((tx) => changeLine(tx, safety, own.line, next));
	expect(await printedIn(2026)).toBe('【地域安全課】\n・街路灯を1,200基点検');
	expect(await printedIn(2025)).toBe('【地域安全課】\n・点検 900基');
	expect(printedCell((await cellIn(2026, 'previous'))!)).toBe('【地域安全課】\n・点検 900基');
	const slip = line('点険 {lamps}基', { untilYear: 2025, seen: await seenLine(own.line) });
	await does((tx) => changeLine(tx, safety, own.line, slip));
	expect(await printedIn(2025)).toBe('【地域安全課】\n・点険 900基');
	expect(await printedIn(2026)).toBe('【地域安全課】\n・街路灯を1,200基点検');
	// Of two who saw the same, the second is told, and nothing of theirs is written.
	const late = line('あとから', { seen });
	await isTold(
		does((tx) => changeLine(tx, safety, own.line, late)),
		'error_settings_changed'
	);
	for (const changeYear of [2019, 2026]) {
		const wrong = line('早すぎ、遅すぎ', { how: 'from', changeYear, seen: await seenLine(own.line) });
		await isTold(
			does((tx) => changeLine(tx, safety, own.line, wrong)),
			'error_line_from',
			'changeYear'
		);
	}
});

test('lines keep their order, those that follow each other over the years together', async () => {
	const second = newId();
	await does((tx) => addLine(tx, safety, own.cell, line('巡回を実施', { id: second, freshIn: 2026 })));
	const seen = orderOf(await linesOfCell(db, own.cell));
	for (let sent = 0; sent < 2; sent++) await does((tx) => moveLine(tx, safety, { thing: second, to: 0, seen }));
	expect(await printedIn(2025)).toBe('【地域安全課】\n・巡回を実施\n・点険 900基');
	expect(await printedIn(2026)).toBe('【地域安全課】\n・巡回を実施\n・街路灯を1,200基点検');
	expect((await cellIn(2026, 'current'))!.lines.map((one) => one.fresh)).toEqual([true, false]);
	await isTold(
		does((tx) => moveLine(tx, safety, { thing: own.line, to: 0, seen })),
		'error_settings_changed'
	);
	await does((tx) => removeLine(tx, safety, second));
	expect(await printedIn(2026)).toBe('【地域安全課】\n・街路灯を1,200基点検');
});

test('a section joins and leaves with a year, and stays where it has written', async () => {
	const roads = newId();
	const input = { id: roads, section: town.sections.roads, fromYear: 2026 };
	await does((tx) => addCell(tx, safety, own.measure, input));
	await isTold(
		does((tx) => addCell(tx, safety, own.measure, { ...input, id: newId() })),
		'error_section_here',
		'section'
	);
	const sections = async (year: number) =>
		(await tableOf(db, safety, { id: own.plan, name: '' }, year)).rows[0]!.sections;
	expect([await sections(2025), await sections(2026)]).toEqual([['地域安全課'], ['地域安全課', '道路管理課']]);
	const seen = seenOf((await cellsOf(db, own.measure)).map((cell) => cell.id));
	await does((tx) => moveCell(tx, safety, { thing: roads, to: 0, seen }));
	expect(await sections(2026)).toEqual(['道路管理課', '地域安全課']);
	const span = { fromYear: 2026, untilYear: null };
	await does((tx) => setCellYears(tx, safety, roads, { fromYear: 2026, untilYear: 2026, seen: seenOf(span) }));
	expect(await sections(2027)).toEqual(['地域安全課']);
	await isTold(
		does((tx) => setCellYears(tx, safety, roads, { ...span, fromYear: 2025, seen: seenOf(span) })),
		'error_settings_changed'
	);
	const wrote = {
		id: newId(),
		municipality: town.municipality,
		cell: roads,
		fiscalYear: 2026,
		column: 'done'
	} as const;
	await does((tx) => tx.insert(cellText).values({ ...wrote, number: 1, lines: [], by: safety.person, at: now }));
	await isTold(
		does((tx) => removeCell(tx, safety, roads)),
		'error_measure_hangs'
	);
	await isTold(
		does((tx) => removeMeasure(tx, safety, own.measure)),
		'error_measure_hangs'
	);
	expect((await measurePage(db, safety, own.measure, 2026)).measure.written).toBe(true);
});

test('a number stands for one measure of a year, and one added by mistake goes with its lines', async () => {
	const taken = { ...content, fromYear: 2026, id: newId() };
	await isTold(
		does((tx) => addMeasure(tx, safety, own.plan, taken)),
		'error_measure_number',
		'number'
	);
	const { measure: shown } = await measurePage(db, safety, own.measure, 2026);
	const ended = { ...content, untilYear: 2027 };
	await does((tx) => changeMeasure(tx, safety, own.measure, { ...ended, seen: shown.seen }));
	await does((tx) => changeMeasure(tx, safety, own.measure, { ...ended, seen: shown.seen }));
	const late = { ...content, name: '別の名', seen: shown.seen };
	await isTold(
		does((tx) => changeMeasure(tx, safety, own.measure, late)),
		'error_settings_changed'
	);
	const next = { ...content, fromYear: 2028, id: newId() };
	await does((tx) => addMeasure(tx, safety, own.plan, next));
	const cell = newId();
	await does((tx) => addCell(tx, safety, next.id, { id: cell, section: town.sections.safety, fromYear: 2028 }));
	await does((tx) => addLine(tx, safety, cell, line('{cars}台')));
	await isTold(
		does((tx) => removePlan(tx, safety, own.plan)),
		'error_plan_hangs'
	);
	await does((tx) => removeMeasure(tx, safety, next.id));
	expect(await linesOfCell(db, cell)).toEqual([]);
	expect(await db.select().from(measure).where(eq(measure.id, next.id))).toEqual([]);
});
