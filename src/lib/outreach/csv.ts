/** The list of a kind as a table for machines. Heads and sorts are Japanese in every language: files outlive screens. Pure. */
import { eraYear } from '#lib/calendar/era.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { printedWords, shapes, type Kind, type Written } from './outreach.ts';

type Row = Written & { cancelled: string | null };
type Column = [head: string, cell: (row: Row) => string | number | null];

const nameOf: Record<Kind, string> = { event: '件名', alert: '地域', material: '場所', badge: '渡した相手' };

/** One line each, numbers without units; what is not known is blank, which is not 0. */
export function csvOf(kind: Kind, rows: readonly Row[]) {
	const { sorts, place, until, count } = shapes[kind];
	const columns: Column[] = [
		['西暦年度', (row) => fiscalYearOf(row.onDay)],
		['和暦年度', (row) => eraYear(fiscalYearOf(row.onDay))],
		['日', (row) => row.onDay],
		...(until ? ([['終了日', (row) => row.untilDay]] satisfies Column[]) : []),
		...(sorts.length > 0 ? ([['種別', (row) => row.sort && printedWords[row.sort]]] satisfies Column[]) : []),
		...(place ? ([['掲出先', (row) => row.place && printedWords[row.place]]] satisfies Column[]) : []),
		[nameOf[kind], (row) => row.name],
		...(count === 'none' ? [] : ([[count === 'later' ? '参加者数' : '数量', (row) => row.count]] satisfies Column[])),
		['取消の理由', (row) => row.cancelled]
	];
	return { heads: columns.map(([head]) => head), rows: rows.map((row) => columns.map(([, cell]) => cell(row))) };
}
