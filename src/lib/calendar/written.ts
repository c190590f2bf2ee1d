/** Days as people write them into lists: 令和5年4月1日, R5.4.1, 令和元年5月1日, ２０２３／４／１, 20230401, or a spreadsheet's own number. Pure. */
import { addDays, isDay } from './day.ts';
import { westernYear } from './era.ts';

const pad = (text: string) => text.padStart(2, '0');
/** Day 0 of a spreadsheet, as it counts after its invented 29 February 1900. */
const SHEET_BEGINS = '1899-12-30';

/** The day, or undefined where it is none. A year of two digits without its era is none: nobody knows which. */
export function writtenDay(text: string): string | undefined {
	const plain = text
		.normalize('NFKC')
		.replace(/[\sT]\d{1,2}:\d{2}(:\d{2})?$/, '')
		.replace(/\([月火水木金土日]\)/g, '')
		.replace(/\s+/g, '')
		.replace(/[−–—‐]/g, '-');
	const whole = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
	const parts = whole ?? /^(\D{0,2}(?:\d{1,4}|元))(?:年|[./-])(\d{1,2})(?:月|[./-])(\d{1,2})日?$/.exec(plain);
	if (!parts) return /^[2-6]\d{4}$/.test(plain) ? addDays(SHEET_BEGINS, Number(plain)) : undefined;
	const year = westernYear(parts[1]!);
	const day = year === undefined ? '' : `${year}-${pad(parts[2]!)}-${pad(parts[3]!)}`;
	return isDay(day) ? day : undefined;
}
