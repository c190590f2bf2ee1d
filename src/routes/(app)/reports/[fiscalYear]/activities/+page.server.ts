import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt, fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { issuedIn } from '#lib/equipment/figures.server.ts';
import { can, may, reachOf, type Actor } from '#lib/people/permissions.ts';
import { openAssociations } from '#lib/people/reads.server.ts';
import { registeredIn } from '#lib/pockets/figures.server.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { bodiesAt } from '#lib/reports/bodies.ts';
import { patrolYear } from '#lib/reports/patrols.server.ts';
import { firstFiscalYear } from '#lib/reports/year.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

/** The refuge homes at the end of the year, under the name the town gives them. */
async function pocketsOf(municipality: string, year: number) {
	const { settings } = await settingsOf(db, municipality);
	const count = await registeredIn(db, municipality, year, settings.leaveOutUnconfirmed ?? false);
	return { programme: settings.pocketName, count };
}

/** The bodies a leader leads or led in a year, by name; the office leads none. */
async function ownBodies(actor: Actor, year: number) {
	const { all, associations, past } = reachOf(actor, 'bodySheet.see');
	const own = [...associations, ...past.map((one) => one.association)];
	if (all || own.length === 0) return [];
	const bodies = await openAssociations(db, actor.municipality);
	const on = fiscalYearEnd(year);
	const led = bodies.filter(({ id }) => own.includes(id) && can(actor, 'bodySheet.see', { association: id, on }));
	return led.map(({ id, name }) => ({ id, name }));
}

export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const now = new Date();
	const { byBody, ...patrols } = await readApart((tx) => patrolYear(tx, actor, year));
	return {
		year,
		first: year === firstFiscalYear,
		running: year >= fiscalYearAt(now),
		today: jstDay(now),
		patrols,
		issued: await issuedIn(db, actor, year),
		bodies: bodiesAt(byBody, event.url.searchParams.get('bodies')),
		mayCars: may(actor, 'vehicle.edit'),
		maySheets: may(actor, 'bodySheet.see'),
		/** Whose sheet the own assembly asks for. */
		own: await ownBodies(actor, year),
		pockets: may(actor, 'pocket.count') ? await pocketsOf(actor.municipality, year) : undefined
	};
};
