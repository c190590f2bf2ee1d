/** The forms of the desk: what becomes of each line, typed into boxes. Pure. */
import * as z from 'zod/mini';
import { refuse, sent } from './boxes.ts';
import { pieces } from './item.ts';
import { madeWithForm, reasonForm, wordsOrNone } from './request.ts';
import { MOST_TOGETHER } from './requestFilter.ts';

/** What is to become of one line. `reason` is asked for where it is less than what was asked. */
export type Verdict = { item: string; size: string; pieces: number; reason: string };

/** Where several requests stand in one form, the boxes of each begin with its id. */
export const within = (request: string, box: string) => `${request}/${box}`;
/** The box of the reason beside a box of pieces. */
export const reasonBox = (box: string) => `r:${box}`;

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

/** Lines of boxes `<before>n:<item>:<size>`. An empty box is forgotten, not a zero. `errors` is by name of the box. */
export function verdictsIn(values: Record<string, unknown>, before = '') {
	const lines: Verdict[] = [];
	const errors: Record<string, string> = {};
	for (const [name, value] of Object.entries(values)) {
		if (!name.startsWith(before)) continue;
		const box = name.slice(before.length);
		const [, item, size] = /^n:([^:]{1,64}):(.{0,10})$/s.exec(box) ?? [];
		if (item === undefined || size === undefined) continue;
		const reason = text(values[before + reasonBox(box)]);
		const found = pieces(0).safeParse(text(value));
		const why = reason === '' ? undefined : reasonForm.safeParse({ reason }).error?.issues[0]?.message;
		if (!found.success)
			errors[name] = text(value) === '' ? 'error_required' : (found.error.issues[0]?.message ?? 'error_input');
		else if (why) errors[before + reasonBox(box)] = why;
		else lines.push({ item, size, pieces: found.data, reason });
	}
	return { lines, errors };
}

/** When the request last changed, as it stood on the screen: decided is what was seen. */
const seen = z.pipe(z.string('error_input').check(z.regex(/^\d{1,15}$/, 'error_input')), z.transform(Number));
const fields = z.object({ words: wordsOrNone, override: wordsOrNone, seen });

/** One request: its boxes, a word with it, and why although a rule is not met. */
export const verdictForm = z.pipe(
	sent,
	z.transform((values, payload) => {
		const { lines, errors } = verdictsIn(values);
		const rest = fields.safeParse(values);
		refuse(payload, values, errors, rest.error?.issues);
		return { lines, ...(rest.data ?? { words: '', override: '', seen: 0 }) };
	})
);

const chosen = z
	.array(madeWithForm, 'error_equipment_none_chosen')
	.check(z.minLength(1, 'error_equipment_none_chosen'), z.maxLength(MOST_TOGETHER, 'error_input'));
const several = z.object({ words: wordsOrNone, take: chosen });

/** Several requests in one form. Those that are not taken stay as they are, whatever stands in their boxes. */
export const togetherForm = z.pipe(
	sent,
	z.transform((values, payload) => {
		const rest = several.safeParse(values);
		const { take, words } = rest.data ?? { take: [], words: '' };
		refuse(payload, values, {}, rest.error?.issues);
		const requests = take.map((id) => {
			const { lines, errors } = verdictsIn(values, within(id, ''));
			const own = { words: '', override: text(values[within(id, 'override')]), seen: text(values[within(id, 'seen')]) };
			const found = fields.safeParse(own);
			const issues = found.error?.issues.map((one) => ({ ...one, path: [within(id, String(one.path[0]))] }));
			refuse(payload, values, errors, issues);
			return { id, lines, override: found.data?.override ?? '', seen: found.data?.seen ?? 0 };
		});
		return { requests, words };
	})
);
export type Together = z.output<typeof togetherForm>;
