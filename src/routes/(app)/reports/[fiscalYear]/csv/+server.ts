import { error } from '@sveltejs/kit';
import { programmeName } from '#lib/patrols/names.ts';
import { csvAnswer } from '#lib/server/csv.ts';
import { db } from '#lib/server/db/index.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { patrolCsv } from '#lib/reports/csv.server.ts';
import { patrolYear } from '#lib/reports/patrols.server.ts';
import { fiscalYearIn } from '#lib/reports/year.ts';
import * as m from '#lib/words/messages.js';

export const GET = async (event) => {
	const actor = requireActor(event);
	const year = fiscalYearIn(event.params.fiscalYear);
	if (year === undefined) error(404, sentence('error_not_found'));
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
			m.reports_csv_km()
		],
		city: m.reports_csv_city(),
		body: m.reports_csv_body(),
		programme: programmeName
	} as const;
	return csvAnswer(`patrols-${year}`, patrolCsv(year, await patrolYear(db, actor, year), words));
};
