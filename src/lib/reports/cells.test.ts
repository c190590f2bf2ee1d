import { afterAll, beforeAll, expect, test } from 'vitest';
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { seedReports } from '../../demo/reports.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, seedPeople } from '../../../tests/people.ts';
import { boxesOfCell, cellForm, linesSent } from './cell.ts';
import { cellOf, writeCell } from './cells.server.ts';
import { measure, measureSection, plan } from './tables.server.ts';

const today = '2025-05-10';
const now = new Date('2025-05-10T10:00:00+09:00');
let close: () => void;
let officer: Actor, safety: Actor;
let lights: string, patrol: string;

const cellAt = async (number: number): Promise<string> => {
	const [found] = await db
		.select({ id: measureSection.id })
		.from(measureSection)
		.innerJoin(measure, eq(measure.id, measureSection.measure))
		.innerJoin(plan, eq(plan.id, measure.plan))
		.where(and(eq(measure.number, number), eq(plan.kind, 'table')));
	return found!.id;
};
const sent = (values: Record<string, string>) => cellForm.parse({ seenDone: '0', seenPlanned: '0', ...values });
const write = (who: Actor, cell: string, values: Record<string, string>) =>
	transaction((tx) => writeCell(tx, who, cell, 2024, sent(values), now));

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await seedReports(tx);
	});
	officer = await actorFor(db, 'officer', today);
	safety = await actorFor(db, 'safety', today);
	lights = await cellAt(20);
	patrol = await cellAt(1);
});
afterAll(() => close());

test('a line each, the leading point and empty lines left out, signs of people as they are', () => {
	const input = sent({ done: '・<b>髙𠮷</b>と点検\r\n\r\n　・ LED化\n', doneFresh: '＝新しい灯具' });
	expect(linesSent(input, 'done')).toEqual([
		{ words: '<b>髙𠮷</b>と点検', fresh: false },
		{ words: 'LED化', fresh: false },
		{ words: '＝新しい灯具', fresh: true }
	]);
	expect(boxesOfCell({ done: linesSent(input, 'done'), planned: [] })).toEqual({
		...{ done: '<b>髙𠮷</b>と点検\nLED化', doneFresh: '＝新しい灯具', planned: '', plannedFresh: '' }
	});
});

test('too long a line and too many lines are told at their box', () => {
	const long = cellForm.safeParse({ seenDone: '0', seenPlanned: '0', done: 'あ'.repeat(201) });
	expect(long.error!.issues.map((issue) => [issue.path[0], issue.message])).toEqual([['done', 'error_line_long']]);
	const many = cellForm.safeParse({ seenDone: '0', seenPlanned: '0', planned: '行\n'.repeat(21) });
	expect(many.error!.issues.map((issue) => [issue.path[0], issue.message])).toEqual([['planned', 'error_lines_many']]);
});

test('a section writes into its own cell, and finds none of another section', async () => {
	await write(officer, lights, { done: '街路灯をLED化', planned: '順次交換' });
	const cell = await cellOf(db, officer, lights, 2024);
	expect(cell).toMatchObject({ sectionName: '交通対策課', done: { number: 1 }, planned: { number: 1 } });
	expect((await cellOf(db, officer, lights, 2025)).done.lines).toEqual([]);
	await expect(cellOf(db, officer, patrol, 2024)).rejects.toThrow(NotFound);
	await expect(write(officer, patrol, { done: '隣の課へ' })).rejects.toThrow(NotFound);
	await expect(write(safety, lights, { done: '隣の課へ' })).rejects.toThrow(NotFound);
});

test('of two who saw the same, the second is told and nothing of theirs is written; what did not change asks nobody', async () => {
	await write(officer, lights, { seenDone: '1', done: '先の人', planned: '順次交換' });
	const late = write(officer, lights, { seenDone: '1', seenPlanned: '1', done: '後の人', planned: '後の予定' });
	await expect(late).rejects.toThrow(RuleBroken);
	const cell = await cellOf(db, officer, lights, 2024);
	expect(cell.done).toEqual({ number: 2, lines: [{ words: '先の人', fresh: false }] });
	expect(cell.planned.number).toBe(1);
	// Sent twice: the second finds what it wants to write.
	await write(officer, lights, { seenDone: '1', done: '先の人', planned: '順次交換' });
	expect((await cellOf(db, officer, lights, 2024)).done.number).toBe(2);
});
