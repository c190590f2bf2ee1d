import { redirect } from '@sveltejs/kit';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { can, may, reachOf } from '#lib/people/permissions.ts';
import { firstPlan, tableOf } from '#lib/reports/table.server.ts';
import { firstFiscalYear } from '#lib/reports/year.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

/** The table of the measures; a body's leader is led to what the own body did. */
export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	if (!may(actor, 'measure.see')) redirect(303, `/reports/${year}/activities`);
	const now = new Date();
	const findings = reachOf(actor, 'finding.see');
	const plan = await firstPlan(db, actor.municipality, 'table');
	return {
		year,
		saved: event.url.searchParams.has('saved'),
		first: year === firstFiscalYear,
		running: year >= fiscalYearAt(now),
		today: jstDay(now),
		mayEdit: may(actor, 'measure.edit'),
		table: plan && (await readApart((tx) => tableOf(tx, actor, plan, year))),
		may: {
			cars: may(actor, 'vehicle.edit'),
			campaigns: may(actor, 'campaign.edit'),
			bodies: may(actor, 'association.edit'),
			requests: can(actor, 'request.see', {}),
			findings: findings.all ? undefined : findings.sections,
			sections: reachOf(actor, 'cell.edit').sections
		}
	};
};
