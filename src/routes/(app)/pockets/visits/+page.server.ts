import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { jstDay } from '#lib/calendar/day.ts';
import { asides, visitForm } from '#lib/pockets/confirmation.ts';
import { pocketNameOf } from '#lib/pockets/register.server.ts';
import { visit } from '#lib/pockets/visitAnswers.server.ts';
import { visitsOf } from '#lib/pockets/visits.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const year = fiscalYearAt(new Date());
	const lists = await visitsOf(db, actor, year);
	return {
		year,
		aside: asides.find((one) => one === event.url.searchParams.get('aside')),
		programme: await pocketNameOf(db, actor.municipality),
		lists: lists.map((list) => ({ ...list, visits: list.visits.map((one) => ({ ...one, form: newId() })) }))
	};
};

export const actions = {
	answer: form(visitForm, async (tx, actor, { id, phone, ...said }) => {
		const now = new Date();
		const how = { method: phone ? ('phone' as const) : ('visit' as const), on: jstDay(now) };
		if (said.result === 'changes' && !said.words) throw new RuleBroken('error_required', 'words');
		const brought = await visit(tx, actor, id, { ...said, ...how, fiscalYear: fiscalYearAt(now) }, now);
		// What is set aside is with the office all the same.
		return brought === 'differs' || brought === 'late' ? `/pockets/visits?aside=${brought}` : '/pockets/visits';
	})
};
