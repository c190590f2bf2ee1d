import * as z from 'zod/mini';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { changeRule, endRule, findRule } from '#lib/watches/rules.server.ts';
import { ruleForm, typedOfRule } from '#lib/watches/weeklyRule.ts';
import { choicesOf } from '../choices.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const rule = await findRule(db, actor, 'shift.edit', event.params.id).catch(answer);
	const choices = await choicesOf(actor, rule.campaign);
	const asked = (name: string) => Number(event.url.searchParams.get(name) ?? Number.NaN);
	const did = { made: asked('made'), moved: asked('moved'), removed: asked('removed') };
	return {
		...choices,
		places: choices.places.filter((one) => one.association === rule.association),
		values: typedOfRule(rule),
		did: Number.isNaN(did.made) ? undefined : did
	};
};

export const actions = {
	change: form(ruleForm, async (tx, actor, input, event) => {
		const id = event.params.id ?? '';
		const did = await changeRule(tx, actor, id, input, new Date());
		return `/watches/rules/${id}?made=${did.made}&moved=${did.moved}&removed=${did.removed}`;
	}),
	end: form(z.object({}), async (tx, actor, _, event) => {
		await endRule(tx, actor, event.params.id ?? '', new Date());
		return '/watches/rules?ended';
	})
};
