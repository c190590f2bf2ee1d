import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysOfRule, ruleForm, type RuleDays } from './weeklyRule.ts';

const school: RuleDays = {
	times: {
		'1': { from: '07:30', to: '08:30' },
		'3': { from: '14:30', to: '15:30' },
		'5': { from: '15:00', to: '16:00' }
	},
	weeks: null,
	startOn: '2026-04-06',
	endOn: '2027-03-24',
	skipHolidays: true,
	skipClosedDays: true
};
const off = {
	isHoliday: (day: string) => day === '2026-05-04' || day === '2026-05-06',
	isClosed: (day: string) => day === '2026-05-08'
};

describe('days of a weekly rule', () => {
	test('weekdays with their own times; holidays and closed days are left out', () => {
		expect(daysOfRule(school, '2026-05-01', '2026-05-15', off)).toEqual([
			{ onDay: '2026-05-01', from: '15:00', to: '16:00' },
			{ onDay: '2026-05-11', from: '07:30', to: '08:30' },
			{ onDay: '2026-05-13', from: '14:30', to: '15:30' },
			{ onDay: '2026-05-15', from: '15:00', to: '16:00' }
		]);
	});
	test('a rule that skips nothing watches on holidays too', () => {
		const days = daysOfRule({ ...school, skipHolidays: false, skipClosedDays: false }, '2026-05-04', '2026-05-08', off);
		expect(days.map((one) => one.onDay)).toEqual(['2026-05-04', '2026-05-06', '2026-05-08']);
	});
	test('first and last day belong to it', () => {
		const days = daysOfRule({ ...school, startOn: '2026-04-06', endOn: '2026-04-06' }, '2026-01-01', '2026-12-31', off);
		expect(days.map((one) => one.onDay)).toEqual(['2026-04-06']);
		expect(daysOfRule(school, '2027-03-25', '2027-05-01', off)).toEqual([]);
	});
	test('2nd and 4th Saturday', () => {
		const night: RuleDays = { ...school, times: { '6': { from: '19:30', to: '20:30' } }, weeks: [2, 4] };
		expect(daysOfRule(night, '2026-08-01', '2026-09-30', off).map((one) => one.onDay)).toEqual([
			'2026-08-08',
			'2026-08-22',
			'2026-09-12',
			'2026-09-26'
		]);
	});
	test('any window: each day once, in order, on the right weekday, and windows join without gap or double', () => {
		const dayOf = (n: number) => new Date(Date.UTC(2026, 3, 1) + n * 86_400_000).toISOString().slice(0, 10);
		fc.assert(
			fc.property(fc.nat(400), fc.nat(100), fc.nat(100), (start, a, b) => {
				const whole = daysOfRule(school, dayOf(start), dayOf(start + a + b + 1), off);
				const parts = [
					...daysOfRule(school, dayOf(start), dayOf(start + a), off),
					...daysOfRule(school, dayOf(start + a + 1), dayOf(start + a + b + 1), off)
				];
				expect(parts).toEqual(whole);
				expect(new Set(whole.map((one) => one.onDay)).size).toBe(whole.length);
				for (const one of whole) expect([1, 3, 5]).toContain(new Date(one.onDay).getUTCDay());
			})
		);
	});
});

describe('the form of a rule', () => {
	const typed = {
		place: 'p',
		programme: 'schoolWatch',
		startOn: '2026-04-06',
		endOn: '2027-03-24',
		capacity: '４',
		minimum: '2',
		from1: '7:30',
		to1: '８：３０',
		skipHolidays: 'on'
	};
	test('full-width digits are understood, missing weekdays have no watch', () => {
		const form = ruleForm.parse(typed);
		expect(form).toMatchObject({ capacity: 4, minimum: 2, times: { '1': { from: '07:30', to: '08:30' } } });
		expect(form.skipHolidays).toBe(true);
		expect(form.skipClosedDays).toBe(false);
		expect(form.weeks).toBeNull();
	});
	test.each([
		[{ to1: '7:30' }, 'to1'],
		[{ to1: '' }, 'to1'],
		[{ from1: '', to1: '8:00' }, 'to1'],
		[{ from1: '', to1: '' }, 'from1'],
		[{ from1: '25:00' }, 'from1'],
		[{ minimum: '5' }, 'minimum'],
		[{ capacity: '0' }, 'capacity'],
		[{ capacity: '-1' }, 'capacity'],
		[{ endOn: '2026-04-05' }, 'endOn'],
		[{ startOn: '2026-02-30' }, 'startOn'],
		[{ place: '' }, 'place'],
		[{ programme: 'x' }, 'programme']
	])('%j is refused at %s', (change, field) => {
		const found = ruleForm.safeParse({ ...typed, ...change });
		expect(found.success).toBe(false);
		expect(found.error!.issues.map((issue) => issue.path[0])).toContain(field);
		for (const issue of found.error!.issues) expect(issue.message).toMatch(/^error_/);
	});
});
