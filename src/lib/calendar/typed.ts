/** Days and times as forms send them. Full-width digits are folded: ２０２４－１１－２７ is a day, too. */
import * as z from 'zod/mini';
import { isDay, isMonth, isTime } from './day.ts';

/** Full-width digits and signs as their plain brothers. For numbers, days and times only: names stay as typed. */
export const foldDigits = (text: string): string =>
	text
		.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
		.replace(/[：]/g, ':')
		.replace(/[－−‐ー―]/g, '-')
		.replace(/[．]/g, '.')
		.trim();

const folded = (check: (text: string) => boolean, message: string) =>
	z.pipe(z.pipe(z.string(), z.transform(foldDigits)), z.string().check(z.refine(check, message)));

/** A required day of a form. */
export const typedDay = () =>
	z.pipe(
		z.pipe(z.string('error_required'), z.transform(foldDigits)),
		z.string().check(z.minLength(1, 'error_required'), z.refine(isDay, 'error_day'))
	);
/** A required time of a form; 7:30 and 07:30:00 are 07:30. */
export const typedTime = () =>
	z.pipe(
		z.pipe(
			z.string(),
			z.transform((text) =>
				foldDigits(text)
					.replace(/^(\d):/, '0$1:')
					.replace(/^(\d\d:\d\d):\d\d$/, '$1')
			)
		),
		z.string().check(z.refine(isTime, 'error_time'))
	);
/** A required month `YYYY-MM` of a form or address. */
export const typedMonth = () => folded(isMonth, 'error_month');
