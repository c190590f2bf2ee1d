import { error } from '@sveltejs/kit';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { issuedIn } from '#lib/equipment/figures.server.ts';
import { may } from '#lib/people/permissions.ts';
import { db } from '#lib/server/db/index.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { bodiesAt } from '#lib/reports/bodies.ts';
import { patrolYear } from '#lib/reports/patrols.server.ts';
import { firstFiscalYear, fiscalYearIn } from '#lib/reports/year.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const year = fiscalYearIn(event.params.fiscalYear);
	if (year === undefined) error(404, sentence('error_not_found'));
	const now = new Date();
	const { byBody, ...patrols } = await patrolYear(db, actor, year);
	return {
		year,
		first: year === firstFiscalYear,
		running: year >= fiscalYearAt(now),
		today: jstDay(now),
		patrols,
		issued: await issuedIn(db, actor, year),
		bodies: bodiesAt(byBody, event.url.searchParams.get('bodies')),
		mayCars: may(actor, 'vehicle.edit')
	};
};
