/** The machine form: one table, names on line 1, numbers without units, the western year beside the era. */
import { stringify } from 'csv-stringify/sync';
import { eraYear } from '#lib/calendar/era.ts';
import type { Figures } from '#lib/patrols/figures.server.ts';
import type { Programme } from '#lib/patrols/log.ts';
import type { PatrolYear } from './patrols.server.ts';

/** UTF-8 with BOM and CRLF, as the office's spreadsheets expect. A cell that begins like a formula is text. */
export const csv = (rows: readonly (readonly (string | number)[])[]): string =>
	stringify(rows as (string | number)[][], { bom: true, record_delimiter: 'windows', escape_formulas: true });

/** The columns' names and the words of scopes and activities, in the language asked for. */
export type CsvWords = {
	columns: readonly [string, string, string, string, string, string, string, string, string];
	city: string;
	body: string;
	programme: (one: Programme) => string;
};

/** Per activity for the city (合同パトロール once), then per body (合同パトロール once for each). The scope column keeps the two apart. */
export function patrolCsv(fiscalYear: number, year: PatrolYear, words: CsvWords): string {
	const row = (scope: string, body: string, programme: Programme, of: Figures) => [
		fiscalYear,
		eraYear(fiscalYear),
		scope,
		body,
		words.programme(programme),
		of.runs,
		of.personTimes,
		of.people,
		(of.metres / 1000).toFixed(1)
	];
	return csv([
		words.columns,
		...[...(year.city?.lines ?? []), ...year.bodies.lines].map((line) => row(words.city, '', line.programme, line)),
		...year.byBody.map((line) => row(words.body, line.name, line.programme, line))
	]);
}
