import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { findingAnswerForm } from '#lib/patrols/finding.ts';
import { answerFinding } from '#lib/patrols/findings.server.ts';
import { readFinding, sectionNames } from '#lib/patrols/findingReads.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const finding = await readFinding(db, actor, event.params.id).catch(answer);
	const names = await sectionNames(db, actor.municipality, fiscalYearAt(new Date()));
	return { finding, sections: [...names].map(([id, name]) => ({ id, name })) };
};

export const actions = {
	answer: form(findingAnswerForm, async (tx, actor, input, { params }) => {
		await answerFinding(tx, actor, params.id!, input, new Date());
		// Passed on to another section it may lie out of reach: back to the own list.
		return input.step === 'passedOn' ? '/findings' : `/findings/${params.id}`;
	})
};
