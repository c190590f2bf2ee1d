import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { schoolRunWeekdays } from '#lib/patrols/figures.server.ts';
import { runDaysIn } from '#lib/patrols/programmeFigures.server.ts';
import { completeness, dueBefore, missedDays } from '#lib/reports/schoolRuns.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { calledOffIn, plannedDaysIn } from '#lib/watches/figures.server.ts';

/** 登校パトロール: how many of the runs that were planned for a fiscal year were done, and the weeks without one. */
export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const now = new Date();
	const of = actor.municipality;
	const planned = await plannedDaysIn(db, of, year, 'cityCarSchool');
	const done = await runDaysIn(db, actor, year, 'cityCarSchool');
	const off = await calledOffIn(db, of, year, 'cityCarSchool');
	return {
		year,
		running: year >= fiscalYearAt(now),
		due: dueBefore(planned, jstDay(now)),
		weekdays: await schoolRunWeekdays(db, of, year),
		...completeness(planned, done),
		missed: missedDays(planned, done, jstDay(now)).map((one) => ({ ...one, off: off.get(one.onDay) }))
	};
};
