import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { jstDay } from '#lib/calendar/day.ts';
import { visitForm } from '#lib/pockets/confirmation.ts';
import { pocketNameOf } from '#lib/pockets/register.server.ts';
import { answer } from '#lib/pockets/rounds.server.ts';
import { visitsOf } from '#lib/pockets/visits.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const year = fiscalYearAt(new Date());
	const lists = await visitsOf(db, actor, year);
	return {
		year,
		programme: await pocketNameOf(db, actor.municipality),
		lists: lists.map((list) => ({ ...list, visits: list.visits.map((one) => ({ ...one, form: newId() })) }))
	};
};

export const actions = {
	answer: form(visitForm, async (tx, actor, { id, phone, ...said }) => {
		const now = new Date();
		const how = { method: phone ? ('phone' as const) : ('visit' as const), on: jstDay(now) };
		await answer(tx, actor, id, { ...said, ...how, fiscalYear: fiscalYearAt(now) }, now);
		return '/pockets/visits';
	})
};
