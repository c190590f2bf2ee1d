import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt, fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { can } from '#lib/people/permissions.ts';
import { bodySheet } from '#lib/reports/bodySheet.server.ts';
import { firstFiscalYear } from '#lib/reports/year.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

/** 総会資料: the year of one body on one sheet. */
export const load = async (event) => {
	const actor = requireActor(event);
	const { association } = event.params;
	const year = yearOfPage(event);
	const now = new Date();
	return {
		sheet: await readApart((tx) => bodySheet(tx, actor, association, year, now)).catch(answer),
		first: year === firstFiscalYear,
		running: year >= fiscalYearAt(now),
		/** Whose role ended with the year has none after it. */
		later: year < fiscalYearAt(now) && can(actor, 'bodySheet.see', { association, on: fiscalYearEnd(year + 1) }),
		today: jstDay(now)
	};
};
