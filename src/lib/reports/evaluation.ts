/** 総合評価: the form of a grade with its sentence, and what a saved one says of figures that moved since. Pure. */
import * as z from 'zod/mini';
import { words } from '#lib/people/member.ts';
import { grades } from './measure.ts';
import { printedValue, type Value, type Values } from './metric.ts';

/** Signs of a sentence. */
export const LONGEST_SENTENCE = 1000;

/** `seen`: the saving the person had before them. */
export const evaluationForm = z.object({
	cell: z.string(),
	grade: z.enum(grades, 'error_grade'),
	words: words(LONGEST_SENTENCE),
	seen: z.coerce.number()
});
export type EvaluationInput = z.output<typeof evaluationForm>;
/** For the draft: whatever is typed so far, a grade or none. */
export const draftForm = z.object({
	cell: z.string(),
	grade: z._default(z.string(), ''),
	words: z._default(z.string(), ''),
	seen: z._default(z.string(), '')
});

/** A figure that is not what it was when the sentence was saved. */
export type Change = { metric: string; was: Value; is: Value };

/** What moved since; nothing of a sentence that was saved without its figures. */
export const changesOf = (saved: Values | null, figures: readonly { metric: string; value: Value }[]): Change[] =>
	saved === null
		? []
		: figures.flatMap(({ metric, value }) =>
				printedValue(saved[metric]) === printedValue(value) ? [] : [{ metric, was: saved[metric], is: value }]
			);

/** The draft before what is typed already, which stays as it is; taken over twice, it is there once. */
export const withDraft = (typed: string, draft: string): string =>
	typed.includes(draft) ? typed : typed.trim() === '' ? draft : `${draft}\n${typed}`;
