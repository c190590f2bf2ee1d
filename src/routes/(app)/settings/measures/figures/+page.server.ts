import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { newFigureForm } from '#lib/reports/plan.ts';
import { figuresPage } from '#lib/reports/settings.server.ts';
import { addFigure } from '#lib/reports/typedMetrics.server.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { newId } from '#lib/server/db/ids.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const running = fiscalYearAt(new Date());
	return {
		...(await readApart((tx) => figuresPage(tx, requireActor(event), running))),
		running,
		id: newId(),
		did: event.url.searchParams.get('did')
	};
};

export const actions = {
	default: form(newFigureForm, async (tx, actor, input) => {
		await addFigure(tx, actor, input);
		return '/settings/measures/figures?did=added';
	})
};
