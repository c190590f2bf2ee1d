import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { may } from '#lib/people/permissions.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { movementOf } from '#lib/pockets/figures.server.ts';
import { snapshotOf } from '#lib/pockets/snapshots.server.ts';
import { firstFiscalYear } from '#lib/reports/year.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

/** Why the number of refuge homes moved, by district and reason. */
export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const now = new Date();
	const { settings } = await settingsOf(db, actor.municipality);
	return {
		year,
		first: year === firstFiscalYear,
		running: year >= fiscalYearAt(now),
		today: jstDay(now),
		programme: settings.pocketName,
		leaveOut: settings.leaveOutUnconfirmed ?? false,
		opens: may(actor, 'pocket.see'),
		snapshot: await snapshotOf(db, actor.municipality, year),
		...(await movementOf(db, actor.municipality, year))
	};
};
