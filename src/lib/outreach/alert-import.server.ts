/** Alert mails by CSV: a preview with a message per line, nothing written until confirmed, and never half of it. */
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { fromCsv } from '#lib/server/csv.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { addOutreach } from './outreach.server.ts';
import { formOf, isAhead, printedWords, sort, type Written } from './outreach.ts';
import { outreachOf } from './reads.server.ts';

/** Heads of the file; further columns are left alone, so that what was exported can be read again. */
export const heads = { onDay: '日', sort: '種別', name: '地域' } as const;
type Head = keyof typeof heads;

export type AlertLine = {
	line: number;
	name: string;
	what: 'add' | 'same' | 'bad';
	errors: { code: string; column: string }[];
	changes: string[];
	written?: Written;
};

const sameAs = ({ onDay, sort, name }: Pick<Written, 'onDay' | 'sort' | 'name'>) => [onDay, sort, name].join('\n');
const columnOf = (field: PropertyKey | undefined) => heads[field as Head] ?? '';
const sortOf = (cell: string) => sort.alert.find((one) => printedWords[one] === cell.normalize('NFKC').trim()) ?? '';
/** 2024/4/1 of a spreadsheet is 2024-04-01. */
const dayOf = (cell: string) =>
	cell
		.normalize('NFKC')
		.trim()
		.replace(
			/^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/,
			(_, year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
		);

/**
 * What a file would do, line by line. Reads only. Two mails of one day may be alike, so a line is the same as one that is there only as
 * often as that one is there: the file read again adds nothing, and the third like mail is a third one.
 */
export async function planAlerts(tx: Reader, actor: Actor, bytes: Uint8Array, now: Date): Promise<AlertLine[]> {
	if (!can(actor, 'outreach.edit', {})) throw new NotFound();
	const file = fromCsv(bytes);
	if (Object.values(heads).some((head) => !file.heads.includes(head)))
		throw new RuleBroken('error_outreach_heads', 'file');
	const today = jstDay(now);
	const lines = file.rows.map((row, n): AlertLine => {
		const cell = (head: Head) => row[heads[head]] ?? '';
		const typed = { onDay: dayOf(cell('onDay')), sort: sortOf(cell('sort')), name: cell('name') };
		const read = formOf('alert').safeParse(typed);
		const issues = read.error?.issues ?? [];
		// The first of each column: an empty day is missing, not also no day.
		const errors = [...new Set(issues.map(({ path }) => path[0]))].map((field) => ({
			code: issues.find(({ path }) => path[0] === field)!.message,
			column: columnOf(field)
		}));
		if (read.data && isAhead('alert', read.data, today))
			errors.push({ code: 'error_outreach_ahead', column: heads.onDay });
		const line = { line: n + 2, name: [cell('onDay'), cell('name')].join(' '), errors, changes: [] };
		return read.data && errors.length === 0 ? { ...line, what: 'add', written: read.data } : { ...line, what: 'bad' };
	});
	const there = new Map<string, number>();
	const years = new Set(lines.flatMap(({ written }) => (written ? fiscalYearOf(written.onDay) : [])));
	for (const year of years)
		for (const one of await outreachOf(tx, actor, 'alert', year))
			there.set(sameAs(one), (there.get(sameAs(one)) ?? 0) + 1);
	return lines.map((line) => {
		const left = line.written ? (there.get(sameAs(line.written)) ?? 0) : 0;
		if (left === 0) return line;
		there.set(sameAs(line.written!), left - 1);
		return { ...line, what: 'same' };
	});
}

/** Does what the preview showed, all of it or nothing. */
export async function importAlerts(tx: Tx, actor: Actor, bytes: Uint8Array, now: Date) {
	const lines = await planAlerts(tx, actor, bytes, now);
	if (lines.some((line) => line.what === 'bad')) throw new RuleBroken('error_import_bad', 'file');
	const done = { added: 0, changed: 0, same: 0 };
	for (const { what, written } of lines) {
		if (what === 'same') done.same++;
		else {
			await addOutreach(tx, actor, { id: newId(now.getTime()), kind: 'alert', ...written! }, now);
			done.added++;
		}
	}
	await record(tx, actor, 'outreach.import', 'municipality', actor.municipality, done);
	return done;
}
