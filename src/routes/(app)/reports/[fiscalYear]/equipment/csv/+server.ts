import { eraYear } from '#lib/calendar/era.ts';
import { handedIn } from '#lib/equipment/figures.server.ts';
import { modeName } from '#lib/equipment/names.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import { csvAnswer, toCsv } from '#lib/server/csv.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import * as m from '#lib/words/messages.js';

export const GET = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const heads = [
		m.papers_csv_western(),
		m.papers_csv_era(),
		m.papers_year_body(),
		m.papers_year_on(),
		m.papers_year_number(),
		m.papers_way(),
		m.papers_item(),
		m.papers_size(),
		m.papers_year_pieces(),
		m.papers_csv_unit()
	];
	const rows = [];
	for (const [way, mode] of [
		['issued', 'issue'],
		['lent', 'loan']
	] as const)
		for (const row of await handedIn(db, actor, year, way))
			rows.push([
				...[year, eraYear(year), row.body, row.onDay, row.number, modeName(mode)],
				...[row.item, row.size, row.pieces, row.unit]
			]);
	return csvAnswer(`equipment-${year}`, toCsv(heads, rows));
};
