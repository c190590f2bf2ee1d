import { redirect } from '@sveltejs/kit';
import { isMonth, jstDay, monthOfDay } from '#lib/calendar/day.ts';
import { holidayName } from '#lib/calendar/holidays.server.ts';
import { daysFrom, firstOfMonth, lastOfMonth } from '#lib/calendar/day.ts';
import { may } from '#lib/people/permissions.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { bodiesOfMonth, monthOfAll, monthOfBody, namesOn } from '#lib/watches/reads.server.ts';
import { bodiesToChoose } from '#lib/watches/scope.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const now = new Date();
	const asked = event.url.searchParams.get('month');
	// A volunteer looks for a day to come, not for a table; the table is one link away.
	if (asked === null && !may(actor, 'shift.edit') && may(actor, 'shift.join')) redirect(303, '/shifts');
	const month = asked && isMonth(asked) ? asked : monthOfDay(jstDay(now));
	const bodies = await bodiesToChoose(db, actor, 'shift.see');
	const of = event.url.searchParams.get('of');
	const body = bodies.find((one) => one.id === of) ?? (bodies.length === 1 ? bodies[0] : undefined);
	const shifts = body ? await monthOfBody(db, actor, body.id, month, now) : [];
	const names = may(actor, 'roster.see') ? await namesOn(db, shifts) : new Map<string, string[]>();
	return {
		month,
		today: jstDay(now),
		bodies,
		body,
		shifts: shifts.map((one) => ({ ...one, names: names.get(one.id) ?? [] })),
		totals: body ? [] : await monthOfAll(db, actor, month, now),
		perBody: body ? [] : await bodiesOfMonth(db, actor, month, now),
		holidays: Object.fromEntries(
			daysFrom(firstOfMonth(month), lastOfMonth(month)).flatMap((day) => {
				const name = holidayName(day);
				return name ? [[day, name]] : [];
			})
		),
		mayEdit: may(actor, 'shift.edit'),
		mayGaps: may(actor, 'gap.see'),
		mayCampaign: may(actor, 'campaign.edit'),
		mayClose: may(actor, 'closedDay.edit')
	};
};
