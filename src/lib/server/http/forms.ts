/**
 * One way for every form action: who → what was sent → do it in one transaction → where next.
 * Bad input answers 422 with a sentence per field and everything that was typed.
 */
import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type * as z from 'zod/mini';
import { decode } from '#lib/server/csv.ts';
import { transaction, type Tx } from '#lib/server/db/index.ts';
import { dayOfBoxes } from '#lib/calendar/boxes.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { answer, sentence } from './answers.ts';

/** What a page gets back as `form` when the input was not right. `errors.form` concerns no single field. */
export type Refused = { values: Record<string, string | string[]>; errors: Record<string, string> };

/** The signed-in person of this request. The gate has let them in, so nobody here is a fault of ours. */
export function requireActor(event: { locals: App.Locals }): Actor {
	if (!event.locals.actor) throw new Error('a gate let nobody in');
	return event.locals.actor;
}

type Sent = Pick<FormData, 'keys'> & { getAll(name: string): unknown[] };

/** What a form sent. One without files is read as text, at half the price of `formData()`. */
async function sentBy(request: Request): Promise<Sent> {
	const plain = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded');
	return plain ? new URLSearchParams(await request.text()) : request.formData();
}

/** Form data as a plain object: text trimmed of nothing, names ending in `[]` are lists, a day's three boxes one day, files left out. */
export function typed(data: Sent): Record<string, string | string[]> {
	const values: Record<string, string | string[]> = {};
	for (const key of new Set(data.keys())) {
		const all = data.getAll(key).filter((one) => typeof one === 'string');
		if (key.endsWith('[]')) values[key.slice(0, -2)] = all;
		else if (all.length > 0) values[key] = all[all.length - 1]!;
	}
	for (const key of Object.keys(values).filter((one) => one.endsWith('.year'))) {
		const name = key.slice(0, -'.year'.length);
		const take = (box: string) => {
			const text = String(values[`${name}.${box}`] ?? '');
			delete values[`${name}.${box}`];
			return text;
		};
		values[name] = dayOfBoxes({ year: take('year'), month: take('month'), day: take('day') });
	}
	return values;
}

/** A sentence per field from what zod found. The schema's messages are keys of the words (`error_…`). */
export function fieldErrors(issues: readonly z.core.$ZodIssue[]): Record<string, string> {
	const errors: Record<string, string> = {};
	for (const issue of issues) {
		const field = issue.path.length ? String(issue.path[0]) : 'form';
		errors[field] ??= sentence(issue.message.startsWith('error_') ? issue.message : 'error_input');
	}
	return errors;
}

/** The answer to input that breaks a rule. */
export function refuse(values: Refused['values'], errors: Refused['errors']): ActionFailure<Refused> {
	// A password is never sent back.
	const kept = Object.fromEntries(Object.entries(values).filter(([key]) => !/password|totp/i.test(key)));
	return fail(422, { values: kept, errors });
}

/**
 * A form action. `work` runs in a transaction and returns where to go next (a path → 303) or data for the page; `refuse(…)` where
 * what it wrote before is to stay.
 * `RuleBroken` thrown inside becomes a sentence at its field; `NotFound` and `Forbidden` become 404 and 403.
 */
export function form<
	S extends z.ZodMiniType,
	R extends string | Record<string, unknown> | ActionFailure<Refused> | void
>(schema: S, work: (tx: Tx, actor: Actor, input: z.output<S>, event: RequestEvent) => Promise<R>) {
	return async (event: RequestEvent) => {
		const actor = requireActor(event);
		const values = typed(await sentBy(event.request));
		const parsed = schema.safeParse(values);
		if (!parsed.success) return refuse(values, fieldErrors(parsed.error.issues));
		let next: R;
		try {
			next = await transaction((tx) => work(tx, actor, parsed.data, event));
		} catch (thrown) {
			if (thrown instanceof RuleBroken)
				return refuse(values, { [thrown.field ?? 'form']: sentence(thrown.code, thrown.params) });
			return answer(thrown);
		}
		if (typeof next === 'string') redirect(303, next);
		return next as Exclude<R, string>;
	};
}

/** What a line of a file would do; `errors` are keys of the words with the head of their column. */
type FileLine = { what: string; errors: readonly { code: string; column: string }[] };

/**
 * A form action that looks at an uploaded CSV and writes nothing. Its text comes back with the answer and is sent again to confirm,
 * where everything is checked anew.
 */
export function previewOfFile<L extends FileLine>(look: (actor: Actor, bytes: Uint8Array) => Promise<L[]>) {
	return async (event: RequestEvent) => {
		const actor = requireActor(event);
		const file = (await event.request.formData()).get('file');
		if (!(file instanceof File) || file.size === 0) return refuse({}, { file: sentence('error_file_none') });
		const bytes = new Uint8Array(await file.arrayBuffer());
		try {
			const lines = (await look(actor, bytes)).map((line) => ({
				...line,
				errors: line.errors.map((one) => `${one.column}: ${sentence(one.code)}`)
			}));
			return { lines, text: decode(bytes), bad: lines.some((one) => one.what === 'bad') };
		} catch (thrown) {
			if (thrown instanceof RuleBroken) return refuse({}, { file: sentence(thrown.code, thrown.params) });
			return answer(thrown);
		}
	};
}
