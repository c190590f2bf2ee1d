/** 継続確認: once a year each host is asked whether the home stays. Pure. */
import * as z from 'zod/mini';
import { typedDay } from '#lib/calendar/typed.ts';
import { wordsOrNone } from '#lib/people/member.ts';
import { isOver, type Ending, type State } from './pocket.ts';

/** By the personal link · postcard · visit · phone · told to the office. */
export const methods = ['link', 'postcard', 'visit', 'phone', 'office'] as const;
export type Method = (typeof methods)[number];

/** 継続 · 変更 · 辞退 · 転居 · 閉店 · 宛先不明 · 返事なし. */
export const results = ['stays', 'changes', 'withdrew', 'moved', 'closed', 'unreachable', 'silent'] as const;
export type Result = (typeof results)[number];

/** Answers with which the home is confirmed for the year. */
export const isConfirming = (result: Result): boolean => result === 'stays' || result === 'changes';

/** The reason of the ending an answer leads to; none where the home stays, or where nobody has answered yet. */
export const endingOf = (result: Result): Ending | undefined =>
	result === 'withdrew' || result === 'moved' || result === 'closed' || result === 'unreachable' ? result : undefined;

/** 返事なし says that somebody asked, and nobody answered: the home goes on being asked. */
export const isAnswer = (result: Result): boolean => result !== 'silent';

/** Where a home stands in its round: still to be asked, confirmed, to be ended by the office, ended. */
export const standings = ['open', 'confirmed', 'leaving', 'ended'] as const;
export type Standing = (typeof standings)[number];
export const standing = (state: State, last: Result | undefined): Standing => {
	if (isOver(state)) return 'ended';
	if (last === undefined || !isAnswer(last)) return 'open';
	return isConfirming(last) ? 'confirmed' : 'leaving';
};

/** What a host may say by the link; where a letter does not arrive, nobody presses a button. */
export const hostResults = ['stays', 'changes', 'withdrew', 'moved', 'closed'] as const satisfies readonly Result[];
/** What somebody finds who goes round; whether letters arrive is the office's to know. */
export const visitResults = [...hostResults, 'silent'] as const satisfies readonly Result[];
export const officeMethods = ['postcard', 'phone', 'visit', 'office'] as const satisfies readonly Method[];

/** Why an answer does not hold by itself: another one was there before · home or round were over when it came. */
export const asides = ['differs', 'late'] as const;
export type Aside = (typeof asides)[number];
/** What the office made of it: it holds from now on, or the other one does. */
export const asideEnds = ['taken', 'left'] as const;
export type AsideEnd = (typeof asideEnds)[number];

/** Kind of the op a phone sends from the door. */
export const confirmKind = 'pocket.confirm';
/** What it says: op `pocket.confirm`. The day is that of the op. */
export const confirmPayload = z.strictObject({
	pocket: z.string().check(z.minLength(1), z.maxLength(64)),
	fiscalYear: z.int().check(z.minimum(2000), z.maximum(2200)),
	method: z.enum(['visit', 'phone']),
	result: z.enum(visitResults),
	words: z.string().check(z.maxLength(200))
});
export type ConfirmPayload = z.output<typeof confirmPayload>;

const formId = z.string('error_input').check(z.minLength(1, 'error_input'), z.maxLength(64, 'error_input'));

/** An answer as the office writes it down. `end`: the registration ends with it, on the day of the answer. */
export const officeAnswerForm = z.object({
	id: formId,
	pocket: formId,
	method: z.enum(officeMethods, 'error_choose'),
	result: z.enum(results, 'error_choose'),
	on: typedDay(),
	words: wordsOrNone(200),
	end: z.optional(z.literal('on'))
});
/** An answer brought by who went round: today. */
export const visitForm = z.object({
	id: formId,
	pocket: formId,
	/** Asked by telephone; else at the door. */
	phone: z.optional(z.literal('on')),
	result: z.enum(visitResults, 'error_choose'),
	words: wordsOrNone(200)
});
/** A district ends: the day, and how many homes the clerk was shown. */
export const closeForm = z.object({
	on: typedDay(),
	homes: z.pipe(z.string('error_input').check(z.regex(/^\d{1,6}$/, 'error_input')), z.transform(Number))
});
export const openRoundForm = z.object({
	schools: z.array(formId, 'error_choose').check(z.minLength(1, 'error_choose'), z.maxLength(500, 'error_input'))
});
/** The office looks at an answer that was set aside. */
export const asideForm = z.object({ aside: formId, end: z.enum(asideEnds, 'error_choose') });
/** For whom links are made: homes that have none yet, or all that have not answered, whose old links then die. */
export const linksForm = z.object({ which: z.enum(['fresh', 'all'], 'error_choose') });
/** The host's own answer. */
export const hostForm = z.object({ id: formId, result: z.enum(hostResults, 'error_choose'), words: wordsOrNone(400) });
