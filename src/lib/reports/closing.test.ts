/** 年度締め on the invented town: what was frozen stays, whatever arrives; what arrives stands in the tray and moves the figures of a re-count. */
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instantOf } from '#lib/calendar/day.ts';
import { undoHandover } from '#lib/equipment/handovers.server.ts';
import { handover } from '#lib/equipment/tables.server.ts';
import { addOutreach, cancelOutreach } from '#lib/outreach/outreach.server.ts';
import { outreach, outreachVersion } from '#lib/outreach/tables.server.ts';
import type { LogPayload } from '#lib/patrols/log.ts';
import { confirm, correct, enterForOthers, withdraw } from '#lib/patrols/logs.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { nameSection } from '#lib/people/settings.server.ts';
import { end } from '#lib/pockets/pockets.server.ts';
import { pocket } from '#lib/pockets/tables.server.ts';
import { connections, db, transaction, type Tx } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { Forbidden, NotFound } from '#lib/server/errors.ts';
import { seedEquipment } from '../../demo/equipment.ts';
import { seedOutreach } from '../../demo/outreach.ts';
import { seedPatrols } from '../../demo/patrols.ts';
import { seedPockets } from '../../demo/pockets.ts';
import { seedReports } from '../../demo/reports.ts';
import { seedWatches } from '../../demo/watches.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, seedPeople, town } from '../../../tests/people.ts';
import { cellForm } from './cell.ts';
import { writeCell } from './cells.server.ts';
import { checks, differenceOf, isOver, type Check } from './closing.ts';
import { closeYear, closingsOf, compareClosings, checklistOf, effectOf, recountYear } from './closing.server.ts';
import { closingCalls, lateCount, latePage } from './late.server.ts';
import { printedCell } from './measure.ts';
import { closedAs, publishedTable, snapshotOf } from './printed.server.ts';
import { measure, measureSection, placement, plan, typedMetric } from './tables.server.ts';
import { typeFigures } from './typed.server.ts';

const today = '2026-11-22';
const now = instantOf('2025-04-20', '10:00');
let shut: () => void;
let safety: Actor, approver: Actor, guidance: Actor, officer: Actor, admin: Actor;
const everything: Check[] = [...checks];
const close = (who: Actor, year: number, at = now, id = newId(), seen: Check[] = everything) =>
	transaction((tx) => closeYear(tx, who, year, { id, seen }, at));
const recount = (who: Actor, year: number, number: number, reason = '確認の遅れた日誌', at = now) =>
	transaction((tx) => recountYear(tx, who, year, { id: newId(), number, reason }, at));
const broken = (code: string) => expect.objectContaining({ code });
const frozen = async (year: number) => JSON.stringify(await snapshotOf(db, town.municipality, year));
const tray = async (year: number) => {
	const closing = await closedAs(db, town.municipality, year);
	return (await latePage(db, safety, closing!.id, year)).late;
};

beforeAll(async () => {
	({ close: shut } = freshDatabase());
	await transaction(async (tx) => {
		for (const seed of [seedPeople, seedWatches, seedPatrols, seedEquipment, seedPockets, seedOutreach])
			await seed(tx, today);
		await seedReports(tx);
	});
	const as = (who: Parameters<typeof actorFor>[1]) => actorFor(db, who, today);
	safety = await as('safety');
	approver = await as('approver');
	guidance = await as('guidance');
	officer = await as('officer');
	admin = await as('admin');
}, 120_000);
afterAll(() => shut());

test('a year is over when 31 March is, in Japan', () => {
	expect(isOver(2024, new Date('2025-03-31T23:59:59.999+09:00'))).toBe(false);
	expect(isOver(2024, new Date('2025-04-01T00:00:00+09:00'))).toBe(true);
});

describe('before it is closed', () => {
	test('nobody but the safety section closes, and not a year that runs, nor one whose open points were not seen', async () => {
		for (const who of [approver, guidance, officer, admin]) await expect(close(who, 2024)).rejects.toThrow(Forbidden);
		for (const who of [guidance, officer, admin])
			await expect(checklistOf(db, who, 2024, now)).rejects.toThrow(NotFound);
		await expect(close(safety, 2024, new Date('2025-03-31T23:59:59+09:00'))).rejects.toEqual(
			broken('error_year_running')
		);
		const { over, open } = await checklistOf(db, safety, 2024, now);
		expect(over).toBe(true);
		expect(open.planned).toBeGreaterThan(0);
		await expect(close(safety, 2024, now, newId(), [])).rejects.toEqual(broken('error_year_unseen'));
		await expect(recount(approver, 2024, 1)).rejects.toEqual(broken('error_year_open'));
		expect(await closedAs(db, town.municipality, 2024)).toBeUndefined();
	});

	test('the checklist counts what is open, and lists what it counts', async () => {
		const before = (await checklistOf(db, safety, 2024, now)).open;
		expect(before).toMatchObject({ figures: 0, logs: 0 });
		late = await enter(2500);
		const [metric] = await db.select().from(typedMetric).where(eq(typedMetric.key, 'subscribers'));
		await type(metric!.id, null, 10623);
		expect((await checklistOf(db, safety, 2024, now)).open).toEqual({ ...before, logs: 1, figures: 1 });
		await type(metric!.id, 10623, null);
	});
});

/** A log that waits when the year is closed. */
let late: string;
const body = { association: null, section: town.sections.safety };
const walk = (metres: number, on = '2025-03-20'): LogPayload => ({
	...{ programme: 'cityCar', jointly: [], on, people: [], others: {}, method: 'blueCar', remarks: '', handOver: '' },
	...{ departedAt: `${on}T14:00:00+09:00`, finishedAt: `${on}T15:00:00+09:00`, metres, metresFrom: 'odometer' },
	...{ findings: [], typed: true }
});
/** Types a run of the city cars in. */
const enter = (metres: number, on?: string) =>
	transaction((tx) => enterForOthers(tx, safety, body, walk(metres, on), now));
const type = (metric: string, value: number | null, seen: number | null) =>
	transaction((tx) => typeFigures(tx, safety, 2024, [{ metric, value, seen }], now));

test('from April to June the year that ended is to be closed, and then what came late is told', async () => {
	const calls = (who: Actor, day: string) => closingCalls(db, who, instantOf(day, '09:00'));
	expect(await calls(safety, '2025-04-01')).toEqual({ fiscalYear: 2024, toClose: 1, late: 0 });
	expect(await calls(approver, '2025-06-30')).toEqual({ fiscalYear: 2024, toClose: 0, late: 0 });
	for (const day of ['2025-03-31', '2025-07-01']) expect(await calls(safety, day)).toBeUndefined();
	expect(await calls(officer, '2025-04-01')).toBeUndefined();
});

describe('closed', () => {
	test('once, however often it is sent; of two at once the second is told', async () => {
		const id = newId();
		const two = await Promise.allSettled([close(safety, 2024, now, id), close(safety, 2024)]);
		expect(two.map((one) => one.status)).toEqual(['fulfilled', 'rejected']);
		expect(two[1]).toMatchObject({ reason: broken('error_year_closed') });
		await close(safety, 2024, now, id);
		expect(await closingsOf(db, safety, 2024)).toMatchObject([
			{ id, number: 1, reason: null, by: safety.name, remaining: { logs: 1 } }
		]);
		expect(await tray(2024)).toEqual([]);
		expect(await effectOf(db, safety, 2024)).toEqual({ figures: [], cells: [] });
	});

	test('what is frozen is what the rows said', async () => {
		const table = await publishedTable(db, officer, 2024);
		expect(printedCell(table.rows[0]!.current[0]!)).toBe(
			'【地域安全課】\n・車両数 13台\n・パトロール回数 202回\n・距離 2,011km'
		);
		expect(table.rows).toHaveLength(24);
	});

	test('whatever arrives, the printed table stays; the tray has each thing with who did it, and the effect tells it', async () => {
		const before = { frozen: await frozen(2024), printed: JSON.stringify(await publishedTable(db, safety, 2024)) };
		const [over] = await db
			.select({ id: handover.id, request: handover.request })
			.from(handover)
			.where(and(eq(handover.fiscalYear, 2024), eq(handover.state, 'booked')))
			.limit(1);
		const [home] = await db
			.select({ id: pocket.id, number: pocket.number })
			.from(pocket)
			.where(and(eq(pocket.state, 'registered'), sql`${pocket.registeredOn} < '2024-04-01'`))
			.limit(1);
		const [told] = await db
			.select({ id: outreach.id })
			.from(outreach)
			.innerJoin(outreachVersion, eq(outreachVersion.outreach, outreach.id))
			.where(and(eq(outreach.kind, 'alert'), sql`${outreachVersion.onDay} between '2024-04-01' and '2025-03-31'`))
			.limit(1);
		const badges = newId();
		const cell = await lightsCell();
		const [subscribers] = await db.select().from(typedMetric).where(eq(typedMetric.key, 'subscribers'));
		const steps: [Actor, string, string, (tx: Tx) => Promise<unknown>][] = [
			[safety, late, 'counted', (tx) => confirm(tx, safety, late, 1, now)],
			[safety, over!.request, 'uncounted', (tx) => undoHandover(tx, safety, over!.id, '誤り', now)],
			[
				guidance,
				home!.id,
				'uncounted',
				(tx) => end(tx, guidance, home!.id, { on: '2025-03-01', ending: 'moved', words: null }, now)
			],
			[safety, told!.id, 'uncounted', (tx) => cancelOutreach(tx, safety, told!.id, '誤り', now)],
			[
				safety,
				badges,
				'arrived',
				(tx) => addOutreach(tx, safety, { id: badges, kind: 'badge', ...given('2025-03-31') }, now)
			],
			[
				safety,
				subscribers!.id,
				'written',
				(tx) => typeFigures(tx, safety, 2024, typed(subscribers!.id, 10624, 10623), now)
			],
			[officer, cell, 'written', (tx) => writeCell(tx, officer, cell, 2024, cellForm.parse(wrote), now)],
			[
				admin,
				town.sections.traffic,
				'changed',
				(tx) => nameSection(tx, admin, { section: town.sections.traffic, name: '道路交通課', fromFiscalYear: 2024 })
			]
		];
		for (const [who, thing, deed, work] of steps) {
			await transaction(work);
			expect((await tray(2024))[0]).toMatchObject({ thing, deed, by: who.name });
		}
		await transaction((tx) =>
			tx
				.update(placement)
				.set({ words: '配信 {alertsSent}件' })
				.where(sql`${placement.words} like '%{alertsSent}%'`)
		);
		expect(await tray(2024)).toHaveLength(steps.length + 1);
		const called = await closingCalls(db, approver, june);
		expect(called).toEqual({ fiscalYear: 2024, toClose: 0, late: steps.length + 1 });
		expect({
			frozen: await frozen(2024),
			printed: JSON.stringify(await publishedTable(db, safety, 2024))
		}).toEqual(before);
		const effect = await effectOf(db, safety, 2024);
		expect(effect!.figures.map(({ metric, before, after }) => [metric, before, after])).toEqual(
			expect.arrayContaining([
				['cityRuns', 202, 203],
				['cityKilometres', 2011, 2014],
				['equipmentBodies', 4, 3],
				['pockets', 896, 895],
				['alertsSent', 441, 440],
				['subscribers', 10623, 10624]
			])
		);
		expect(effect!.cells).toContainEqual(
			expect.objectContaining({
				...{ number: 1, section: '地域安全課', column: 'current' },
				before: ['・パトロール回数 202回', '・距離 2,011km'],
				after: ['・パトロール回数 203回', '・距離 2,014km']
			})
		);
		expect(effect!.cells).toContainEqual(
			expect.objectContaining({ number: 20, column: 'current', after: ['【道路交通課】', '・街路灯をLED化'] })
		);
	});

	test('what is of another year, and what was there before, is not in the tray', async () => {
		const before = await tray(2024);
		await transaction((tx) => addOutreach(tx, safety, { id: newId(), kind: 'badge', ...given('2025-04-01') }, now));
		await enter(900, '2025-04-01');
		await enter(900, '2024-03-31');
		expect(await tray(2024)).toEqual(before);
	});

	test('a log corrected out of the year and back is told both times', async () => {
		const seen = (await tray(2024)).length;
		const again = (version: number, on: string) =>
			transaction((tx) =>
				correct(tx, safety, late, { seen: version, reason: '日付の訂正', payload: walk(2500, on) }, now)
			);
		await again(1, '2025-04-01');
		expect((await tray(2024))[0]).toMatchObject({ thing: late, deed: 'corrected' });
		await again(2, '2025-03-20');
		expect((await tray(2024)).slice(0, 2).map(({ thing, deed }) => [thing, deed])).toEqual([
			[late, 'counted'],
			[late, 'corrected']
		]);
		expect((await tray(2024)).length).toBe(seen + 3);
		await transaction((tx) => withdraw(tx, safety, late, '誤り', now));
		expect((await tray(2024))[0]).toMatchObject({ thing: late, deed: 'uncounted' });
	});

	test('the tables refuse to change what was closed', async () => {
		const run = (statement: string) => transaction(async () => connections().writer.exec(statement));
		for (const statement of [
			`UPDATE year_closing SET snapshot = '{}'`,
			`DELETE FROM year_closing`,
			`UPDATE late_arrival SET thing = 'x'`,
			`DELETE FROM late_arrival`,
			`INSERT INTO year_closing SELECT 'x', municipality, fiscalYear, 3, "by", at, 'r', remaining, snapshot FROM year_closing`,
			`INSERT INTO year_closing SELECT 'x', municipality, fiscalYear, 2, "by", at, NULL, remaining, snapshot FROM year_closing`
		])
			await expect(run(statement)).rejects.toThrow(/guard/);
	});
});

describe('counted again', () => {
	test('by the approver alone, with a reason, of the closing that was seen', async () => {
		for (const who of [safety, officer, guidance, admin])
			await expect(recount(who, 2024, 1)).rejects.toThrow(Forbidden);
		await expect(recount(approver, 2024, 2)).rejects.toEqual(broken('error_year_recounted'));
		const two = await Promise.allSettled([recount(approver, 2024, 1, '第1回', june), recount(approver, 2024, 1)]);
		expect(two.map((one) => one.status)).toEqual(['fulfilled', 'rejected']);
		const closings = await closingsOf(db, approver, 2024);
		expect(closings.map(({ number, reason }) => [number, reason])).toEqual([
			[1, null],
			[2, '第1回']
		]);
		expect(await tray(2024)).toEqual([]);
		expect(await lateCount(db, closings[0]!.id)).toBeGreaterThan(8);
		expect(await effectOf(db, safety, 2024)).toEqual({ figures: [], cells: [] });
	});

	test('the table says so at its foot and at each figure that was published otherwise, there and beside the next year', async () => {
		const table = await publishedTable(db, safety, 2024);
		expect(table.notes).toEqual([{ fiscalYear: 2024, on: '2025-06-03', reason: '第1回' }]);
		const of = (number: number) => table.rows.find((row) => row.number === number)!.current[0]!;
		// The log was taken back: its figures are as they were.
		expect(of(1).lines.flatMap(({ parts }) => parts.filter((part) => part.recounted))).toEqual([]);
		expect(of(6).lines[0]!.parts.filter((part) => part.recounted)).toMatchObject([{ text: '895', metric: 'pockets' }]);
		expect(
			of(16)
				.lines[0]!.parts.filter((part) => part.recounted)
				.map((part) => part.metric)
		).toEqual(['equipmentBodies', 'equipmentPieces']);
		expect(of(20)).toMatchObject({ recounted: true, lines: [{ from: 'rows' }, { from: 'officer', recounted: true }] });
		const next = await publishedTable(db, safety, 2025);
		expect(next.notes).toEqual(table.notes);
		expect(next.rows.map((row) => row.previous)).toEqual(table.rows.map((row) => row.current));
		expect(next.values.previous).toEqual(table.values.current);
	});

	test('two closings compare as what came between them', async () => {
		const change = await compareClosings(db, safety, 2024, 1, 2);
		expect(change!.figures).toContainEqual({ metric: 'pockets', before: 896, after: 895 });
		expect(change!.figures.map(({ metric }) => metric)).not.toContain('cityRuns');
		const back = await compareClosings(db, safety, 2024, 2, 1);
		expect(back!.figures).toContainEqual({ metric: 'pockets', before: 895, after: 896 });
		expect(back!.cells).toHaveLength(change!.cells.length);
		expect(await compareClosings(db, safety, 2024, 1, 3)).toBeUndefined();
		await expect(compareClosings(db, officer, 2024, 1, 2)).rejects.toThrow(NotFound);
	});
});

test('the year after prints what was closed, whatever the year before says meanwhile', async () => {
	const column = async () => JSON.stringify((await publishedTable(db, safety, 2025)).rows.map((row) => row.previous));
	const before = await column();
	await transaction((tx) => addOutreach(tx, safety, { id: newId(), kind: 'alert', ...alert }, now));
	expect((await tray(2024))[0]).toMatchObject({ kind: 'outreach', deed: 'arrived' });
	expect(await column()).toBe(before);
	const [first, second] = [
		await snapshotOf(db, town.municipality, 2024, 1),
		await snapshotOf(db, town.municipality, 2024)
	];
	expect(differenceOf(first!, first!)).toEqual({ figures: [], cells: [] });
	expect(first).not.toEqual(second);
});

const june = instantOf('2025-06-03', '09:00');
const given = (onDay: string) => ({ sort: null, place: null, onDay, untilDay: null, name: '新入学児童', count: 20 });
const alert = { sort: 'theft' as const, place: null, onDay: '2025-03-31', untilDay: null, name: '全域', count: null };
const typed = (metric: string, value: number, seen: number) => [{ metric, value, seen }];
const wrote = { seenDone: '0', seenPlanned: '0', done: '街路灯をLED化' };

async function lightsCell(): Promise<string> {
	const [found] = await db
		.select({ id: measureSection.id })
		.from(measureSection)
		.innerJoin(measure, eq(measure.id, measureSection.measure))
		.innerJoin(plan, eq(plan.id, measure.plan))
		.where(and(eq(measure.number, 20), eq(plan.kind, 'table')));
	return found!.id;
}
