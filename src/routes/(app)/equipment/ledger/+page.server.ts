import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { ledgerOf } from '#lib/equipment/reads.server.ts';
import { fiscalYearIn, firstFiscalYear } from '#lib/reports/year.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const running = fiscalYearAt(new Date());
	const asked = event.url.searchParams;
	const year = fiscalYearIn(asked.get('year') ?? '') ?? running;
	const before = /^\d{1,15}$/.test(asked.get('before') ?? '') ? Number(asked.get('before')) : undefined;
	return {
		year,
		today: jstDay(new Date()),
		earlier: year > firstFiscalYear ? year - 1 : undefined,
		later: year < running ? year + 1 : undefined,
		...(await ledgerOf(db, actor, { fiscalYear: year }, before))
	};
};
