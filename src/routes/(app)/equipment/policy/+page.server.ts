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
		/** What is no longer given out is listed only while it still has rules of its own. */
		items: items
			.filter((one) => !one.closed || rules.policy.items?.[one.id])
			.map(({ id, name, unit }) => ({ id, name, unit })),
		every: EVERY
	};
};

export const actions = {
	default: form(policyForm, async (tx, actor, rules) => {
		const here = new Set((await storeOf(tx, actor)).map((one) => one.id));
		if (Object.keys(rules.policy.items ?? {}).some((id) => !here.has(id))) throw new NotFound('item');
		await setPolicy(tx, actor, rules, new Date());
		return { saved: true };
	})
};
