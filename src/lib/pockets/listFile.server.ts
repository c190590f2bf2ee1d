/** A city's list as it comes: rows of a file, from whichever spreadsheet it was saved. */
import { parse } from 'csv-parse/sync';
import { decode, LARGEST, MOST_LINES } from '#lib/server/csv.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { headRow, type ListLine } from './listFields.ts';

/** More columns than any list has. */
const MOST_COLUMNS = 80;
/** Takes the guard of an exported cell off again. */
const unguarded = (cell: string) => (/^'[\t\r\n ]*[=+\-@＝＋－＠]/.test(cell) ? cell.slice(1) : cell);
const isBlank = (cells: readonly string[]) => cells.every((cell) => /^[\s\u3000]*$/.test(cell));

/** “Unicode text” of a spreadsheet is UTF-16; everything else is UTF-8 or CP932. */
const textOf = (bytes: Uint8Array): string =>
	(bytes[0] === 0xff && bytes[1] === 0xfe ? new TextDecoder('utf-16le').decode(bytes) : decode(bytes)).replace(
		/^\uFEFF/,
		''
	);

/**
 * Heads and rows of a file: what stands above the heads and what is blank is left out, rows keep the number a spreadsheet shows.
 * Throws `RuleBroken` when it is too large, too long, or no list.
 */
export function readList(bytes: Uint8Array): { heads: string[]; lines: ListLine[] } {
	if (bytes.byteLength > LARGEST) throw new RuleBroken('error_file_large', 'file');
	const text = textOf(bytes);
	if (text.includes('\0')) throw new RuleBroken('error_file_csv', 'file');
	const begin = text.slice(0, 4000);
	const delimiter = begin.split('\t').length > begin.split(',').length ? '\t' : ',';
	let rows: string[][];
	try {
		rows = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false });
	} catch {
		throw new RuleBroken('error_file_csv', 'file');
	}
	const at = headRow(rows);
	const heads = rows[at]?.map((head) => head.replace(/[\s\u3000]+/g, ' ').trim());
	if (!heads || heads.length > MOST_COLUMNS) throw new RuleBroken('error_lists_heads', 'file');
	while (heads.at(-1) === '') heads.pop();
	const lines = rows
		.map((cells, n) => ({ line: n + 1, cells: cells.slice(0, heads.length).map(unguarded) }))
		.slice(at + 1)
		.filter(({ cells }) => !isBlank(cells));
	if (lines.length === 0) throw new RuleBroken('error_lists_empty', 'file');
	if (lines.length > MOST_LINES) throw new RuleBroken('error_file_long', 'file', { count: MOST_LINES });
	return { heads, lines };
}
