/** CSV as offices send and want it: UTF-8 or CP932 in, UTF-8 with BOM and CRLF out, no cell that a spreadsheet would run as a formula. */
import { parse } from 'csv-parse/sync';
import encoding from 'encoding-japanese';
import { RuleBroken } from '#lib/server/errors.ts';

export const LARGEST = 2 * 1024 * 1024;
export const MOST_LINES = 5000;

type Cell = string | number | null;
/** By ourselves: for forty thousand lines a library of many choices takes three times as long as finding them. */
const written = (rows: readonly (readonly Cell[])[]): string => {
	let lines = '';
	for (const row of rows) lines += `${row.map(writtenCell).join(',')}\r\n`;
	return lines;
};

function writtenCell(cell: Cell): string {
	if (typeof cell !== 'string') return cell === null ? '' : String(cell);
	if (!/[",\r\n=+\-@＝＋－＠]/.test(cell)) return cell;
	const safe = guarded(cell);
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const BOM = '\uFEFF';

/** One table: the heads, then the rows. */
export const toCsv = (heads: readonly string[], rows: readonly (readonly Cell[])[]): string =>
	BOM + written([heads]) + written(rows);

const csvHeaders = (name: string) => ({
	'content-type': 'text/csv; charset=utf-8',
	'content-disposition': `attachment; filename="${name}.csv"`,
	'x-content-type-options': 'nosniff',
	'cache-control': 'private, no-store'
});

/** The same of rows that come in steps, each put into bytes while the next one is on its way. */
export async function toCsvOf(
	heads: readonly string[],
	steps: AsyncIterable<readonly (readonly Cell[])[]>
): Promise<Uint8Array<ArrayBuffer>> {
	const parts = [Buffer.from(toCsv(heads, []))];
	for await (const rows of steps) parts.push(Buffer.from(written(rows)));
	return Buffer.concat(parts);
}

/** A table as a download. `name` is the file's, without its ending. */
export const csvAnswer = (name: string, csv: string | Uint8Array<ArrayBuffer>): Response =>
	new Response(csv, { headers: csvHeaders(name) });

/**
 * A long table as a download, sent while it is read: whoever waits beside it is served between two `steps`. A step that fails breaks the
 * download off, so that half a table is never taken for a whole one. Words must be put together before: by then the request is over.
 */
export function csvSteps(name: string, heads: readonly string[], steps: AsyncIterator<readonly (readonly Cell[])[]>) {
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		start: (to) => to.enqueue(encoder.encode(toCsv(heads, []))),
		async pull(to) {
			await new Promise((others) => setImmediate(others));
			const { done, value } = await steps.next();
			if (done) to.close();
			else to.enqueue(encoder.encode(written(value)));
		},
		cancel: async () => void (await steps.return?.())
	});
	return new Response(body, { headers: csvHeaders(name) });
}

/** A text that begins with = + - @ (or hides one behind a tab or a return) gets an apostrophe: a spreadsheet shows it and runs nothing. */
const guarded = (cell: string) => (/^[\t\r\n ]*[=+\-@＝＋－＠]/.test(cell) ? `'${cell}` : cell);

/** Takes the guard off again, so that what was exported can be imported. */
const unguarded = (cell: string) => (/^'[\t\r\n ]*[=+\-@＝＋－＠]/.test(cell) ? cell.slice(1) : cell);

/** The text of a file: UTF-8 where it is valid UTF-8, else CP932. */
export function decode(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return encoding.convert(bytes, { to: 'UNICODE', from: 'SJIS', type: 'string' });
	}
}

/** Rows of a file as objects by its heads. Throws `RuleBroken` when it is too large, too long, or no CSV. */
export function fromCsv(bytes: Uint8Array): { heads: string[]; rows: Record<string, string>[] } {
	if (bytes.byteLength > LARGEST) throw new RuleBroken('error_file_large', 'file');
	let lines: string[][];
	try {
		lines = parse(decode(bytes).replace(/^\uFEFF/, ''), { relax_column_count: true, skip_empty_lines: true });
	} catch {
		throw new RuleBroken('error_file_csv', 'file');
	}
	const [heads = [], ...rows] = lines;
	if (rows.length > MOST_LINES) throw new RuleBroken('error_file_long', 'file', { count: MOST_LINES });
	const names = heads.map((head) => head.trim());
	return {
		heads: names,
		rows: rows.map((row) => Object.fromEntries(names.map((name, n) => [name, unguarded(row[n] ?? '')])))
	};
}
