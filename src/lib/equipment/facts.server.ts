/** What the rules ask about a body, counted from its confirmed logs and from what it has been handed. */
import { and, eq, max, sql, sum } from 'drizzle-orm';
import { addMonths, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { walkedInMonths } from '#lib/patrols/figures.server.ts';
import { association } from '#lib/people/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import type { Facts } from './policy.ts';
import { handedBack, handover, handoverLine, request } from './tables.server.ts';

/** The longest time a rule may look back: a year of whole months, the present one included. */
const MONTHS = 12;

/** What is known of a body today. Patrols and walkers are those of confirmed logs; members are the body's own word. */
export async function factsOf(tx: Reader, body: string, now: Date): Promise<Facts> {
	const today = jstDay(now);
	const [found] = await tx
		.select({
			members: association.memberCount,
			residents: association.residentCount,
			registeredOn: association.registeredOn
		})
		.from(association)
		.where(eq(association.id, body));
	const months = Array.from({ length: MONTHS }, (_, n) => addMonths(today.slice(0, 7), n - MONTHS + 1));
	const walked = await walkedInMonths(tx, body, months[0]!, today);
	return {
		today,
		registered: found?.registeredOn != null && found.registeredOn <= today,
		members: found?.members ?? null,
		residents: found?.residents ?? null,
		activeMembers: walked.people,
		peoplePerPatrol: walked.most,
		patrolsByMonth: months.map((month) => walked.byMonth.get(month) ?? 0),
		lastOn: await lastHandover(tx, body),
		had: await hadBy(tx, body, fiscalYearOf(today))
	};
}

async function lastHandover(tx: Reader, body: string): Promise<string | null> {
	const [found] = await tx
		.select({ on: max(handover.onDay) })
		.from(handover)
		.innerJoin(request, eq(request.id, handover.request))
		.where(and(eq(request.association, body), eq(handover.state, 'booked')));
	return found?.on ?? null;
}

/** Pieces by item: handed over in this fiscal year and ever, and given back worn out. */
async function hadBy(tx: Reader, body: string, fiscalYear: number): Promise<Facts['had']> {
	const mine = and(eq(request.association, body), eq(handover.state, 'booked'));
	const handed = await tx
		.select({
			item: handoverLine.item,
			ever: sum(handoverLine.pieces).mapWith(Number),
			fiscalYear: sql<number>`sum(case when ${handover.fiscalYear} = ${fiscalYear} then ${handoverLine.pieces} else 0 end)`
		})
		.from(handoverLine)
		.innerJoin(handover, eq(handover.id, handoverLine.handover))
		.innerJoin(request, eq(request.id, handover.request))
		.where(mine)
		.groupBy(handoverLine.item);
	const back = await tx
		.select({ item: handedBack.item, pieces: sum(handedBack.pieces).mapWith(Number) })
		.from(handedBack)
		.innerJoin(handover, eq(handover.id, handedBack.handover))
		.innerJoin(request, eq(request.id, handover.request))
		.where(and(mine, eq(handedBack.kind, 'wornOut')))
		.groupBy(handedBack.item);
	const wornOut = new Map(back.map((row) => [row.item, row.pieces]));
	return Object.fromEntries(
		handed.map((row) => [row.item, { fiscalYear: row.fiscalYear, ever: row.ever, wornOut: wornOut.get(row.item) ?? 0 }])
	);
}
