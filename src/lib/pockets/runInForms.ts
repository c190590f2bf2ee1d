/** The forms of the office on a record that a child ran in. Pure. */
import * as z from 'zod/mini';
import { typedDay, typedTime } from '#lib/calendar/typed.ts';
import { wordsOrNone } from '#lib/people/member.ts';
import { contacts, runInPayload, takers } from './runIn.ts';
import { draftSent, toldOf } from './runInDraft.ts';

const madeWithForm = z
	.string('error_input')
	.check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'error_input'));

/** The button of somebody who has just been called: the time is now. */
export const callForm = z.object({ id: madeWithForm, kind: z.enum(contacts, 'error_choose') });

/** A call that was made earlier. */
export const earlierCallForm = z.object({
	id: madeWithForm,
	kind: z.enum(contacts, 'error_choose'),
	on: typedDay(),
	time: typedTime()
});

export const childForm = z.object({
	to: z.enum(takers, 'error_choose'),
	handedOn: typedDay(),
	handedTime: typedTime()
});

export const reviewForm = z.object({ review: wordsOrNone(2000) });

/** The whole record: with a script as `told`, without one box by box. */
export const wholeRunInForm = z.looseObject({ id: madeWithForm });
export type WholeRunIn = z.output<typeof wholeRunInForm>;

/** What the form of host or office said, or the key of a sentence by field. */
export function readRunIn(sent: WholeRunIn, now: Date): ReturnType<typeof toldOf> {
	if (typeof sent['told'] !== 'string')
		return toldOf(draftSent(sent as Record<string, string | string[] | undefined>, now), now);
	try {
		const read = runInPayload.safeParse(JSON.parse(sent['told']));
		if (read.success) return { payload: read.data };
	} catch {
		// Not ours: said below.
	}
	return { errors: { form: 'error_input' } };
}
