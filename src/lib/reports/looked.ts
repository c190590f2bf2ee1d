/** 前回見たときから: the table as somebody saw it last, cell by cell, and what is different since. Pure. */
import * as z from 'zod/mini';
import { textOf } from './line.ts';
import type { Cell, Table } from './measure.ts';

export const shownColumns = ['previous', 'current', 'next'] as const;
export type ShownColumn = (typeof shownColumns)[number];

/** The lines of a cell by its column and id. A cell with none has the empty text. */
export type Shown = Record<string, string>;
export const shownKey = (column: ShownColumn, cell: string) => `${column} ${cell}`;

const said = (cell: Cell): string => cell.lines.map((line) => textOf(line.parts)).join('\n');

/** Every cell of the table as it is printed. */
export const shownOf = (table: Table): Shown =>
	Object.fromEntries(
		shownColumns.flatMap((column) =>
			table.rows.flatMap((row) => row[column].map((cell) => [shownKey(column, cell.id), said(cell)] as const))
		)
	);

/** A cell that is different from what was seen; `was` is undefined where the table had no such cell. */
export type Change = {
	key: string;
	column: ShownColumn;
	cell: string;
	number: number;
	name: string;
	sectionName: string;
	was: string | undefined;
	is: string;
};
/** Where the mark of a change stands in the page. */
export const markOf = ({ column, cell }: Pick<Change, 'column' | 'cell'>) => `changed-${column}-${cell}`;

/** `gone`: how many cells the table had that it has no more. */
export type Changes = { changed: Change[]; gone: number };

/** What is different since, in the order of the table. */
export function changesOf(before: Shown, table: Table): Changes {
	const now = shownOf(table);
	const changed = table.rows.flatMap(({ number, name, ...row }) =>
		shownColumns.flatMap((column) =>
			row[column].flatMap((cell): Change[] => {
				const key = shownKey(column, cell.id);
				const [was, is] = [before[key], now[key]!];
				return was === is ? [] : [{ key, column, cell: cell.id, number, name, sectionName: cell.sectionName, was, is }];
			})
		)
	);
	return { changed, gone: Object.keys(before).filter((key) => !(key in now)).length };
}

const key = z.string().check(z.regex(/^(previous|current|next) [0-9a-f-]{36}$/));
/** As much as a long plan has, and no more than a row should hold. */
const longest = { cells: 2000, text: 120_000 };

const shown = z
	.record(key, z.string(), 'error_input')
	.check(
		z.refine(
			(cells) => Object.keys(cells).length <= longest.cells && Object.values(cells).join('').length <= longest.text,
			'error_input'
		)
	);

const parsed = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

/** What the page showed, as it shows it: the person has seen this, whatever the rows say by now. */
export const lookForm = z.object({
	plan: z.string('error_input').check(z.regex(/^[0-9a-f-]{36}$/, 'error_input')),
	shown: z.pipe(z.pipe(z.string('error_input'), z.transform(parsed)), shown)
});
