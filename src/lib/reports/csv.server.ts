/** The machine form: one table, names on line 1, numbers without units, the western year beside the era. */
import { eraYear } from '#lib/calendar/era.ts';
import type { Figures } from '#lib/patrols/tally.ts';
import type { Programme } from '#lib/patrols/log.ts';
import { toCsv } from '#lib/server/csv.ts';
import type { PatrolYear } from './patrols.server.ts';

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
	return toCsv(words.columns, [
		...[...(year.city?.lines ?? []), ...year.bodies.lines].map((line) => row(words.city, '', line.programme, line)),
		...year.byBody.map((line) => row(words.body, line.name, line.programme, line))
	]);
}
