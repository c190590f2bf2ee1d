import { afterAll, beforeAll, expect, test } from 'vitest';
import { desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { addSection, dropSectionName, nameSection, sectionsOf } from '#lib/people/settings.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { trail } from '#lib/server/db/trail.ts';
import { db, transaction, type Tx } from '#lib/server/db/index.ts';
import { Forbidden, NotFound } from '#lib/server/errors.ts';
import { seedReports } from '../../demo/reports.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, otherTown, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { guideline } from './koganei.ts';
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
import type { LineInput, MeasureInput } from './plan.ts';
import { adopt, makePlan, plansOf, putFirst, removePlan, renamePlan } from './plans.server.ts';
import { seenOf } from './seen.server.ts';
import { figuresPage, measurePage, planPage } from './settings.server.ts';
import { cellText, measure, placement, plan } from './tables.server.ts';
import { tableOf } from './table.server.ts';
import { addFigure, changeFigure, ownFigure, removeFigure } from './typedMetrics.server.ts';
import { typedFigures, typeFigures } from './typed.server.ts';

const today = '2026-11-22';
const now = new Date('2026-11-22T10:00:00+09:00');
let close: () => void;
let safety: Actor, officer: Actor, admin: Actor;
const foreigner: Actor = {
	...{ municipality: otherTown.municipality, person: otherTown.admin, name: '' },
	grants: [{ role: 'admin' }]
};
const own = { plan: newId(), measure: newId(), cell: newId(), line: newId() };
const does = <T>(work: (tx: Tx) => Promise<T>) => transaction(work);
const isTold = (work: Promise<unknown>, code: string, field?: string) =>
	expect(work).rejects.toMatchObject({ name: 'RuleBroken', code, field });

const content: MeasureInput = {
	...{ number: 1, chapter: '1 章', heading: '(1) 節', name: '街路の巡回', content: '巡回する。' },
	...{ cityWide: false, fromYear: 2024, untilYear: null }
};
const line = (words: string, more: Partial<LineInput> = {}): LineInput => ({
	...{ id: newId(), words, hangsOn: null, freshIn: null, fromYear: 2019, untilYear: null },
	...{ how: 'all' as const, changeYear: null, seen: '', ...more }
});
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
	officer = await actorFor(db, 'officer', today);
	admin = await actorFor(db, 'admin', today);
});
afterAll(() => close());

test('from nothing to a printed line, each form sent twice', async () => {
	const lamps = { name: '点検した街路灯', unit: '基', basis: 'sum', section: town.sections.safety } as const;
	const figure = { ...lamps, id: newId(), key: 'lamps', untilYear: null };
	const added = line('点検 {lamps}基', { id: own.line });
	for (let sent = 0; sent < 2; sent++) {
		await does((tx) => makePlan(tx, safety, { id: own.plan, name: '独自の計画', kind: 'table' }));
		await does((tx) => addMeasure(tx, safety, own.plan, { ...content, id: own.measure }));
		const of = { id: own.cell, section: town.sections.safety, fromYear: 2019 };
		await does((tx) => addCell(tx, safety, own.measure, of));
		await does((tx) => addFigure(tx, safety, figure));
		await does((tx) => addLine(tx, safety, own.cell, added));
	}
	const page = await planPage(db, safety, own.plan, 2026);
	expect(page.measures).toMatchObject([{ number: 1, sections: ['地域安全課'], lines: 1 }]);
	expect(await printedIn(2026)).toBe('【地域安全課】\n・なし');
	expect((await cellIn(2026, 'current'))!.missing).toEqual(['lamps']);
	const [typed] = (await typedFigures(db, safety, 2026)).filter((one) => one.name === figure.name);
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

test('a figure says where it is printed, and stays while a line names it or somebody typed it', async () => {
	const { figures } = await figuresPage(db, safety, 2026);
	const uses = figures.find(({ key }) => key === 'equipmentPieces')!.uses;
	expect(uses.map(({ plan, number, words }) => [plan, number, words])).toEqual([
		['安全・安心まちづくり推進計画', 2, '防犯資機材支給 {equipmentBodies}団体/支給資機材 {equipmentPieces}個'],
		['安全・安心まちづくり推進計画', 16, '防犯資機材支給 {equipmentBodies}団体/支給資機材 {equipmentPieces}個'],
		['地域福祉計画', 6, '支給団体数:{equipmentBodies}団体、支給総数:{equipmentPieces}個']
	]);
	const lamps = figures.find(({ key }) => key === 'lamps')!.typed!;
	await isTold(
		does((tx) => removeFigure(tx, safety, lamps)),
		'error_figure_printed'
	);
	const fresh = { name: '標識', unit: null, basis: 'sum', section: town.sections.traffic, untilYear: null } as const;
	const [first, second] = [newId(), newId()];
	for (const id of [first, second]) await does((tx) => addFigure(tx, safety, { ...fresh, id, key: null }));
	expect((await ownFigure(db, safety, second)).key).toBe('figure2');
	for (const key of ['lamps', 'cityRuns'])
		await isTold(
			does((tx) => addFigure(tx, safety, { ...fresh, id: newId(), key })),
			'error_figure_key_taken',
			'key'
		);
	await does((tx) => typeFigures(tx, officer, 2026, [{ metric: first, value: 3, seen: null }], now));
	await isTold(
		does((tx) => removeFigure(tx, safety, first)),
		'error_figure_typed'
	);
	await does((tx) => removeFigure(tx, safety, second));
	const seen = seenOf({ ...fresh, unit: '' });
	await does((tx) => changeFigure(tx, safety, first, { ...fresh, untilYear: 2026, seen }));
	await isTold(
		does((tx) => changeFigure(tx, safety, first, { ...fresh, name: '柱', seen })),
		'error_settings_changed'
	);
	const names = async (year: number) => (await typedFigures(db, officer, year)).map((one) => one.name);
	expect(await names(2026)).toContain('標識');
	expect(await names(2027)).not.toContain('標識');
});

test('plans: a name once, the first one is published, an empty one goes', async () => {
	const [again, second] = [newId(), newId()];
	const same = { id: again, name: '独自の計画', kind: 'table' } as const;
	await isTold(
		does((tx) => makePlan(tx, safety, same)),
		'error_plan_name',
		'name'
	);
	await does((tx) => makePlan(tx, safety, { ...same, id: second, name: '次の計画' }));
	await isTold(
		does((tx) => renamePlan(tx, safety, second, { name: '独自の計画', seen: seenOf('次の計画') })),
		'error_plan_name',
		'name'
	);
	await does((tx) => putFirst(tx, safety, second));
	expect((await plansOf(db, safety)).map((one) => one.name)).toEqual([
		...['次の計画', '安全・安心まちづくり推進計画', '地域福祉計画', '独自の計画']
	]);
	await does((tx) => removePlan(tx, safety, second));
	await isTold(
		does((tx) => adopt(tx, safety, guideline, [], now)),
		'error_plan_taken',
		'name'
	);
});

test('the safety section starts from the example in a town that has none of its sections', async () => {
	const at = { ...foreigner, grants: [{ role: 'safety' as const, section: otherTown.section }] };
	const id = newId();
	for (let sent = 0; sent < 2; sent++) {
		const ids = [id];
		await does((tx) => adopt(tx, at, guideline, [], now, () => ids.pop() ?? newId()));
	}
	const page = await planPage(db, at, id, 2026);
	expect(page.measures).toHaveLength(24);
	expect(page.measures[6]!.sections).toEqual([
		'保育課',
		'児童青少年課',
		'交通対策課',
		'学務課',
		'指導室',
		'生涯学習課'
	]);
	expect(await db.select().from(plan).where(eq(plan.municipality, otherTown.municipality))).toHaveLength(1);
});

test('nothing of another town is there, and nobody else sets up plans', async () => {
	const move = { thing: own.cell, to: 0, seen: '' };
	const figure = (await figuresPage(db, safety, 2026)).typed[0]!;
	const deeds: ((tx: Tx, who: Actor) => Promise<unknown>)[] = [
		(tx, who) => renamePlan(tx, who, own.plan, { name: 'x', seen: '' }),
		(tx, who) => removePlan(tx, who, own.plan),
		(tx, who) => putFirst(tx, who, own.plan),
		(tx, who) => planPage(tx, who, own.plan, 2026),
		(tx, who) => makePlan(tx, who, { id: own.plan, name: 'x', kind: 'table' }),
		(tx, who) => addMeasure(tx, who, own.plan, { ...content, id: newId() }),
		(tx, who) => changeMeasure(tx, who, own.measure, { ...content, name: 'x', seen: '' }),
		(tx, who) => removeMeasure(tx, who, own.measure),
		(tx, who) => measurePage(tx, who, own.measure, 2026),
		(tx, who) => addCell(tx, who, own.measure, { id: newId(), section: otherTown.section, fromYear: 2026 }),
		(tx, who) => setCellYears(tx, who, own.cell, { fromYear: 2020, untilYear: null, seen: '' }),
		(tx, who) => removeCell(tx, who, own.cell),
		(tx, who) => moveCell(tx, who, move),
		(tx, who) => addLine(tx, who, own.cell, line('x')),
		(tx, who) => changeLine(tx, who, own.line, line('x')),
		(tx, who) => moveLine(tx, who, { ...move, thing: own.line }),
		(tx, who) => removeLine(tx, who, own.line),
		(tx, who) => changeFigure(tx, who, figure.id, { ...figure, unit: null, seen: '' }),
		(tx, who) => removeFigure(tx, who, figure.id)
	];
	for (const deed of deeds) {
		await expect(does((tx) => deed(tx, foreigner))).rejects.toThrow(NotFound);
		await expect(does((tx) => deed(tx, officer))).rejects.toThrow(Forbidden);
	}
	// A section of another town takes part in nothing of ours.
	const theirs = { id: newId(), section: otherTown.section, fromYear: 2026 };
	await expect(does((tx) => addCell(tx, safety, own.measure, theirs))).rejects.toThrow(NotFound);
});

test('a section renamed from a year on is printed by each year’s name', async () => {
	const input = { section: town.sections.roads, name: '道路公園課', fromFiscalYear: 2027 };
	await does((tx) => nameSection(tx, admin, input));
	expect((await sectionsOf(db, town.municipality, 2027)).find((one) => one.id === input.section)!.name).toBe(
		'道路公園課'
	);
	const { rows } = await tableOf(db, safety, { id: own.plan, name: '' }, 2026);
	expect(rows[0]!.sections).toContain('道路管理課');
	const [last] = await db.select().from(trail).where(eq(trail.deed, 'section.name')).orderBy(desc(trail.id));
	expect(last!.facts).toEqual({ year: 2027 });
	await expect(does((tx) => nameSection(tx, safety, input))).rejects.toThrow(NotFound);
	await expect(does((tx) => dropSectionName(tx, foreigner, input))).rejects.toThrow(NotFound);
	for (let sent = 0; sent < 2; sent++) await does((tx) => dropSectionName(tx, admin, input));
	const roads = (await sectionsOf(db, town.municipality, 2027)).find((one) => one.id === input.section)!;
	expect([roads.name, roads.names.length]).toEqual(['道路管理課', 1]);
	const first = { section: input.section, fromFiscalYear: roads.names[0]!.fromFiscalYear };
	await isTold(
		does((tx) => dropSectionName(tx, admin, first)),
		'error_section_first_name'
	);
	const same = does((tx) => addSection(tx, admin, '道路管理課', 2026, { id: newId() }));
	await isTold(same, 'error_section_there', 'name');
});
