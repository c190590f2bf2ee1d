import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { may } from '#lib/people/permissions.ts';
import { openRoundForm } from '#lib/pockets/confirmation.ts';
import { pocketNameOf } from '#lib/pockets/register.server.ts';
import { progressOf } from '#lib/pockets/roundReads.server.ts';
import { openRound } from '#lib/pockets/rounds.server.ts';
import { fiscalYearIn } from '#lib/reports/year.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

/** How far the round is, by district. Numbers only: nobody's home is on this page. */
export const load = async (event) => {
	const actor = requireActor(event);
	const running = fiscalYearAt(new Date());
	const year = fiscalYearIn(event.url.searchParams.get('year') ?? '') ?? running;
	return {
		year,
		running,
		districts: await progressOf(db, actor.municipality, year),
		programme: await pocketNameOf(db, actor.municipality),
		mayOpen: year === running && may(actor, 'pocket.edit')
	};
};

export const actions = {
	open: form(openRoundForm, async (tx, actor, { schools }) => {
		const now = new Date();
		await openRound(tx, actor, { fiscalYear: fiscalYearAt(now), schools }, now);
		return '/pockets/rounds';
	})
};
