/** 返却期限: leaders are told two weeks before a loan comes back, and once more when it has not. */
import { eq } from 'drizzle-orm';
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { transaction } from '#lib/server/db/index.ts';
import { loansIn } from './handoverReads.server.ts';
import { DUE_SOON_DAYS } from './notice.ts';
import { tell } from './notices.server.ts';
import { request } from './tables.server.ts';

/** The job of every morning. Run twice it tells once. */
export async function callLoans(now: Date): Promise<Record<string, number>> {
	const today = jstDay(now);
	return transaction(async (tx) => {
		const out = await loansIn(tx, { until: addDays(today, DUE_SOON_DAYS) });
		let notices = 0;
		// One word for a hand-over, however many items it was.
		for (const loan of new Map(out.map((one) => [one.handover, one])).values()) {
			const [of] = await tx.select().from(request).where(eq(request.id, loan.request));
			if (!of || loan.dueOn === null) continue;
			const kind = loan.dueOn < today ? 'overdue' : 'dueSoon';
			notices += await tell(tx, of, kind, { now, loan: { handover: loan.handover, dueOn: loan.dueOn } });
		}
		return { notices };
	});
}
