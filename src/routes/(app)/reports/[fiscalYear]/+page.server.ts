import { redirect } from '@sveltejs/kit';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { may } from '#lib/people/permissions.ts';
import { firstPlan, tableOf } from '#lib/reports/table.server.ts';
import { firstFiscalYear } from '#lib/reports/year.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import { mayOpen } from './mayOpen.server.ts';

/** The table of the measures; a body's leader is led to what the own body did. */
export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	if (!may(actor, 'measure.see')) redirect(303, `/reports/${year}/activities`);
	const now = new Date();
	const plan = await firstPlan(db, actor.municipality, 'table');
	return {
		year,
		saved: event.url.searchParams.has('saved'),
		first: year === firstFiscalYear,
		running: year >= fiscalYearAt(now),
		today: jstDay(now),
		mayEdit: may(actor, 'measure.edit'),
		table: plan && (await readApart((tx) => tableOf(tx, actor, plan, year))),
		may: mayOpen(actor)
	};
};
