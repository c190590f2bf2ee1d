import { afterAll, beforeAll, expect, test } from 'vitest';
import { desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { addSection, dropSectionName, nameSection, sectionsOf } from '#lib/people/settings.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db, transaction, type Tx } from '#lib/server/db/index.ts';
import { trail } from '#lib/server/db/trail.ts';
import { Forbidden, NotFound } from '#lib/server/errors.ts';
import { seedReports } from '../../demo/reports.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { content, does, foreigner, isTold, line, makeOwnPlan, own } from '../../../tests/ownPlan.ts';
import { actorFor, otherTown, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { guideline } from './koganei.ts';
import {
	addCell,
	addMeasure,
	changeMeasure,
	moveCell,
	removeCell,
	removeMeasure,
	setCellYears
} from './measures.server.ts';
import { addLine, changeLine, moveLine, removeLine } from './placements.server.ts';
import { adopt, makePlan, plansOf, putFirst, removePlan, renamePlan } from './plans.server.ts';
import { seenOf } from './seen.server.ts';
import { figuresPage, measurePage, planPage } from './settings.server.ts';
import { plan } from './tables.server.ts';
import { tableOf } from './table.server.ts';
import { addFigure, changeFigure, ownFigure, removeFigure } from './typedMetrics.server.ts';
import { typedFigures, typeFigures } from './typed.server.ts';

const today = '2026-11-22';
const now = new Date('2026-11-22T10:00:00+09:00');
let close: () => void;
let safety: Actor, officer: Actor, admin: Actor;

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
	await makeOwnPlan(safety);
});
afterAll(() => close());

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
	const input = { section: town.sections.safety, name: '防災安全課', fromFiscalYear: 2027 };
	await does((tx) => nameSection(tx, admin, input));
	const printed = async (year: number) =>
		(await tableOf(db, safety, { id: own.plan, name: '' }, year)).rows[0]!.sections;
	expect([await printed(2026), await printed(2027)]).toEqual([['地域安全課'], ['防災安全課']]);
	const [last] = await db.select().from(trail).where(eq(trail.deed, 'section.name')).orderBy(desc(trail.id));
	expect(last!.facts).toEqual({ year: 2027 });
	await expect(does((tx) => nameSection(tx, safety, input))).rejects.toThrow(NotFound);
	await expect(does((tx) => dropSectionName(tx, foreigner, input))).rejects.toThrow(NotFound);
	for (let sent = 0; sent < 2; sent++) await does((tx) => dropSectionName(tx, admin, input));
	const roads = (await sectionsOf(db, town.municipality, 2027)).find((one) => one.id === input.section)!;
	expect([roads.name, roads.names.length]).toEqual(['地域安全課', 1]);
	const first = { section: input.section, fromFiscalYear: roads.names[0]!.fromFiscalYear };
	await isTold(
		does((tx) => dropSectionName(tx, admin, first)),
		'error_section_first_name'
	);
	const same = does((tx) => addSection(tx, admin, '地域安全課', 2026, { id: newId() }));
	await isTold(same, 'error_section_there', 'name');
});
