/** The small forms of the register: what may be done next with one home. Pure. */
import * as z from 'zod/mini';
import { typedDay } from '#lib/calendar/typed.ts';
import { words, wordsOrNone } from '#lib/people/member.ts';
import { plateConditions, plateKinds } from './plate.ts';
import { endings } from './pocket.ts';

/** 休止 · 再開 · 不登録. */
export const moveForm = z.object({ on: typedDay(), words: wordsOrNone(200) });

export const endForm = z.object({ on: typedDay(), ending: z.enum(endings, 'error_choose'), words: wordsOrNone(200) });

/** Registered, and mostly its plate is handed out with it. The number left out: that of the register. */
export const registerForm = z.object({
	on: typedDay(),
	plate: z.enum([...plateKinds, 'later'], 'error_choose'),
	number: wordsOrNone(20)
});

export const plateBackForm = z.object({
	plate: words(64),
	on: typedDay(),
	condition: z.enum(plateConditions, 'error_choose')
});

/** A box that is ticked or not. */
export const tick = () =>
	z.pipe(
		z.optional(z.string()),
		z.transform((text) => text !== undefined)
	);
/** Three ticks as they are to hold from now on. */
export const consentForm = z.pipe(
	z.object({ on: typedDay(), public: tick(), district: tick(), contact: tick() }),
	z.transform(({ on, ...agreed }) => ({ on, agreed }))
);

export const noteForm = z.object({ note: wordsOrNone(2000) });
