/** A shift (当番): the codes around it, its status as a question over facts, and the forms. Pure. */
import * as z from 'zod/mini';
import { programmes } from './programme.ts';
import { chosen, clockTime, day, wholeNumber, words } from './inputs.ts';

/** Why a watch is called off: 荒天, 猛暑, 休校, その他. */
export const cancelReasons = ['storm', 'heat', 'schoolClosed', 'other'] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** 申込, or 代理 for somebody who cannot come. */
export const signUpKinds = ['own', 'standIn'] as const;
/** Why a seat was given back. */
export const leaveReasons = ['undo', 'cannotCome', 'takenOff', 'displaced'] as const;
export type LeaveReason = (typeof leaveReasons)[number];
/** 参加 / 欠席(連絡あり) / 欠席(連絡なし). */
export const attendanceResults = ['present', 'excused', 'missed'] as const;
export type AttendanceResult = (typeof attendanceResults)[number];

/** 募集中 → 確定 → 実施済, 中止, and 不成立 where nobody came together. */
export type ShiftStatus = 'open' | 'settled' | 'done' | 'cancelled' | 'unmanned';

/** What the status is asked of. `joined` counts seats taken; a past shift that nobody took was not held. */
export type ShiftFacts = { endsAt: Date; minimum: number; joined: number; cancelled: boolean };

/** The status follows from rows; there is no column that could disagree with them. */
export function statusOf(shift: ShiftFacts, now: Date): ShiftStatus {
	if (shift.cancelled) return 'cancelled';
	if (shift.endsAt <= now) return shift.joined > 0 ? 'done' : 'unmanned';
	return shift.joined >= shift.minimum ? 'settled' : 'open';
}

/** May somebody still take a seat? */
export const canJoin = (shift: ShiftFacts & { capacity: number }, now: Date) =>
	!shift.cancelled && shift.endsAt > now && shift.joined < shift.capacity;

/** The lowest seat nobody holds, or undefined when all are taken. */
export function freeSeat(taken: Iterable<number>, capacity: number): number | undefined {
	const held = new Set(taken);
	for (let seat = 1; seat <= capacity; seat++) if (!held.has(seat)) return seat;
	return undefined;
}

type Span = { startsAt: Date; endsAt: Date };
/** Do two watches overlap? One that ends when the other begins does not. */
export const overlaps = (a: Span, b: Span) => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** A one-off shift (臨時の当番). */
export const shiftForm = z
	.object({
		place: chosen,
		programme: z.enum(programmes, 'error_input'),
		onDay: day,
		from: clockTime,
		to: clockTime,
		capacity: wholeNumber(1, 50),
		minimum: wholeNumber(1, 50),
		note: words(300)
	})
	.check(
		z.refine((form) => form.from < form.to, { error: 'error_watches_times', path: ['to'] }),
		z.refine((form) => form.minimum <= form.capacity, { error: 'error_watches_minimum', path: ['minimum'] })
	);
export type ShiftForm = z.output<typeof shiftForm>;

export const cancelForm = z
	.object({
		reason: z.enum(cancelReasons, 'error_required'),
		words: words(200)
	})
	.check(
		z.refine((form) => form.reason !== 'other' || form.words !== '', { error: 'error_required', path: ['words'] })
	);
export type CancelForm = z.output<typeof cancelForm>;

/** Attendance: one field `came-<sign-up>` per seat. Seats without a tick are left as they are. */
export const attendanceForm = z.pipe(
	z.record(z.string(), z.unknown()),
	z.transform((typed) => {
		const results: Record<string, AttendanceResult> = {};
		for (const [key, value] of Object.entries(typed)) {
			const result = attendanceResults.find((one) => one === value);
			if (key.startsWith('came-') && result) results[key.slice(5)] = result;
		}
		return results;
	})
);
