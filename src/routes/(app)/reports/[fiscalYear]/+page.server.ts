import { redirect } from '@sveltejs/kit';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { may } from '#lib/people/permissions.ts';
import { isOver } from '#lib/reports/closing.ts';
import { lateCount } from '#lib/reports/late.server.ts';
import { closedAs, printedTable } from '#lib/reports/printed.server.ts';
import { firstPlan } from '#lib/reports/table.server.ts';
import { changesOf, lookForm } from '#lib/reports/looked.ts';
import { keepLook, lastLook } from '#lib/reports/looks.server.ts';
import { firstFiscalYear } from '#lib/reports/year.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import { mayOpen } from './mayOpen.server.ts';

/** The table of the measures; a body's leader is led to what the own body did. */
export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	if (!may(actor, 'measure.see')) redirect(303, `/reports/${year}/activities`);
	const now = new Date();
	const plan = await firstPlan(db, actor.municipality, 'table');
	const closed = await closedAs(db, actor.municipality, year);
	const table = plan && (await readApart((tx) => printedTable(tx, actor, plan, year)));
	const look = plan && (await lastLook(db, actor, plan.id, year));
	return {
		year,
		saved: event.url.searchParams.has('saved'),
		first: year === firstFiscalYear,
		running: year >= fiscalYearAt(now),
		today: jstDay(now),
		mayEdit: may(actor, 'measure.edit'),
		plan: plan?.id,
		table,
		look: look && table && { at: look.at, ...changesOf(look.cells, table) },
		closed: closed && { on: jstDay(closed.at), number: closed.number, late: await lateCount(db, closed.id) },
		over: isOver(year, now),
		mayClose: may(actor, 'year.see'),
		may: mayOpen(actor)
	};
};

export const actions = {
	looked: form(lookForm, (tx, actor, { plan, shown }, event) =>
		keepLook(tx, actor, plan, yearOfPage(event), shown, new Date())
	)
};
