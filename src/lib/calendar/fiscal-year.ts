/** 年度: 1 April to 31 March JST, named by the western year it begins in. */
import { jstDay, monthOf, yearOf } from './day.ts';

/** The fiscal year a day belongs to: 2025-03-31 → 2024. */
export const fiscalYearOf = (day: string): number => yearOf(day) - (monthOf(day) < 4 ? 1 : 0);

/** The fiscal year an instant belongs to, by its JST day. */
export const fiscalYearAt = (at: Date): number => fiscalYearOf(jstDay(at));

/** First day: 1 April. */
export const fiscalYearStart = (fiscalYear: number): string => `${fiscalYear}-04-01`;

/** Last day: 31 March of the next western year. */
export const fiscalYearEnd = (fiscalYear: number): string => `${fiscalYear + 1}-03-31`;

/** Its twelve months in order, `2024-04` … `2025-03`. */
export const monthsOfFiscalYear = (fiscalYear: number): string[] =>
	Array.from({ length: 12 }, (_, n) =>
		n < 9 ? `${fiscalYear}-${String(n + 4).padStart(2, '0')}` : `${fiscalYear + 1}-${String(n - 8).padStart(2, '0')}`
	);
