/** A hand-over (受渡し) and what comes after it. Pure. */
import * as z from 'zod/mini';
import { typedDay } from '#lib/calendar/typed.ts';
import { fiscalYearEnd, fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { daysBetween } from '#lib/calendar/day.ts';
import { pieces } from './item.ts';
import { withBoxes } from './boxes.ts';
import { askedIn, madeWithForm, reasonForm } from './request.ts';

/**
 * booked 受渡済 · unclear 要確認: recorded at the store room beyond what was reserved, kept but not in the ledger · dropped 記録のみ:
 * looked at and not booked · undone 取消.
 */
export const handoverStates = ['booked', 'unclear', 'dropped', 'undone'] as const;
export type HandoverState = (typeof handoverStates)[number];

/** returned 返納 (back on the shelf) · wornOut 破損・消耗により返納 (thrown away) · broken 破損 (still there, of no use) · lost 亡失. */
export const wayBacks = ['returned', 'wornOut', 'broken', 'lost'] as const;
export type WayBack = (typeof wayBacks)[number];

/** A signature as strokes in a box of 300 × 100: `M1 2L3 4`. Digits and letters only, so it can be nothing but a line. */
export const signature = z
	.string()
	.check(z.maxLength(8000, 'error_too_long'), z.regex(/^(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})*)+$/, 'error_input'));

const name = z
	.string('error_required')
	.check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(60, 'error_too_long'));

/** The words of a hand-over. */
export const handoverWords = z.object({
	id: madeWithForm,
	on: typedDay(),
	receivedBy: name,
	signature: z._default(z.union([z.literal(''), signature]), ''),
	dueOn: z.optional(z.union([z.literal(''), typedDay()]))
});
/** A hand-over as the counter sends it: its words, and the boxes `n:<item>:<size>`. */
export const handoverForm = withBoxes(handoverWords, askedIn);
export type HandoverForm = z.output<typeof handoverWords>;

/** What a phone at the store room sends: op `equipment.receive`. */
export const receivePayload = z.strictObject({
	request: z.string().check(z.minLength(1), z.maxLength(64)),
	on: z.iso.date(),
	receivedBy: name,
	signature: z.optional(signature),
	dueOn: z.optional(z.iso.date()),
	lines: z
		.array(
			z.strictObject({
				item: z.string().check(z.minLength(1), z.maxLength(64)),
				size: z.string().check(z.maxLength(10)),
				pieces: z.int().check(z.gte(1), z.lte(9999))
			})
		)
		.check(z.minLength(1), z.maxLength(60))
});
export type ReceivePayload = z.output<typeof receivePayload>;

export const takeBackForm = z.object({
	id: madeWithForm,
	handover: z.string('error_input').check(z.minLength(1), z.maxLength(64)),
	item: z.string('error_choose').check(z.minLength(1, 'error_choose'), z.maxLength(64)),
	size: z._default(z.string().check(z.maxLength(10, 'error_input')), ''),
	kind: z.enum(wayBacks, 'error_choose'),
	pieces: pieces(1),
	on: typedDay(),
	reason: z
		.string('error_required')
		.check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(200, 'error_too_long'))
});
export type TakeBackForm = z.output<typeof takeBackForm>;

/** What is decided in the last weeks of a fiscal year and handed over after them counts in the next: days left, from 1 March on. */
export function yearEndsIn(today: string): number | undefined {
	const left = daysBetween(today, fiscalYearEnd(fiscalYearOf(today)));
	return left <= 30 ? left : undefined;
}

/** The form names its line in one choice, `<item>:<size>`. */
export const takeBackOfLine = z.pipe(
	z.transform((values: unknown) => {
		const sent = (values ?? {}) as Record<string, unknown>;
		const [, item = '', size = ''] =
			/^([^:]{1,64}):(.{0,10})$/s.exec(typeof sent.line === 'string' ? sent.line : '') ?? [];
		return { ...sent, item, size } as unknown as z.input<typeof takeBackForm>;
	}),
	takeBackForm
);

/** Which hand-over a form is about. */
const handover = z.string('error_input').check(z.minLength(1, 'error_input'), z.maxLength(64, 'error_input'));

export const undoForm = z.extend(reasonForm, { handover });
export const reconcileForm = z.object({ handover, as: z.enum(['booked', 'dropped'], 'error_input') });
