/** The fiscal years a thing of the settings is printed in, in words. */
import { fiscalYearWords } from '#lib/calendar/era.ts';
import * as m from '#lib/words/messages.js';
import { getLocale } from '#lib/words/runtime.js';
import type { Span } from './measure.ts';
import { firstFiscalYear } from './year.ts';

const words = (year: number) => fiscalYearWords(year, getLocale());

/** 令和6年度から 令和8年度まで; nothing is said of a thing that always was and goes on. */
export const spanWords = ({ fromYear, untilYear }: Span): string =>
	[
		...(fromYear > firstFiscalYear ? [m.plans_since({ year: words(fromYear) })] : []),
		...(untilYear === null ? [] : [m.plans_to({ year: words(untilYear) })])
	].join(' ');
