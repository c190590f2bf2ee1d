/**
 * A form action for somebody who need not be signed in (sign-in, joining, first setup). Unlike `form()` it opens no transaction:
 * hashing is slow and must stay outside of one.
 */
import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type * as z from 'zod/mini';
import { RuleBroken, TooBusy } from '#lib/server/errors.ts';
import { answer, sentence, waitingTime } from './answers.ts';
import { fieldErrors, refuse, typed, type Refused } from './forms.ts';

export function openForm<S extends z.ZodMiniType, R extends string | Record<string, unknown> | void>(
	schema: S,
	work: (input: z.output<S>, event: RequestEvent) => Promise<R>
) {
	return async (event: RequestEvent): Promise<Exclude<R, string> | ActionFailure<Refused>> => {
		const values = typed(await event.request.formData());
		const parsed = schema.safeParse(values);
		if (!parsed.success) return refuse(values, fieldErrors(parsed.error.issues));
		let next: R;
		try {
			next = await work(parsed.data, event);
		} catch (thrown) {
			if (thrown instanceof RuleBroken)
				return refuse(values, { [thrown.field ?? 'form']: sentence(thrown.code, thrown.params) });
			if (thrown instanceof TooBusy) {
				event.setHeaders({ 'retry-after': String(thrown.seconds) });
				const sorry = refuse(values, { form: sentence('error_wait', { time: waitingTime(thrown.seconds) }) });
				return fail(429, sorry.data);
			}
			return answer(thrown);
		}
		if (typeof next === 'string') redirect(303, next);
		return next as Exclude<R, string>;
	};
}
