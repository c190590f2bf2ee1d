import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { may } from '#lib/people/permissions.ts';
import { draftForm, evaluationForm, withDraft } from '#lib/reports/evaluation.ts';
import { draftFor, evaluationPage, grade } from '#lib/reports/evaluations.server.ts';
import { firstFiscalYear } from '#lib/reports/year.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import { mayOpen } from '../mayOpen.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	return {
		year,
		first: year === firstFiscalYear,
		running: year >= fiscalYearAt(new Date()),
		saved: event.url.searchParams.has('saved'),
		/** The cell that is to be written in. */
		asked: event.url.searchParams.get('cell') ?? undefined,
		may: mayOpen(actor),
		mayEdit: may(actor, 'measure.edit'),
		...(await readApart((tx) => evaluationPage(tx, actor, year)))
	};
};

export const actions = {
	save: form(evaluationForm, async (tx, actor, input, event) => {
		const year = yearOfPage(event);
		await grade(tx, actor, year, input, new Date());
		return `/reports/${year}/evaluation?saved#project-${input.cell}`;
	}),
	draft: form(draftForm, async (_, actor, input, event) => {
		const draft = await readApart((tx) => draftFor(tx, actor, input.cell, yearOfPage(event)));
		return { values: { ...input, words: withDraft(input.words, draft) } };
	})
};
