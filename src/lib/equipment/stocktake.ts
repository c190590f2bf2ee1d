/** The count sheet (棚卸): one box per item and size. Pure. */
import * as z from 'zod/mini';
import { typedDay } from '#lib/calendar/typed.ts';
import { withBoxes } from './boxes.ts';
import { pieces } from './item.ts';

/** Names of the boxes of one line: what was counted, and what the ledger said when the sheet was made. */
export const boxOf = (item: string, size: string) => `n:${item}:${size}`;
export const expectedBoxOf = (item: string, size: string) => `e:${item}:${size}`;

export type Counted = { item: string; size: string; expected: number; counted: number };

/**
 * What was counted, from the boxes of the sheet. A box left empty was not counted and changes nothing. `errors` is by name of
 * the box.
 */
export function countedIn(values: Record<string, unknown>): { lines: Counted[]; errors: Record<string, string> } {
	const lines: Counted[] = [];
	const errors: Record<string, string> = {};
	for (const [name, value] of Object.entries(values)) {
		const [, item, size] = /^n:([^:]+):(.*)$/s.exec(name) ?? [];
		if (item === undefined || size === undefined || typeof value !== 'string' || value.trim() === '') continue;
		const counted = pieces(0).safeParse(value);
		const expected = pieces(0).safeParse(values[expectedBoxOf(item, size)]);
		if (counted.success && expected.success) lines.push({ item, size, counted: counted.data, expected: expected.data });
		else errors[name] = counted.error?.issues[0]?.message ?? 'error_input';
	}
	return { lines, errors };
}

/** The sheet as it is sent. */
export const stocktakeForm = withBoxes(z.object({ on: typedDay() }), countedIn);
