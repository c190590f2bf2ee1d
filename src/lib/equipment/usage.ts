/** 実績報告: how a body used in a fiscal year what it had been handed. Pure. */
import * as z from 'zod/mini';
import { monthOf } from '#lib/calendar/day.ts';
import { fiscalYearOf, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';

/** runs 回数 · personTimes 延べ人数 · metres · photos, all of confirmed logs. */
export type Walked = { runs: number; personTimes: number; metres: number; photos: number };

/** The last day on which the report of a fiscal year is taken: 31 May after its end, when the past leader's reach ends, too. */
export const usageUntil = (fiscalYear: number): string => `${fiscalYear + 1}-05-31`;

/** May the report of this year be written today? */
export const usageOpen = (fiscalYear: number, today: string): boolean =>
	today >= fiscalYearStart(fiscalYear) && today <= usageUntil(fiscalYear);

/** The year whose report is called for today: from March, when its end is in sight, until its last day. It may be written before. */
export function usageCalledFor(today: string): number | undefined {
	const month = monthOf(today);
	if (month < 3 || month > 5) return undefined;
	return fiscalYearOf(today) - (month === 3 ? 0 : 1);
}

export const usageForm = z.object({
	association: z.string('error_required').check(z.minLength(1, 'error_required'), z.maxLength(64, 'error_input')),
	words: z
		.string('error_required')
		.check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(2000, 'error_too_long'))
});
export type UsageForm = z.output<typeof usageForm>;
