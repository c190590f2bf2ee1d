/** Years as Japanese offices write them: 令和6年度(2024年度), 令和6年11月27日(水). The first year of an era is 元年, never 1年. */
import { dayOfMonth, jstTime, monthOf, weekdayOf, yearOf } from './day.ts';

/** Newest first. `year` is the western year of its 元年. */
const eras = [
	{ name: '令和', letter: 'R', from: '2019-05-01', year: 2019 },
	{ name: '平成', letter: 'H', from: '1989-01-08', year: 1989 },
	{ name: '昭和', letter: 'S', from: '1926-12-25', year: 1926 },
	{ name: '大正', letter: 'T', from: '1912-07-30', year: 1912 },
	{ name: '明治', letter: 'M', from: '1868-01-25', year: 1868 }
] as const;

const weekdaysJa = ['日', '月', '火', '水', '木', '金', '土'] as const;
const weekdaysEn = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

export type Language = 'ja' | 'en';

const ordinal = (n: number) => (n === 1 ? '元' : String(n));

/** 令和元年, 平成31年; a day before 明治 keeps its western year. */
export function eraYearOfDay(day: string): string {
	const era = eras.find((one) => one.from <= day);
	return era ? `${era.name}${ordinal(yearOf(day) - era.year + 1)}年` : `${yearOf(day)}年`;
}

/**
 * 令和6年度 for 2024. The western year alone decides the era of a fiscal year: 2019 is 令和元年度 although its April was still
 * 平成31年.
 */
export function eraYear(fiscalYear: number): string {
	const era = eras.find((one) => one.year <= fiscalYear);
	return era ? `${era.name}${ordinal(fiscalYear - era.year + 1)}年度` : `${fiscalYear}年度`;
}

/** 令和6年度(2024年度). */
export const eraYearWithWestern = (fiscalYear: number): string => `${eraYear(fiscalYear)}(${fiscalYear}年度)`;

/** A fiscal year in the language of the screen. */
export const fiscalYearWords = (fiscalYear: number, language: Language): string =>
	language === 'ja'
		? eraYearWithWestern(fiscalYear)
		: `Fiscal year ${fiscalYear} (Apr ${fiscalYear} – Mar ${fiscalYear + 1})`;

/** 2024 for 2024, 令和6, 令6 or R6, with or without 年; undefined for anything else. */
export function westernYear(typed: string): number | undefined {
	const [, name = '', number = ''] = /^(\D*?)\s*(元|\d{1,4})年?$/.exec(typed.trim()) ?? [];
	if (name === '') return /^\d{4}$/.test(number) ? Number(number) : undefined;
	const era = eras.find((one) => [one.name, one.name[0], one.letter].includes(name.toUpperCase()));
	const n = number === '元' ? 1 : Number(number);
	return era && n >= 1 ? era.year + n - 1 : undefined;
}

/** One sign per weekday: 日 … 土, Sun … Sat. */
export const weekdayWord = (weekday: number, language: Language = 'ja'): string =>
	(language === 'ja' ? weekdaysJa : weekdaysEn)[weekday] ?? '';

/** 令和6年11月27日: as it stands on a paper of the office. */
export const eraDay = (day: string): string => `${eraYearOfDay(day)}${monthOf(day)}月${dayOfMonth(day)}日`;

/** 令和6年11月27日(水). */
export const eraDate = (day: string): string => `${eraDay(day)}(${weekdayWord(weekdayOf(day))})`;

/** 11月27日(水) · Wed 27 Nov: where the year is clear. */
export const shortDate = (day: string, language: Language = 'ja'): string =>
	language === 'ja'
		? `${monthOf(day)}月${dayOfMonth(day)}日(${weekdayWord(weekdayOf(day))})`
		: `${weekdayWord(weekdayOf(day), 'en')} ${dayOfMonth(day)} ${monthsEn[monthOf(day) - 1]}`;

/** 令和6年11月27日(水) · Wed 27 Nov 2024. */
export const longDate = (day: string, language: Language = 'ja'): string =>
	language === 'ja' ? eraDate(day) : `${shortDate(day, 'en')} ${yearOf(day)}`;

/** 令和6年11月 · Nov 2024, for a month `YYYY-MM`. A month is named by the era of its last days: May 2019 is 令和元年5月. */
export const monthWords = (month: string, language: Language = 'ja'): string =>
	language === 'ja'
		? `${eraYearOfDay(`${month}-28`)}${monthOf(month)}月`
		: `${monthsEn[monthOf(month) - 1]} ${yearOf(month)}`;

/** 11月 · Nov, for the number of a month. */
export const monthName = (month: number, language: Language = 'ja'): string =>
	language === 'ja' ? `${month}月` : (monthsEn[month - 1] ?? '');

/** 7:40 for `07:40`, as people write it. */
export const timeWords = (time: string): string => time.replace(/^0(\d:)/, '$1');

/** 7:40–8:20. */
export const timeSpan = (from: string, to: string): string => `${timeWords(from)}–${timeWords(to)}`;

/** 7:40, the JST time of day of an instant, as people write it. */
export const clockWords = (at: Date): string => timeWords(jstTime(at));
