import { error } from '@sveltejs/kit';
import { jstDay } from '#lib/calendar/day.ts';
import { choicesFor } from '#lib/patrols/desk.server.ts';
import { correct } from '#lib/patrols/logs.server.ts';
import { payloadOf, readLog, sameDistance } from '#lib/patrols/one.server.ts';
import { correctionForm, valuesOf } from '#lib/patrols/paper.ts';
import { db } from '#lib/server/db/index.ts';
import { answer, sentence } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const log = await readLog(db, actor, event.params.id).catch(answer);
	// The city's own logs without a body, and logs that allow no correction, have no such page.
	if (!log.may.correct || !log.association) error(404, sentence('error_not_found'));
	const today = jstDay(new Date());
	const choices = await choicesFor(db, actor, log.association, today);
	const known = new Set(choices.members.map((one) => one.id));
	return {
		log: { id: log.id, onDay: log.onDay, programme: log.programme, state: log.state },
		seen: log.latest.version.number,
		body: log.bodyNames.find((one) => one.id === log.association)!,
		// People of the other bodies of a joint patrol stand on the log without being on this roster.
		choices: { ...choices, members: [...choices.members, ...log.walkers.people.filter((one) => !known.has(one.id))] },
		values: valuesOf(log.association, payloadOf(log)),
		today
	};
};

export const actions = {
	default: form(correctionForm, async (tx, actor, { payload, reason, seen }, { params }) => {
		const log = await readLog(tx, actor, params.id!);
		const correction = { seen, reason: reason || null, payload: sameDistance(payloadOf(log), payload) };
		await correct(tx, actor, log.id, correction, new Date());
		return `/patrols/${log.id}`;
	})
};
