import { addDays, jstDay } from '#lib/calendar/day.ts';
import { loansOf } from '#lib/equipment/handoverReads.server.ts';
import { DUE_SOON_DAYS } from '#lib/equipment/notice.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const today = jstDay(new Date());
	const soon = addDays(today, DUE_SOON_DAYS);
	const all = (await loansOf(db, requireActor(event))).map((loan) => ({
		...loan,
		state: loan.dueOn === null ? 'open' : loan.dueOn < today ? 'overdue' : loan.dueOn <= soon ? 'soon' : 'open'
	}));
	const of = event.url.searchParams.get('of');
	const only = of === 'overdue' || of === 'soon' ? of : undefined;
	return {
		only,
		loans: only ? all.filter((loan) => loan.state === only) : all,
		counts: {
			all: all.length,
			overdue: all.filter((loan) => loan.state === 'overdue').length,
			soon: all.filter((loan) => loan.state === 'soon').length
		}
	};
};
