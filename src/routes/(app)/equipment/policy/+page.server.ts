import type { RequestEvent } from '@sveltejs/kit';
import { setPolicy, policyOf } from '#lib/equipment/policies.server.ts';
import { boxesOf, EVERY, policyForm } from '#lib/equipment/policyForm.ts';
import { storeOf } from '#lib/equipment/reads.server.ts';
import { db } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const rules = await policyOf(db, actor.municipality);
	const items = await storeOf(db, actor);
	return {
		boxes: boxesOf(rules),
		/** The row the boxes are read from: what is saved was written with these rules before one's eyes. */
		seen: rules.id,
		/** What is no longer given out is listed only while it still has rules of its own. */
		items: items
			.filter((one) => !one.closed || rules.policy.items?.[one.id])
			.map(({ id, name, unit }) => ({ id, name, unit })),
		every: EVERY
	};
};

const save = form(policyForm, async (tx, actor, { seen = '', ...rules }) => {
	const here = new Set((await storeOf(tx, actor)).map((one) => one.id));
	if (Object.keys(rules.policy.items ?? {}).some((id) => !here.has(id))) throw new NotFound('item');
	await setPolicy(tx, actor, rules, new Date(), seen);
	return { saved: true };
});

export const actions = {
	default: async (event: RequestEvent) => {
		const answer = await save(event);
		// A colleague saved meanwhile. The form comes back with what holds now as seen: pressing again is a decision, no accident.
		if ('data' in answer && answer.data.errors['form'])
			answer.data.values['seen'] = (await policyOf(db, requireActor(event).municipality)).id;
		return answer;
	}
};
