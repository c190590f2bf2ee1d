import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { ledgerSheets } from '#lib/equipment/ledgerSheets.server.ts';
import { deskOf } from '#lib/equipment/papers.server.ts';
import { fiscalYearIn } from '#lib/reports/year.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const today = jstDay(new Date());
	const year = fiscalYearIn(event.url.searchParams.get('year') ?? '') ?? fiscalYearOf(today);
	const page = event.url.searchParams.get('page') ?? '';
	return {
		year,
		/** The balance at the end is that of today while the year runs. */
		until: today < fiscalYearEnd(year) ? today : fiscalYearEnd(year),
		desk: await deskOf(db, actor.municipality, year),
		...(await ledgerSheets(db, actor, year, /^\d{1,6}$/.test(page) ? Number(page) : 1))
	};
};
