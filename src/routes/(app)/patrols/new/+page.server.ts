import { jstDay } from '#lib/calendar/day.ts';
import { bodiesToEnterFor, choicesFor, unlogged, valuesOfShift } from '#lib/patrols/desk.server.ts';
import { enterForOthers } from '#lib/patrols/logs.server.ts';
import { paperForm, type PaperValues } from '#lib/patrols/paper.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

/** A log is typed in for one body; a watch nobody has logged yet fills the form. */
export const load = async (event) => {
	const actor = requireActor(event);
	const now = new Date();
	const bodies = await bodiesToEnterFor(db, actor);
	const search = event.url.searchParams;
	const filled = search.has('shift') ? await valuesOfShift(db, actor, search.get('shift')!) : undefined;
	const wanted = filled?.association ?? search.get('association') ?? (bodies.length === 1 ? bodies[0]!.id : undefined);
	const body = bodies.find(({ id }) => id === wanted);
	const values: PaperValues = filled ?? { association: body?.id, on: jstDay(now), method: 'foot' };
	return {
		bodies,
		body,
		values,
		today: jstDay(now),
		saved: search.get('saved'),
		choices: body && (await choicesFor(db, actor, body.id, jstDay(now))),
		open: body ? await unlogged(db, actor, [body.id], now) : []
	};
};

export const actions = {
	default: form(paperForm, async (tx, actor, { association, payload }) => {
		const id = await enterForOthers(tx, actor, { association, section: null }, payload, new Date());
		return `/patrols/new?association=${association}&saved=${id}`;
	})
};
