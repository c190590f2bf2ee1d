import { reportUsage, usageYear } from '#lib/equipment/usage.server.ts';
import { usageForm } from '#lib/equipment/usage.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { reachOf } from '#lib/people/permissions.ts';
import { firstFiscalYear } from '#lib/reports/year.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
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
		const year = yearOfPage(event);
		await reportUsage(tx, actor, year, input, new Date());
		return { taken: input.association };
	})
};
