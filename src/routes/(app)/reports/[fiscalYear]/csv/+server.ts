import { issuedIn, issuedToBodies } from '#lib/equipment/figures.server.ts';
import { programmeName } from '#lib/patrols/names.ts';
import { csvAnswer } from '#lib/server/csv.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearCsv } from '#lib/reports/csv.server.ts';
import { patrolYear } from '#lib/reports/patrols.server.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import * as m from '#lib/words/messages.js';

export const GET = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const words = {
		columns: [
			m.reports_csv_western(),
			m.reports_csv_era(),
			m.reports_csv_scope(),
			m.reports_body(),
			m.reports_programme(),
			m.reports_runs(),
			m.reports_person_times(),
			m.reports_people(),
			m.reports_csv_km(),
			m.papers_csv_bodies(),
			m.papers_csv_pieces()
		],
		issued: m.papers_issued(),
		city: m.reports_csv_city(),
		body: m.reports_csv_body(),
		programme: programmeName
	} as const;
	const equipment = { all: await issuedIn(db, actor, year), byBody: await issuedToBodies(db, actor, year) };
	const walked = await readApart((tx) => patrolYear(tx, actor, year));
	return csvAnswer(`report-${year}`, yearCsv(year, walked, equipment, words));
};
