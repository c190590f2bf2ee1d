import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { sectionsOf } from '#lib/people/settings.server.ts';
import { figureForm } from '#lib/reports/plan.ts';
import { seenOf } from '#lib/reports/seen.server.ts';
import { changeFigure, figureContent, ownFigure, removeFigure } from '#lib/reports/typedMetrics.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import * as z from 'zod/mini';

const here = (event: { params: Partial<Record<string, string>> }) => event.params.figure ?? '';

export const load = async (event) => {
	const actor = requireActor(event);
	const running = fiscalYearAt(new Date());
	const stands = await ownFigure(db, actor, here(event)).catch(answer);
	const figure = figureContent(stands);
	const sections = await sectionsOf(db, actor.municipality, running);
	return {
		...{ key: stands.key, figure, seen: seenOf(figure), running },
		sections: sections.map(({ id, name }) => ({ value: id, label: name }))
	};
};

export const actions = {
	change: form(figureForm, async (tx, actor, input, event) => {
		await changeFigure(tx, actor, here(event), input);
		return '/settings/measures/figures?did=saved';
	}),
	remove: form(z.object({}), async (tx, actor, _, event) => {
		await removeFigure(tx, actor, here(event));
		return '/settings/measures/figures?did=removed';
	})
};
