import { afterAll, beforeAll, expect, test } from 'vitest';
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db, transaction, type Tx } from '#lib/server/db/index.ts';
import { trail } from '#lib/server/db/trail.ts';
import { NotFound } from '#lib/server/errors.ts';
import { seedReports } from '../../demo/reports.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, otherTown, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { closeYear } from './closing.server.ts';
import { checks } from './closing.ts';
import { draftOf } from './draft.ts';
import { changesOf, evaluationForm, withDraft } from './evaluation.ts';
import { draftFor, evaluationPage, grade } from './evaluations.server.ts';
import { addCell, addMeasure } from './measures.server.ts';
import type { Values } from './metric.ts';
import { figureWords } from './names.ts';
import { addLine } from './placements.server.ts';
import { makePlan } from './plans.server.ts';
import { evaluation, measure, measureSection, plan } from './tables.server.ts';
import { typedFigures, typeFigures } from './typed.server.ts';

const today = '2025-05-10';
const now = new Date('2025-05-10T10:00:00+09:00');
let close: () => void;
let safety: Actor, officer: Actor, approver: Actor;
const own = { plan: newId(), project: newId(), cell: newId() };
const does = <T>(work: (tx: Tx) => Promise<T>) => transaction(work);

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await secondTown(tx, today);
		await seedReports(tx);
		safety = await actorFor(tx, 'safety', today);
		await makePlan(tx, safety, { id: own.plan, name: '貸与の計画', kind: 'evaluation' });
		await addMeasure(tx, safety, own.plan, {
			...{ id: own.project, number: 3, chapter: '1', heading: null, name: '録音機', content: null, cityWide: false },
			...{ fromYear: 2019, untilYear: null }
		});
		await addCell(tx, safety, own.project, { id: own.cell, section: town.sections.safety, fromYear: 2019 });
		await addLine(tx, safety, own.cell, {
			...{ id: newId(), words: '貸与 {recorders}台（累計 {recordersCumulative}台）', hangsOn: null, freshIn: null },
			...{ fromYear: 2019, untilYear: null, how: 'all', changeYear: null, seen: '' }
		});
	});
	officer = await actorFor(db, 'officer', today);
	approver = await actorFor(db, 'approver', today);
});
afterAll(() => close());

const words = (metric: string) => ({ name: metric === 'visits' ? '家庭訪問' : metric, unit: '件' });
const draft = (now: Values, before: Values) =>
	draftOf(
		Object.entries(now).map(([metric, value]) => ({ metric, value })),
		before,
		2019,
		words
	);

test('the draft is a sentence of facts, this year’s and the one’s before', () => {
	const equipment = { equipmentBodies: 4, equipmentPieces: 18 };
	expect(draft(equipment, { equipmentBodies: 12, equipmentPieces: 1299 })).toBe(
		'令和元年度は、4団体に合計18個の防犯資機材を支給した（平成30年度は12団体、1,299個）。'
	);
	expect(draft({ equipmentBodies: 0, equipmentPieces: 0, visits: 3 }, equipment)).toBe(
		'令和元年度は、防犯資機材の支給はなかった（平成30年度は4団体、18個）。また、家庭訪問が3件であった。'
	);
	expect(draft(equipment, { equipmentBodies: 0, equipmentPieces: 0 })).toContain('（平成30年度はなし）');
	// Half of a pair is told by its own name; what nobody typed is not told of.
	expect(draft({ equipmentPieces: 18, visits: undefined }, {})).toBe('令和元年度は、equipmentPiecesが18件であった。');
	expect(draft({ visits: undefined }, { visits: 4 })).toBe('');
});

test('the draft goes before what is typed and never over it', () => {
	expect(withDraft(' ', '事実。')).toBe('事実。');
	expect(withDraft('課題がある。', '事実。')).toBe('事実。\n課題がある。');
	expect(withDraft('事実。\n課題がある。', '事実。')).toBe('事実。\n課題がある。');
});

test('a grade is one of four, a sentence is needed, and the draft speaks Japanese on every screen', () => {
	const wrong = evaluationForm.safeParse({ cell: 'x', grade: 'E', words: ' ', seen: '0' });
	expect(wrong.error!.issues.map((issue) => [issue.path[0], issue.message])).toEqual([
		['grade', 'error_grade'],
		['words', 'error_required']
	]);
	expect(figureWords([], { locale: 'en' })('cars')).toMatchObject({ unit: 'cars' });
	expect(figureWords([], { locale: 'ja' })('cars')).toMatchObject({ unit: '台' });
	expect(changesOf(null, [{ metric: 'visits', value: 3 }])).toEqual([]);
});

const shown = async (who: Actor, year = 2024) => {
	const { plans } = await evaluationPage(db, who, year);
	return plans.find((one) => one.id === own.plan)!.projects[0]!.cells[0]!;
};
const send = (
	who: Actor,
	seen: number,
	more: { grade?: 'A' | 'D'; words?: string; cell?: string; year?: number } = {}
) =>
	does((tx) =>
		grade(
			tx,
			who,
			more.year ?? 2024,
			{ cell: more.cell ?? own.cell, grade: more.grade ?? 'A', words: more.words ?? '貸し出した。', seen },
			now
		)
	);

test('the section grades its own project, all staff see it, and nobody else writes', async () => {
	const fact =
		'令和6年度は、自動通話録音機の貸与が85台であった（令和5年度は116台）。また、自動通話録音機の貸与の累計が1,075台であった（令和5年度は990台）。';
	expect(await shown(safety)).toMatchObject({ draft: fact, own: true, graded: undefined });
	expect(await does((tx) => draftFor(tx, safety, own.cell, 2024))).toBe(fact);
	for (let sent = 0; sent < 2; sent++) await send(safety, 0);
	expect(await shown(approver)).toMatchObject({ own: false, graded: { grade: 'A', number: 1, changes: [] } });
	expect((await shown(safety, 2025)).before).toMatchObject({ grade: 'A', words: '貸し出した。' });
	expect((await shown(safety, 2025)).graded).toBeUndefined();
	const [table] = await db
		.select({ id: measureSection.id })
		.from(measureSection)
		.innerJoin(measure, eq(measure.id, measureSection.measure))
		.innerJoin(plan, eq(plan.id, measure.plan))
		.where(and(eq(plan.kind, 'table'), eq(measureSection.section, town.sections.safety)));
	const foreign: Actor = {
		...{ municipality: otherTown.municipality, person: otherTown.leader, name: '' },
		grants: [{ role: 'safety', section: town.sections.safety }]
	};
	const volunteer = await actorFor(db, 'volunteer', today);
	await expect(send(safety, 0, { cell: table!.id })).rejects.toThrow(NotFound);
	for (const who of [officer, approver, foreign, volunteer]) {
		await expect(send(who, 1, { words: 'x' })).rejects.toThrow(NotFound);
		await expect(does((tx) => draftFor(tx, who, own.cell, 2024))).rejects.toThrow(NotFound);
	}
	await expect(evaluationPage(db, volunteer, 2024)).rejects.toThrow(NotFound);
	expect((await evaluationPage(db, foreign, 2024)).plans).toEqual([]);
	const deeds = await db.select({ facts: trail.facts }).from(trail).where(eq(trail.deed, 'evaluation.write'));
	expect(deeds).toEqual([{ facts: { fiscalYear: 2024, grade: 'A' } }]);
});

test('of two who saw the same, the second is told', async () => {
	await send(safety, 1, { words: '先の人。' });
	await expect(send(safety, 1, { words: '後の人。' })).rejects.toMatchObject({
		...{ code: 'error_evaluation_saved', field: 'words' }
	});
	expect((await shown(safety)).graded).toMatchObject({ words: '先の人。', number: 2 });
});

test('the sentence stays when figures change, and says which did until it is saved again', async () => {
	const figure = (await typedFigures(db, safety, 2024)).find((one) => one.name === '自動通話録音機の貸与')!;
	await does((tx) => typeFigures(tx, safety, 2024, [{ metric: figure.id, value: 90, seen: 85 }], now));
	expect((await shown(approver)).graded).toMatchObject({
		...{ words: '先の人。', changes: [{ metric: 'recorders', was: 85, is: 90 }] }
	});
	// The same words again: what is new is that they were looked at beside the new figures.
	await send(safety, 2, { words: '先の人。' });
	expect((await shown(safety)).graded).toMatchObject({ number: 3, changes: [] });
	await does((tx) => typeFigures(tx, safety, 2024, [{ metric: figure.id, value: null, seen: 90 }], now));
	expect((await shown(safety)).graded!.changes).toEqual([{ metric: 'recorders', was: 90, is: undefined }]);
	expect(await db.select().from(evaluation).where(eq(evaluation.cell, own.cell))).toHaveLength(3);
});

test('a closed year is graded on what it was closed with, whatever is typed later', async () => {
	const figure = (await typedFigures(db, safety, 2024)).find((one) => one.name === '自動通話録音機の貸与')!;
	await does((tx) => typeFigures(tx, safety, 2024, [{ metric: figure.id, value: 85, seen: null }], now));
	await does((tx) => closeYear(tx, safety, 2024, { id: newId(), seen: [...checks] }, now));
	await does((tx) => typeFigures(tx, safety, 2024, [{ metric: figure.id, value: 99, seen: 85 }], now));
	expect((await shown(safety)).draft).toContain('85台');
	await send(safety, 3, { grade: 'D', words: '締めてから書いた。' });
	expect((await shown(safety)).graded).toMatchObject({ grade: 'D', changes: [] });
	const [last] = await db.select().from(evaluation).where(eq(evaluation.number, 4));
	expect(last!.figures).toEqual({ recorders: 85, recordersCumulative: 1075 });
});
