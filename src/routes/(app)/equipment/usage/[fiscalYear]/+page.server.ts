import { error } from '@sveltejs/kit';
import { reportUsage, usageYear } from '#lib/equipment/usage.server.ts';
import { usageForm } from '#lib/equipment/usage.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { reachOf } from '#lib/people/permissions.ts';
import { firstFiscalYear, fiscalYearIn } from '#lib/reports/year.ts';
import { db } from '#lib/server/db/index.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

function yearOf(event: { params: Partial<Record<string, string>> }): number {
	const year = fiscalYearIn(event.params.fiscalYear ?? '');
	if (year === undefined) error(404, sentence('error_not_found'));
	return year;
}

export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOf(event);
	const now = new Date();
	return {
		year,
		earlier: year > firstFiscalYear ? year - 1 : undefined,
		later: year < fiscalYearAt(now) ? year + 1 : undefined,
		office: reachOf(actor, 'usage.see').all,
		...(await usageYear(db, actor, year, now))
	};
};

export const actions = {
	report: form(usageForm, async (tx, actor, input, event) => {
		const year = yearOf(event);
		await reportUsage(tx, actor, year, input, new Date());
		return { taken: input.association };
	})
};
