/** The forms of the settings of plans: measures, their sections, the generated lines, the typed figures. Pure. */
import * as z from 'zod/mini';
import { foldDigits } from '#lib/calendar/typed.ts';
import { words, wordsOrNone } from '#lib/people/member.ts';
import { LONGEST_LINE } from './cell.ts';
import { planKinds, typedBases } from './measure.ts';
import { fiscalYearIn } from './year.ts';

/** Ways to change a line: in every year that printed it, or from a fiscal year on. */
export const hows = ['all', 'from'] as const;
export type How = (typeof hows)[number];

const LONGEST_CONTENT = 600;
/** 令和元年 to as far as a plan is written ahead. */
const year = z.pipe(
	z.pipe(
		z.string('error_required'),
		z.transform((text) => fiscalYearIn(text) ?? NaN)
	),
	z.number('error_required')
);
const yearOrNone = z.pipe(
	z.optional(z.string()),
	z.transform((text) => fiscalYearIn(text ?? '') ?? null)
);
const number = z.pipe(
	z.pipe(
		z.string('error_required'),
		z.transform((text) => Number(foldDigits(text) || NaN))
	),
	z.int('error_number').check(z.minimum(1, 'error_number'), z.maximum(999, 'error_number'))
);
const ticked = z.pipe(
	z.optional(z.string()),
	z.transform((sent) => sent !== undefined)
);
/** What the person had before them (`seen.server.ts`). */
const seen = z._default(z.string(), '');
const id = z.uuid('error_input');

const ordered = (span: { fromYear: number; untilYear: number | null }) =>
	span.untilYear === null || span.fromYear <= span.untilYear;
const wrongYears = { error: 'error_years', path: ['untilYear'] };

export const planForm = z.object({ id, name: words(100), kind: z.enum(planKinds, 'error_required') });
export const renameForm = z.object({ name: words(100), seen });

const measureFields = {
	number,
	chapter: words(100),
	heading: wordsOrNone(100),
	name: words(120),
	content: wordsOrNone(LONGEST_CONTENT),
	cityWide: ticked,
	fromYear: year,
	untilYear: yearOrNone
};
export const measureForm = z.object({ ...measureFields, seen }).check(z.refine(ordered, wrongYears));
export const newMeasureForm = z.object({ ...measureFields, id }).check(z.refine(ordered, wrongYears));
export type MeasureInput = Omit<z.output<typeof measureForm>, 'seen'>;

export const newCellForm = z.object({
	id,
	section: z.string('error_required').check(z.minLength(1, 'error_required')),
	fromYear: year
});
export const cellYearsForm = z
	.object({ cell: z.string(), fromYear: year, untilYear: yearOrNone, seen })
	.check(z.refine(ordered, wrongYears));
/** `to`: where it shall stand, from nought on; `seen`: the order that was seen. */
export const moveForm = z.object({ thing: z.string(), to: z.pipe(z.string(), z.transform(Number)), seen });
export const thingForm = z.object({ thing: z.string() });

/** ｛cars｝ is what a Japanese keyboard makes of {cars}; a line is one line, and its point is printed by the table. */
const lineWords = z.pipe(
	z.pipe(
		z.string('error_required'),
		z.transform((text) =>
			text
				.replace(/\s*\r?\n\s*/g, '')
				.replaceAll('｛', '{')
				.replaceAll('｝', '}')
				.replace(/\{([^{}]*)\}/g, (_, inside: string) => `{${foldLetters(inside)}}`)
				.replace(/^[\s・]+|\s+$/gu, '')
		)
	),
	z.string().check(z.minLength(1, 'error_required'), z.maxLength(LONGEST_LINE, 'error_line_long'))
);
const foldLetters = (text: string) =>
	text
		.replace(/[Ａ-Ｚａ-ｚ０-９]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
		.replace(/[\s\u3000]/g, '');

export const lineForm = z
	.object({
		/** Of the line that is added, or that follows the one that ends. */
		id,
		words: lineWords,
		hangsOn: wordsOrNone(),
		freshIn: yearOrNone,
		fromYear: year,
		untilYear: yearOrNone,
		how: z._default(z.enum(hows), 'all'),
		changeYear: yearOrNone,
		seen
	})
	.check(z.refine(ordered, wrongYears));
export type LineInput = z.output<typeof lineForm>;

const figureFields = {
	name: words(60),
	unit: wordsOrNone(10),
	basis: z.enum(typedBases, 'error_required'),
	section: z.string('error_required').check(z.minLength(1, 'error_required')),
	untilYear: yearOrNone
};
export const figureForm = z.object({ ...figureFields, seen });
/** `key`: left out, one is found. */
export const newFigureForm = z.object({
	...figureFields,
	id,
	key: z.pipe(wordsOrNone(40), z.nullable(z.string().check(z.regex(/^[a-z][A-Za-z0-9]*$/, 'error_figure_key'))))
});
export type FigureInput = Omit<z.output<typeof figureForm>, 'seen'>;
