import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { addMeasure } from '#lib/reports/measures.server.ts';
import { newMeasureForm, renameForm } from '#lib/reports/plan.ts';
import { removePlan, renamePlan } from '#lib/reports/plans.server.ts';
import { planPage } from '#lib/reports/settings.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import * as z from 'zod/mini';

export const load = async (event) => {
	const running = fiscalYearAt(new Date());
	return {
		...(await planPage(db, requireActor(event), event.params.plan, running).catch(answer)),
		running,
		id: newId(),
		did: event.url.searchParams.get('did')
	};
};

const here = (event: { params: Partial<Record<string, string>> }) => event.params.plan ?? '';

export const actions = {
	add: form(newMeasureForm, async (tx, actor, input, event) => {
		await addMeasure(tx, actor, here(event), input);
		return `/settings/measures/${input.id}?did=added`;
	}),
	rename: form(renameForm, async (tx, actor, input, event) => {
		await renamePlan(tx, actor, here(event), input);
		return `/settings/measures/plans/${here(event)}?did=saved`;
	}),
	remove: form(z.object({}), async (tx, actor, _, event) => {
		await removePlan(tx, actor, here(event));
		return '/settings/measures?did=removed';
	})
};
