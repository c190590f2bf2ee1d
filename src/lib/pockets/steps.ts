/** The small forms of the register: what may be done next with one home. Pure. */
import * as z from 'zod/mini';
import { typedDay } from '#lib/calendar/typed.ts';
import { words, wordsOrNone } from '#lib/people/member.ts';
import type { Consents, Purpose } from './consent.ts';
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

/** The box of a consent. The form of a home has a box `contact` of its own. */
export const tickOf = (purpose: Purpose) => `agree:${purpose}`;

/** Three ticks as they stand in the boxes of a form. */
export const agreedIn = (values: Record<string, unknown>): Consents => ({
	public: values[tickOf('public')] !== undefined,
	district: values[tickOf('district')] !== undefined,
	contact: values[tickOf('contact')] !== undefined
});

/** Three ticks as they are to hold from now on. */
export const consentForm = z.pipe(
	z.looseObject({ on: typedDay() }),
	z.transform((values) => ({ on: values.on, agreed: agreedIn(values) }))
);

export const noteForm = z.object({ note: wordsOrNone(2000) });
