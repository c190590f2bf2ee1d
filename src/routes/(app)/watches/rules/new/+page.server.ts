import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { makeRule } from '#lib/watches/rules.server.ts';
import { ruleForm } from '#lib/watches/weeklyRule.ts';
import { choicesOf } from '../choices.server.ts';

export const load = async (event) => {
	const today = jstDay(new Date());
	return { ...(await choicesOf(requireActor(event))), today, yearEnd: fiscalYearEnd(fiscalYearOf(today)) };
};

export const actions = {
	default: form(ruleForm, async (tx, actor, input) => {
		const { id, did } = await makeRule(tx, actor, input, new Date());
		return `/watches/rules/${id}?made=${did.made}`;
	})
};
