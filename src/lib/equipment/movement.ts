/** Movements of the stock ledger (受払簿): what they are called, which way they go. Pure. */
import * as z from 'zod/mini';
import { typedDay } from '#lib/calendar/typed.ts';
import { pieces } from './item.ts';

/** received 受入 · issued 払出 · lent 貸与 · returned 返納 · discarded 廃棄 · lost 亡失 · adjusted 棚卸調整. */
export const movementKinds = ['received', 'issued', 'lent', 'returned', 'discarded', 'lost', 'adjusted'] as const;
export type MovementKind = (typeof movementKinds)[number];

/** +1 comes in, −1 goes out, 0 either way. The database holds the same table (guard `stock_movement_way`). */
export const wayOf: Record<MovementKind, 1 | -1 | 0> = {
	received: 1,
	issued: -1,
	lent: -1,
	returned: 1,
	discarded: -1,
	lost: -1,
	adjusted: 0
};

/** What is entered by hand at the store. Lent and adjusted have a paper of their own: the loan, the count sheet. */
export const enteredKinds = ['received', 'issued', 'returned', 'discarded', 'lost'] as const satisfies MovementKind[];

export const movementForm = z.object({
	kind: z.enum(enteredKinds, 'error_choose'),
	size: z._default(z.string().check(z.maxLength(10, 'error_input')), ''),
	pieces: pieces(1),
	on: typedDay(),
	reason: z
		.string('error_required')
		.check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(200, 'error_too_long'))
});
export type MovementForm = z.output<typeof movementForm>;

export const reversalForm = z.object({
	movement: z.pipe(z.string('error_input').check(z.regex(/^\d{1,15}$/, 'error_input')), z.transform(Number)),
	reason: z
		.string('error_required')
		.check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(200, 'error_too_long'))
});
export type ReversalForm = z.output<typeof reversalForm>;
