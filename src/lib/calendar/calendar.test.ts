import { afterAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import * as d from './day.ts';
import * as fy from './fiscal-year.ts';
import * as era from './era.ts';
import { holidayName, isHoliday } from './holidays.server.ts';
import { boxesOfDay, dayOfBoxes } from './boxes.ts';
import { typedDay, typedTime } from './typed.ts';

const zone = process.env.TZ;
afterAll(() => {
	process.env.TZ = zone;
});

const instants = fc.date({
	min: new Date('1990-01-01T00:00:00Z'),
	max: new Date('2099-12-31T00:00:00Z'),
	noInvalidDate: true
});
const days = instants.map(d.jstDay);
/** Instants within three days of a turn of the fiscal year, most often at the turn itself: the last millisecond, the first. */
const turns = fc
	.tuple(fc.integer({ min: 1990, max: 2099 }), fc.integer({ min: -259_200_000, max: 259_200_000 }))
	.map(([year, off]) => ({ year, off, at: new Date(Date.parse(`${year}-04-01T00:00:00+09:00`) + off) }));
/** Does the fiscal year hold this instant, by its own first and last day? */
const holds = (year: number, at: Date) =>
	d.instantOf(fy.fiscalYearStart(year)) <= at && at < d.instantOf(d.addDays(fy.fiscalYearEnd(year), 1));

for (const [tz, minutesWest] of [
	['UTC', 0],
	['Asia/Tokyo', -540],
	['America/New_York', 300]
] as const)
	describe(`days of Japan on a machine in ${tz}`, () => {
		const set = () => {
			process.env.TZ = tz;
		};

		it('the last millisecond of the fiscal year and the first of the next', () => {
			set();
			expect(new Date('2025-01-01T00:00:00Z').getTimezoneOffset()).toBe(minutesWest);
			expect(fy.fiscalYearAt(new Date('2025-03-31T23:59:59.999+09:00'))).toBe(2024);
			expect(fy.fiscalYearAt(new Date('2025-04-01T00:00:00.000+09:00'))).toBe(2025);
			expect(d.jstDay(new Date('2025-03-31T15:00:00Z'))).toBe('2025-04-01');
			expect(d.jstDay(new Date('2025-03-31T14:59:59.999Z'))).toBe('2025-03-31');
			expect(d.jstTime(new Date('2025-03-31T14:59:59.999Z'))).toBe('23:59');
		});

		it('day and time lead back to the instant', () => {
			set();
			fc.assert(
				fc.property(instants, (at) => {
					const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
					expect(d.instantOf(d.jstDay(minute), d.jstTime(minute)).getTime()).toBe(minute.getTime());
				})
			);
		});

		it('every day lies in exactly one fiscal year, between its ends', () => {
			set();
			fc.assert(
				fc.property(days, (day) => {
					const year = fy.fiscalYearOf(day);
					expect(fy.fiscalYearStart(year) <= day && day <= fy.fiscalYearEnd(year)).toBe(true);
					expect(d.addDays(fy.fiscalYearEnd(year), 1)).toBe(fy.fiscalYearStart(year + 1));
					expect(fy.monthsOfFiscalYear(year)).toContain(d.monthOfDay(day));
				})
			);
		});

		it('no instant falls into two fiscal years, and each into one, up to its last millisecond', () => {
			set();
			fc.assert(
				fc.property(turns, ({ year, off, at }) => {
					expect(fy.fiscalYearAt(at)).toBe(off < 0 ? year - 1 : year);
					expect([year - 2, year - 1, year, year + 1].filter((one) => holds(one, at))).toEqual([fy.fiscalYearAt(at)]);
				}),
				{ examples: [-1, 0, 1].map((off) => [{ year: 2025, off, at: new Date(1_743_433_200_000 + off) }]) }
			);
			fc.assert(fc.property(instants, (at) => holds(fy.fiscalYearAt(at), at)));
		});

		it('a fiscal year has the days of its months, one more where its February has', () => {
			set();
			const long = [2023, 2027, 1999];
			const short = [2022, 2024, 2025, 2099];
			for (const year of [...long, ...short]) {
				const days = d.daysFrom(fy.fiscalYearStart(year), fy.fiscalYearEnd(year));
				expect(days).toHaveLength(long.includes(year) ? 366 : 365);
				expect(new Set(days.map(fy.fiscalYearOf))).toEqual(new Set([year]));
				expect(days.includes(`${year + 1}-02-29`)).toBe(long.includes(year));
			}
			for (const [day, year] of [
				['2024-02-29', 2023],
				['2028-02-29', 2027]
			] as const)
				for (const time of ['00:00', '23:59']) expect(fy.fiscalYearAt(d.instantOf(day, time))).toBe(year);
		});

		it('adding and counting days agree, over leap days too', () => {
			set();
			fc.assert(
				fc.property(days, fc.integer({ min: -20_000, max: 20_000 }), (day, n) => {
					const then = d.addDays(day, n);
					expect(d.isDay(then)).toBe(true);
					expect(d.daysBetween(day, then)).toBe(n);
					expect(d.weekdayOf(then)).toBe((((d.weekdayOf(day) + n) % 7) + 7) % 7);
				})
			);
			expect(d.addDays('2024-02-28', 1)).toBe('2024-02-29');
			expect(d.addDays('2025-02-28', 1)).toBe('2025-03-01');
		});
	});

describe('months', () => {
	it('a sheet holds each day of its month once, in whole weeks', () => {
		fc.assert(
			fc.property(days, fc.constantFrom(0, 1), (day, startsOn) => {
				const month = d.monthOfDay(day);
				const weeks = d.monthGrid(month, startsOn);
				expect(weeks.every((week) => week.length === 7 && d.weekdayOf(week[0]!) === startsOn)).toBe(true);
				const own = weeks.flat().filter((one) => d.monthOfDay(one) === month);
				expect(own).toEqual(d.daysFrom(d.firstOfMonth(month), d.lastOfMonth(month)));
				expect(weeks.length).toBeLessThanOrEqual(6);
			})
		);
	});

	it('count over the turn of the year', () => {
		expect(d.addMonths('2024-11', 2)).toBe('2025-01');
		expect(d.addMonths('2025-01', -1)).toBe('2024-12');
		expect(d.lastOfMonth('2024-02')).toBe('2024-02-29');
		expect(fy.monthsOfFiscalYear(2024).at(0)).toBe('2024-04');
		expect(fy.monthsOfFiscalYear(2024).at(-1)).toBe('2025-03');
	});
});

describe('eras', () => {
	it('write years as the office does', () => {
		expect(era.eraYear(2024)).toBe('令和6年度');
		expect(era.eraYear(2019)).toBe('令和元年度');
		expect(era.eraYear(2018)).toBe('平成30年度');
		expect(era.eraYear(1988)).toBe('昭和63年度');
		expect(era.eraYearWithWestern(2024)).toBe('令和6年度(2024年度)');
		expect(era.eraYearOfDay('2019-04-30')).toBe('平成31年');
		expect(era.eraYearOfDay('2019-05-01')).toBe('令和元年');
		expect(era.eraDate('2024-11-27')).toBe('令和6年11月27日(水)');
		expect(era.eraDate('1989-01-07')).toBe('昭和64年1月7日(土)');
		expect(era.longDate('2024-11-27', 'en')).toBe('Wed 27 Nov 2024');
		expect(era.shortDate('2024-11-27')).toBe('11月27日(水)');
		expect(era.timeWords('07:40')).toBe('7:40');
		expect(era.timeWords('00:05')).toBe('0:05');
		expect(era.timeWords('19:30')).toBe('19:30');
		expect(era.monthWords('2019-05')).toBe('令和元年5月');
		expect(era.fiscalYearWords(2024, 'en')).toBe('Fiscal year 2024 (Apr 2024 – Mar 2025)');
	});

	it('the year in which the era changed is one year under one name, also where its first month was typed as 平成31', () => {
		const days = d.daysFrom('2019-04-01', '2020-03-31');
		expect(new Set(days.map((day) => era.eraYear(fy.fiscalYearOf(day))))).toEqual(new Set(['令和元年度']));
		expect([era.eraDay('2019-04-01'), era.eraDay('2019-05-01')]).toEqual(['平成31年4月1日', '令和元年5月1日']);
		expect(era.eraYear(fy.fiscalYearOf('2019-03-31'))).toBe('平成30年度');
		expect(['平成31', '令和元', 'H31', 'R1'].map(era.westernYear)).toEqual([2019, 2019, 2019, 2019]);
	});

	it('令和n年度 begins in the April of 2018+n', () => {
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 60 }), (n) => {
				expect(era.eraYear(2018 + n)).toBe(`令和${n}年度`);
				expect(era.eraYearOfDay(fy.fiscalYearStart(2018 + n))).toBe(`令和${n}年`);
			})
		);
	});
});

describe('holidays', () => {
	it('knows names, days in lieu and ordinary days', () => {
		expect(holidayName('2024-11-03')).toBe('文化の日');
		expect(isHoliday('2024-11-04')).toBe(true);
		expect(holidayName('2024-11-03', 'en')).toBe('National Culture Day');
		expect(holidayName('2024-11-27')).toBeUndefined();
	});
});

describe('what people type', () => {
	it('folds full-width digits and refuses days that do not exist', () => {
		expect(typedDay().parse('２０２４－１１－２７')).toBe('2024-11-27');
		expect(typedDay().safeParse('2025-02-29').success).toBe(false);
		expect(typedDay().safeParse('2025-2-9').success).toBe(false);
		expect(typedDay().safeParse('').error?.issues[0]?.message).toBe('error_required');
		expect(typedDay().safeParse('2024-2-30').error?.issues[0]?.message).toBe('error_day');
		expect(typedTime().parse('7:30')).toBe('07:30');
		expect(typedTime().parse('７：３０')).toBe('07:30');
		expect(typedTime().parse('07:30:00')).toBe('07:30');
		expect(typedTime().safeParse('24:00').success).toBe(false);
	});

	it.each([
		['2024', '11', '27', '2024-11-27'],
		['２０２４', '１', '７', '2024-01-07'],
		['令和6', '11', '27', '2024-11-27'],
		['令和６年', '4', '1', '2024-04-01'],
		['r6', '1', '2', '2024-01-02'],
		['令和元', '5', '1', '2019-05-01'],
		['H31', '4', '30', '2019-04-30'],
		['昭49', '1', '1', '1974-01-01'],
		['', '', ' ', '']
	])('reads the three boxes %s 年 %s 月 %s 日', (year, month, day, read) => {
		expect(dayOfBoxes({ year, month, day })).toBe(read);
	});

	it.each([
		['2025', '2', '29'],
		['2025', '13', '1'],
		['25', '1', '1'],
		['', '4', '1'],
		['令和0', '1', '1'],
		['皇紀2684', '1', '1'],
		['2025', '1-1', '1']
	])('keeps what was typed where %s 年 %s 月 %s 日 is no day', (year, month, day) => {
		const kept = dayOfBoxes({ year, month, day });
		expect(typedDay().safeParse(kept).error?.issues[0]?.message).toBe('error_day');
		if (!month.includes('-')) expect(boxesOfDay(kept)).toEqual({ year, month, day });
	});

	it('shows every day in its boxes and reads it back', () => {
		fc.assert(fc.property(days, (day) => dayOfBoxes(boxesOfDay(day)) === day));
	});

	it('refuses what is no day or time', () => {
		expect(() => d.addDays('2024-13-01', 1)).toThrow(RangeError);
		expect(() => d.instantOf('2024-11-27', '25:00')).toThrow(RangeError);
	});
});
