/** The machine form: one table, names on line 1, numbers without units, the western year beside the era. */
import { eraYear } from '#lib/calendar/era.ts';
import type { Figures } from '#lib/patrols/tally.ts';
import type { Programme } from '#lib/patrols/log.ts';
import type { Issued, IssuedTo } from '#lib/equipment/figures.server.ts';
import { toCsv } from '#lib/server/csv.ts';
import type { PatrolYear } from './patrols.server.ts';

export type EquipmentYear = { all: Issued; byBody: readonly IssuedTo[] };

/** The columns' names and the words of scopes and activities, in the language asked for. */
export type CsvWords = {
	columns: readonly string[];
	city: string;
	body: string;
	issued: string;
	programme: (one: Programme) => string;
};

/**
 * Per activity for the city (合同パトロール once), then per body (合同パトロール once for each); so, too, the equipment issued. The scope
 * column keeps the two apart. What is no figure of a line is blank, which is not 0.
 */
export function yearCsv(fiscalYear: number, year: PatrolYear, equipment: EquipmentYear, words: CsvWords): string {
	const head = [fiscalYear, eraYear(fiscalYear)];
	const walked = (scope: string, body: string, programme: Programme, of: Figures) => [
		...[...head, scope, body, words.programme(programme)],
		...[of.runs, of.personTimes, of.people, (of.metres / 1000).toFixed(1), null, null]
	];
	const issued = (scope: string, body: string, { bodies, pieces }: Issued) => [
		...[...head, scope, body, words.issued],
		...[null, null, null, null, bodies, pieces]
	];
	return toCsv(words.columns, [
		...[...(year.city?.lines ?? []), ...year.bodies.lines].map((line) => walked(words.city, '', line.programme, line)),
		...(equipment.all.pieces > 0 ? [issued(words.city, '', equipment.all)] : []),
		...year.byBody.map((line) => walked(words.body, line.name, line.programme, line)),
		...equipment.byBody.map((line) => issued(words.body, line.name, { bodies: 1, pieces: line.pieces }))
	]);
}
