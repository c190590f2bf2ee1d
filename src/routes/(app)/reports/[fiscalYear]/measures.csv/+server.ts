import { figureWords } from '#lib/reports/names.ts';
import { printedMetrics, publishedTable } from '#lib/reports/printed.server.ts';
import { tableCsv } from '#lib/reports/tableCsv.server.ts';
import { csvAnswer } from '#lib/server/csv.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import * as m from '#lib/words/messages.js';

/** The table for machines. */
export const GET = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const words = {
		columns: [
			m.measures_csv_western(),
			m.measures_csv_era(),
			m.measures_csv_number(),
			m.measures_csv_measure(),
			m.measures_csv_section(),
			m.measures_csv_key(),
			m.measures_csv_figure(),
			m.measures_csv_value(),
			m.measures_csv_words(),
			m.measures_csv_unit(),
			m.measures_csv_basis()
		],
		figure: figureWords(await printedMetrics(db, actor.municipality, year))
	};
	const table = await readApart((tx) => publishedTable(tx, actor, year)).catch(answer);
	return csvAnswer(`measures-${year}`, tableCsv(table, words));
};
