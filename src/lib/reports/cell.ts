/** The form of a cell: what a section writes beside the figures of its measure, and plans for the next year. Pure. */
import * as z from 'zod/mini';
import { columns, type Column, type OfficerLine } from './measure.ts';

/** Lines of a cell, and signs of a line. */
export const MOST_LINES = 20;
export const LONGEST_LINE = 200;

/** A line each, without the point the table prints before it. */
const lines = z.pipe(
	z.optional(z.string()),
	z.pipe(
		z.transform((text: string | undefined) =>
			(text ?? '')
				.split(/\r?\n/)
				.map((line) => line.replace(/^[\s・]+|\s+$/gu, ''))
				.filter((line) => line !== '')
		),
		z
			.array(z.string().check(z.maxLength(LONGEST_LINE, 'error_line_long')))
			.check(z.maxLength(MOST_LINES, 'error_lines_many'))
	)
);

/** `…Fresh`: new efforts, printed underlined after the others. `seen…`: the saving the person had before them. */
export const cellForm = z.object({
	done: lines,
	doneFresh: lines,
	planned: lines,
	plannedFresh: lines,
	seenDone: z.coerce.number(),
	seenPlanned: z.coerce.number()
});
export type CellInput = z.output<typeof cellForm>;

/** The lines of a column as the form sent them. */
export const linesSent = (input: CellInput, column: Column): OfficerLine[] => [
	...input[column].map((words) => ({ words, fresh: false })),
	...input[`${column}Fresh`].map((words) => ({ words, fresh: true }))
];

/** What stands in the boxes of the form. */
export const boxesOfCell = (written: Readonly<Record<Column, readonly OfficerLine[]>>): Record<string, string> =>
	Object.fromEntries(
		columns.flatMap((column) => {
			const text = (fresh: boolean) =>
				written[column]
					.filter((line) => line.fresh === fresh)
					.map((line) => line.words)
					.join('\n');
			return [
				[column, text(false)],
				[`${column}Fresh`, text(true)]
			];
		})
	);
