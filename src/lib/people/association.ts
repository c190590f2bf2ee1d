/** Bodies that take part. Runs on both ends. */
import * as z from 'zod/mini';
import { typedDay, foldDigits } from '#lib/calendar/typed.ts';
import { foldKana, phoneOrNone, words, wordsOrNone } from './member.ts';

/** Kinds of body that take part: 町会・自治会, PTA, 商店会, 学校, 事業者, 防犯協会, the city itself and others. */
export const associationKinds = [
	'neighbourhood',
	'pta',
	'shops',
	'school',
	'business',
	'crimePrevention',
	'city',
	'other'
] as const;
export type AssociationKind = (typeof associationKinds)[number];

const dayOrNone = () =>
	z.pipe(
		z.pipe(
			z.optional(z.string()),
			z.transform((text) => foldDigits(text ?? '').replaceAll('/', '-') || null)
		),
		z.nullable(typedDay())
	);

const countOrNone = () =>
	z.pipe(
		z.pipe(
			z.optional(z.string()),
			z.transform((text) => {
				const plain = foldDigits(text ?? '').replace(/[,，人]/g, '');
				return plain === '' ? null : /^\d{1,6}$/.test(plain) ? Number(plain) : undefined;
			})
		),
		z.custom<number | null>((count) => count !== undefined, 'error_number')
	);

const fields = {
	kind: z.enum(associationKinds, 'error_choose'),
	name: words(),
	kana: z.pipe(
		wordsOrNone(80),
		z.transform((text) => foldKana(text ?? ''))
	),
	towns: z.pipe(
		wordsOrNone(200),
		z.transform((text) => text ?? '')
	),
	memberCount: countOrNone(),
	residentCount: countOrNone(),
	foundedOn: dayOrNone(),
	registeredOn: dayOrNone(),
	memorandumOn: dayOrNone(),
	contactPhone: phoneOrNone(),
	note: wordsOrNone(1000)
};

/** One body as the form or a line of a CSV file gives it. Residents are some of the members. */
export const associationForm = z.object({ ...fields, schools: z._default(z.array(z.string()), []) }).check(
	z.refine((one) => one.residentCount === null || one.memberCount === null || one.residentCount <= one.memberCount, {
		error: 'error_residents',
		path: ['residentCount']
	})
);
export type AssociationInput = z.output<typeof associationForm>;

export const endForm = z.object({ reason: words(200) });
