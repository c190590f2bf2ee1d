/** A day typed in three boxes 年・月・日, and back. Pure: the browser shows the day as one types, the server reads the same boxes. */
import { isDay } from './day.ts';
import { westernYear } from './era.ts';
import { foldDigits } from './typed.ts';

export const boxes = ['year', 'month', 'day'] as const;
export type Boxes = Record<(typeof boxes)[number], string>;

/**
 * `2024-11-27` from what stands in the boxes; full-width digits and 令和6 or R6 as the year are understood. Nothing typed is ''.
 * What is no day comes back as it was typed, with a `-` between the boxes, so that it is refused and still shown.
 */
export function dayOfBoxes(typed: Boxes): string {
	const [year, month, day] = boxes.map((box) => typed[box].trim()) as [string, string, string];
	if (!year && !month && !day) return '';
	const digits = (text: string) => foldDigits(text).padStart(2, '0');
	const read = `${westernYear(foldDigits(year)) ?? ''}-${digits(month)}-${digits(day)}`;
	return isDay(read) ? read : `${year}-${month}-${day}`;
}

/** What the boxes show for a day, or for what was typed instead of one. */
export function boxesOfDay(text: string | null | undefined): Boxes {
	const [year = '', month = '', ...rest] = (text ?? '').split('-');
	const day = rest.join('-');
	if (!isDay(text ?? '')) return { year, month, day };
	return { year: String(Number(year)), month: String(Number(month)), day: String(Number(day)) };
}
