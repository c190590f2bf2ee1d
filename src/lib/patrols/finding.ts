/** A finding (気づき): the steps of its answer, 受付 → 担当課 → 対応中 → 対応済 / 対応不可(理由). Pure. */
import * as z from 'zod/mini';

/** Steps a clerk takes; a finding nobody answered yet is `received` (受付). */
export const findingSteps = ['passedOn', 'inProgress', 'done', 'notPossible'] as const;
export type FindingStep = (typeof findingSteps)[number];
export type FindingState = FindingStep | 'received';

/** Closed: nothing more is expected. A new answer may open it again (it went dark again). */
export const isClosed = (state: FindingState) => state === 'done' || state === 'notPossible';

/** 対応不可 always says why; passing on names a section. */
export const findingAnswerForm = z
	.object({
		step: z.enum(findingSteps, 'error_required'),
		section: z._default(z.string(), ''),
		words: z._default(z.string().check(z.trim(), z.maxLength(500, 'error_too_long')), ''),
		/** How many answers there were when the page was opened: two clerks at once collide here. */
		seen: z.coerce.number('error_input').check(z.gte(0, 'error_input'))
	})
	.check(
		z.refine((form) => form.step !== 'notPossible' || form.words !== '', { error: 'error_reason', path: ['words'] }),
		z.refine((form) => form.step !== 'passedOn' || form.section !== '', { error: 'error_required', path: ['section'] })
	);
export type FindingAnswerForm = z.output<typeof findingAnswerForm>;
