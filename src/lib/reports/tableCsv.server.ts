/**
 * The table for machines: one line for each figure of each cell and year, the heads on line 1, numbers without units, the western year beside
 * the era. Blank is not counted or not typed, 0 is none.
 */
import { eraYear } from '#lib/calendar/era.ts';
import { toCsv } from '#lib/server/csv.ts';
import type { Cell, Table } from './measure.ts';
import type { Value } from './metric.ts';

export type TableWords = {
	columns: readonly string[];
	/** What a figure is called, its unit and its basis. */
	figure: (metric: string) => { name: string; unit: string; basis: string };
};

const numberOf = (value: Value) => (typeof value === 'number' ? value : null);
const wordsOf = (value: Value) => (value !== undefined && typeof value !== 'number' ? value.join('、') : null);

/** The figures of the table's own year and of the one before it. */
export function tableCsv(table: Table, words: TableWords): string {
	const lines = (year: number, row: Table['rows'][number], cells: readonly Cell[]) =>
		cells.flatMap((cell) =>
			cell.figures.map(({ metric, value }) => {
				const { name, unit, basis } = words.figure(metric);
				return [
					...[year, eraYear(year), row.number, row.name, cell.sectionName, metric, name],
					...[numberOf(value), wordsOf(value), unit, basis]
				];
			})
		);
	return toCsv(words.columns, [
		...table.rows.flatMap((row) => lines(table.fiscalYear - 1, row, row.previous)),
		...table.rows.flatMap((row) => lines(table.fiscalYear, row, row.current))
	]);
}
