/** Small shapes the forms of this room share. What people type in full-width digits is understood. Pure. */
import * as z from 'zod/mini';
import { foldDigits, typedDay, typedTime } from '#lib/calendar/typed.ts';

/** A whole number between two bounds. */
export const wholeNumber = (least: number, most: number) =>
	z.pipe(
		z.pipe(
			z.string('error_required'),
			z.transform((text: string) => foldDigits(text).trim())
		),
		z.pipe(
			z.string().check(z.minLength(1, 'error_required'), z.regex(/^\d{1,4}$/, 'error_watches_number')),
			z.pipe(
				z.transform(Number),
				z.number().check(z.gte(least, 'error_watches_number'), z.lte(most, 'error_watches_number'))
			)
		)
	);

/** A time of day `HH:MM`; 7:30 becomes 07:30. */
export const clockTime = typedTime();
/** A day that exists, `YYYY-MM-DD`. */
export const day = typedDay();
/** Typed words up to a length; nothing typed is ''. */
export const words = (most: number) => z._default(z.string().check(z.trim(), z.maxLength(most, 'error_too_long')), '');
/** An id of a row, chosen in a list. */
export const chosen = z
	.string('error_required')
	.check(z.minLength(1, 'error_required'), z.maxLength(60, 'error_input'));
