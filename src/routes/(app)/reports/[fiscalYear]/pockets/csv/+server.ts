import { eraYear } from '#lib/calendar/era.ts';
import { movementOf } from '#lib/pockets/figures.server.ts';
import { endingName } from '#lib/pockets/names.ts';
import { endings } from '#lib/pockets/pocket.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import { csvAnswer, toCsv } from '#lib/server/csv.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import * as m from '#lib/words/messages.js';

/** The movement as one table: head on the first line, numbers without units, a row per school district. */
export const GET = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const { districts } = await movementOf(db, actor.municipality, year);
	const heads = [
		m.movement_csv_western(),
		m.movement_csv_era(),
		m.movement_district(),
		m.movement_start(),
		m.movement_added(),
		...endings.map((ending) => endingName(ending)),
		m.movement_ended(),
		m.movement_end(),
		m.movement_unconfirmed()
	];
	const rows = districts.map((one) => [
		...[year, eraYear(year), one.name, one.start, one.added],
		...endings.map((ending) => one.ended[ending]),
		...[one.endedAll, one.end, one.unconfirmed]
	]);
	return csvAnswer(`pockets-${year}`, toCsv(heads, rows));
};
