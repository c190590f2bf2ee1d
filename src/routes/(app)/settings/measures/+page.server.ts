import { may } from '#lib/people/permissions.ts';
import { guideline, typedFigures, welfare, type ExamplePlan } from '#lib/reports/koganei.ts';
import { planForm, thingForm } from '#lib/reports/plan.ts';
import { adopt, makePlan, plansOf, putFirst } from '#lib/reports/plans.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { exampleForm } from './examples.ts';

const measuresOf = (example: ExamplePlan) => example.chapters.flatMap(({ measures }) => measures);

export const load = async (event) => {
	const actor = requireActor(event);
	const plans = await plansOf(db, actor);
	return {
		plans,
		/** Examples that were not taken over yet. */
		examples: [guideline, welfare]
			.filter(({ name }) => !plans.some((one) => one.name === name))
			.map(({ kind }) => ({ kind, id: newId() })),
		counts: { guideline: measuresOf(guideline).length, project: measuresOf(welfare)[0]!.number },
		id: newId(),
		did: event.url.searchParams.get('did'),
		maySettings: may(actor, 'settings.edit')
	};
};

export const actions = {
	adopt: form(exampleForm, async (tx, actor, { id, kind }) => {
		const ids = [id];
		const [example, figures] = kind === 'table' ? [guideline, typedFigures] : [welfare, []];
		await adopt(tx, actor, example, figures, new Date(), () => ids.pop() ?? newId());
		return '/settings/measures?did=adopted';
	}),
	make: form(planForm, async (tx, actor, input) => {
		await makePlan(tx, actor, input);
		return `/settings/measures/plans/${input.id}?did=made`;
	}),
	first: form(thingForm, async (tx, actor, { thing }) => {
		await putFirst(tx, actor, thing);
		return '/settings/measures?did=saved';
	})
};
