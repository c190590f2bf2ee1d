/** 返却期限: leaders are told a week before a loan comes back, and once more when it has not. */
import { and, eq, isNotNull, lte, sql } from 'drizzle-orm';
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { transaction, type Reader } from '#lib/server/db/index.ts';
import { DUE_SOON_DAYS } from './notice.ts';
import { tell } from './notices.server.ts';
import { handover, handoverLine, item, request } from './tables.server.ts';

/** Loans still out that are due by a day. */
const outUntil = (tx: Reader, day: string) =>
	tx
		.selectDistinct({ id: handover.id, dueOn: handover.dueOn, request })
		.from(handover)
		.innerJoin(request, eq(request.id, handover.request))
		.innerJoin(handoverLine, eq(handoverLine.handover, handover.id))
		.innerJoin(item, and(eq(item.id, handoverLine.item), eq(item.mode, 'loan')))
		.where(
			and(
				eq(handover.state, 'booked'),
				isNotNull(handover.dueOn),
				lte(handover.dueOn, day),
				sql`${handoverLine.pieces} > ${handoverLine.back}`
			)
		);

/** The job of every morning. Run twice it tells once. */
export async function callLoans(now: Date): Promise<Record<string, number>> {
	const today = jstDay(now);
	return transaction(async (tx) => {
		let notices = 0;
		for (const { id, dueOn, request: of } of await outUntil(tx, addDays(today, DUE_SOON_DAYS))) {
			if (dueOn === null) continue;
			const kind = dueOn < today ? 'overdue' : 'dueSoon';
			notices += await tell(tx, of, kind, { now, loan: { handover: id, dueOn } });
		}
		return { notices };
	});
}
