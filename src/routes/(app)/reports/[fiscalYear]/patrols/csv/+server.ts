import { eraYear } from '#lib/calendar/era.ts';
import { allBehind } from '#lib/patrols/behind.server.ts';
import { behindOf } from '#lib/patrols/filter.ts';
import { programmes } from '#lib/patrols/log.ts';
import { programmeName } from '#lib/patrols/names.ts';
import { csvAnswer, toCsvOf } from '#lib/server/csv.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import * as m from '#lib/words/messages.js';

/** The logs behind one number of the report, a line each, or all of the year. */
export const GET = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const behind = behindOf(event.url.searchParams);
	const heads = [
		m.reports_csv_western(),
		m.reports_csv_era(),
		m.patrols_day(),
		m.patrols_departed(),
		m.reports_programme(),
		m.reports_body(),
		m.reports_person_times(),
		m.reports_csv_km(),
		m.reports_csv_log()
	];
	const names = new Map(programmes.map((one) => [one, programmeName(one)]));
	const era = eraYear(year);
	const csv = await readApart(async (tx) => {
		const steps = async function* () {
			for await (const rows of allBehind(tx, actor, year, behind))
				yield rows.map((row) => [
					...[year, era, row.on, row.time, names.get(row.programme)!, row.bodies.join('・'), row.headcount],
					...[row.metres === null ? null : (row.metres / 1000).toFixed(1), row.log]
				]);
		};
		return toCsvOf(heads, steps());
	});
	return csvAnswer(`patrols-${year}`, csv);
};
