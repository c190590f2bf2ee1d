import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { csvOf } from '#lib/outreach/csv.ts';
import { outreachOf } from '#lib/outreach/reads.server.ts';
import { fiscalYearIn } from '#lib/reports/year.ts';
import { csvAnswer, toCsv } from '#lib/server/csv.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { kindOfPage } from '../kind.server.ts';

export const GET = async (event) => {
	const kind = kindOfPage(event);
	const year = fiscalYearIn(event.url.searchParams.get('year') ?? '') ?? fiscalYearAt(new Date());
	const { heads, rows } = csvOf(kind, await outreachOf(db, requireActor(event), kind, year));
	return csvAnswer(`${kind}-${year}`, toCsv(heads, rows));
};
