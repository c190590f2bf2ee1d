import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#lib/calendar/day.ts';
import { completeness, dueBefore, missedDays } from './schoolRuns.ts';

// Thursdays of June 2024.
const planned = new Map(['2024-06-06', '2024-06-13', '2024-06-20', '2024-06-27'].map((day) => [day, 1]));

test('a run counts on its day, once for each that was planned; another day of the week is told beside the missing one', () => {
	const done = new Map([
		['2024-06-06', 2],
		['2024-06-14', 1],
		['2024-06-17', 1],
		['2024-06-27', 1]
	]);
	expect(completeness(planned, done)).toEqual({ planned: 4, done: 2 });
	expect(missedDays(planned, done, '2025-04-01')).toEqual([
		{ onDay: '2024-06-13', missing: 1, instead: ['2024-06-14'] },
		{ onDay: '2024-06-20', missing: 1, instead: ['2024-06-17'] }
	]);
});

test('two rules of one day want two runs', () => {
	const twice = new Map([['2024-06-06', 2]]);
	expect(completeness(twice, new Map([['2024-06-06', 1]]))).toEqual({ planned: 2, done: 1 });
	expect(missedDays(twice, new Map([['2024-06-06', 1]]), '2024-06-07')).toEqual([
		{ onDay: '2024-06-06', missing: 1, instead: [] }
	]);
});

test('what is still to come is planned, and is not missing', () => {
	expect(missedDays(planned, new Map(), '2024-06-13').map(({ onDay }) => onDay)).toEqual(['2024-06-06']);
	expect(completeness(planned, new Map())).toEqual({ planned: 4, done: 0 });
	expect(['2024-06-06', '2024-06-07', '2025-04-01'].map((day) => dueBefore(planned, day))).toEqual([0, 1, 4]);
});

test('once the year is over, what was done and what is missing make up what was planned', () => {
	const days = fc.integer({ min: 0, max: 364 }).map((n) => addDays('2024-04-01', n));
	const runs = fc.array(fc.tuple(days, fc.integer({ min: 1, max: 3 })), { maxLength: 60 }).map((some) => new Map(some));
	fc.assert(
		fc.property(runs, runs, (planned, done) => {
			const sums = completeness(planned, done);
			const missing = missedDays(planned, done, '2025-04-01').reduce((sum, one) => sum + one.missing, 0);
			expect(sums.done + missing).toBe(sums.planned);
		})
	);
});
