/** Weekly hours in words: 月・水・金 14:00–18:00. */
import { timeSpan, weekdayWord } from '#lib/calendar/era.ts';
import { getLocale } from '#lib/words/runtime.js';
import { spansOf, type Hours } from './hours.ts';

/** A line for each span, weekdays with the same hours together; empty where no hours are known. */
export function hoursLines(hours: Hours): string[] {
	const language = getLocale();
	return spansOf(hours).map(
		({ days, from, to }) =>
			`${days.map((day) => weekdayWord(day, language)).join(language === 'ja' ? '・' : ', ')} ${timeSpan(from, to)}`
	);
}
