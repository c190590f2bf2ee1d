/** The form of the typed figures: a box for each figure of a section, empty where there is none. Pure. */
import * as z from 'zod/mini';
import { foldDigits } from '#lib/calendar/typed.ts';

/** The name of a figure's box. */
export const boxOf = (metric: string): string => `n-${metric}`;
/** What the person saw in a box stands beside it, so that nobody overwrites what they did not see. */
export const seenOf = (metric: string): string => `seen-${metric}`;

const empty = (text: string) => (text === '' ? null : Number(text));
/** A whole number without sign, ９８０ and 1,075 too. */
const isCount = (text: string) => /^\d{0,9}$/.test(text);

export type Typed = { metric: string; value: number | null; seen: number | null };

/** Every box of the form; one that holds no number is told at itself. */
export const figuresForm = z.pipe(
	z.record(z.string(), z.union([z.string(), z.array(z.string())])),
	z.transform((values, payload): Typed[] =>
		Object.entries(values).flatMap(([name, text]) => {
			if (!name.startsWith('n-') || typeof text !== 'string') return [];
			const metric = name.slice('n-'.length);
			const digits = foldDigits(text).replace(/[,，、\s]/g, '');
			if (!isCount(digits))
				payload.issues.push({ code: 'custom', message: 'error_figure', path: [name], input: values });
			const seen = values[seenOf(metric)];
			return [{ metric, value: empty(digits), seen: typeof seen === 'string' && isCount(seen) ? empty(seen) : null }];
		})
	)
);
