/** Small shapes the forms of this room share. What people type in full-width digits is understood. Pure. */
import * as z from 'zod/mini';

const folded = z.pipe(
	z.string('error_required'),
	z.transform((text) => text.normalize('NFKC').trim())
);

/** A whole number between two bounds. */
export const wholeNumber = (least: number, most: number) =>
	z.pipe(
		z.pipe(folded, z.string().check(z.minLength(1, 'error_required'), z.regex(/^\d{1,4}$/, 'error_watches_number'))),
		z.pipe(
			z.transform(Number),
			z.number().check(z.gte(least, 'error_watches_number'), z.lte(most, 'error_watches_number'))
		)
	);

/** A time of day `HH:MM`; 7:30 becomes 07:30. */
export const clockTime = z.pipe(
	z.pipe(
		folded,
		z.transform((text) => text.replace(/^(\d):/, '0$1:'))
	),
	z.string().check(z.minLength(1, 'error_required'), z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'error_watches_time'))
);

/** A day that exists, `YYYY-MM-DD`. */
export const day = z.pipe(
	folded,
	z.string().check(
		z.minLength(1, 'error_required'),
		z.refine((text) => {
			if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
			const date = new Date(`${text}T00:00:00Z`);
			return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
		}, 'error_watches_day')
	)
);
