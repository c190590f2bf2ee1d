/** A kind of equipment (資機材): its form. Pure. */
import * as z from 'zod/mini';
import { foldDigits } from '#lib/calendar/typed.ts';

/** issue 支給: it is theirs. loan 貸与: it comes back. */
export const modes = ['issue', 'loan'] as const;
export type Mode = (typeof modes)[number];

/** Most pieces one movement may be about: more is a slip of the hand. */
export const MOST_PIECES = 9999;
const MOST_SIZES = 8;

const words = (most: number) =>
	z.string('error_required').check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(most, 'error_too_long'));

/** A whole number as it was typed, full-width digits and separators understood. Messages name the bounds by `least`. */
export const pieces = (least: 0 | 1) =>
	z.pipe(
		z.pipe(
			z.string('error_required'),
			z.transform((text) => foldDigits(text).replace(/[,，]/g, ''))
		),
		z.pipe(
			z.string().check(z.minLength(1, 'error_required'), z.regex(/^\d{1,9}$/, 'error_equipment_pieces')),
			z.pipe(
				z.transform(Number),
				z.number().check(z.gte(least, 'error_equipment_pieces'), z.lte(MOST_PIECES, 'error_equipment_many'))
			)
		)
	);

/** Sizes as typed in one line, parted by 、 , or a space: `F、M、L`. Nothing typed: the item has one size. */
const sizes = z.pipe(
	z.pipe(
		z.optional(z.string()),
		z.transform((text) => [...new Set((text ?? '').split(/[\s、,，・]+/).filter(Boolean))])
	),
	z.array(z.string().check(z.maxLength(10, 'error_too_long'))).check(z.maxLength(MOST_SIZES, 'error_equipment_sizes'))
);

/** Nothing typed: no notice when it runs low. */
const reorderAt = z.pipe(
	z.pipe(
		z.optional(z.string()),
		z.transform((text) => foldDigits(text ?? '').replace(/[,，]/g, ''))
	),
	z.pipe(
		z.string().check(z.regex(/^\d{0,4}$/, 'error_equipment_pieces')),
		z.transform((text) => (text === '' ? null : Number(text)))
	)
);

export const itemForm = z.object({
	name: words(40),
	unit: words(4),
	mode: z.enum(modes, 'error_choose'),
	sizes,
	reorderAt
});
export type ItemForm = z.output<typeof itemForm>;

/** The sizes stock is kept by: one nameless size when the item has none. */
export const sizesOf = (item: { sizes: readonly string[] }): readonly string[] =>
	item.sizes.length ? item.sizes : [''];

/** Is it time to order? Counts what nobody is waiting for. */
export const isLow = (item: { reorderAt: number | null }, free: number): boolean =>
	item.reorderAt !== null && free <= item.reorderAt;
