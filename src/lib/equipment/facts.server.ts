/** What the rules ask about bodies, counted from its confirmed logs and from what it has been handed. */
import { and, eq, max, sql, sum } from 'drizzle-orm';
import { addMonths, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { walkedInMonths } from '#lib/patrols/walked.server.ts';
import { association } from '#lib/people/tables.server.ts';
import { among } from '#lib/server/db/among.ts';
import type { Reader } from '#lib/server/db/index.ts';
import type { Facts } from './policy.ts';
import { handedBack, handover, handoverLine, request } from './tables.server.ts';

/** The longest time a rule may look back: a year of whole months, the present one included. */
const MONTHS = 12;

/** What is known of a body today. Patrols and walkers are those of confirmed logs; members are the body's own word. */
export const factsOf = async (tx: Reader, body: string, now: Date): Promise<Facts> =>
	(await factsOfAll(tx, [body], now)).get(body)!;

/**
 * The same of several bodies, in as many questions as for one. `withPeople`: who walked is counted, too; where no rule goes by it
 * (`countsWalkers`) a desk of fifty bodies leaves it out.
 */
export async function factsOfAll(
	tx: Reader,
	bodies: readonly string[],
	now: Date,
	withPeople = true
): Promise<Map<string, Facts>> {
	const today = jstDay(now);
	const found = await tx
		.select({
			id: association.id,
			members: association.memberCount,
			residents: association.residentCount,
			registeredOn: association.registeredOn
		})
		.from(association)
		.where(among(association.id, bodies));
	const known = new Map(found.map((one) => [one.id, one]));
	const months = Array.from({ length: MONTHS }, (_, n) => addMonths(today.slice(0, 7), n - MONTHS + 1));
	const walked = await walkedInMonths(tx, bodies, months[0]!, today, withPeople);
	const last = await lastHandovers(tx, bodies);
	const had = await hadBy(tx, bodies, fiscalYearOf(today));
	return new Map(
		bodies.map((body) => {
			const { members = null, residents = null, registeredOn = null } = known.get(body) ?? {};
			const { byMonth, people = 0, most = 0 } = walked.get(body) ?? {};
			const facts: Facts = {
				today,
				registered: registeredOn !== null && registeredOn <= today,
				members,
				residents,
				activeMembers: people,
				peoplePerPatrol: most,
				patrolsByMonth: months.map((month) => byMonth?.get(month) ?? 0),
				lastOn: last.get(body) ?? null,
				had: had.get(body) ?? {}
			};
			return [body, facts];
		})
	);
}

/** When each of them was last handed something. */
async function lastHandovers(tx: Reader, bodies: readonly string[]) {
	const rows = await tx
		.select({ body: request.association, on: max(handover.onDay) })
		.from(request)
		.innerJoin(handover, eq(handover.request, request.id))
		.where(and(among(request.association, bodies), eq(handover.state, 'booked')))
		.groupBy(request.association);
	return new Map(rows.map((row) => [row.body, row.on]));
}

/** Pieces by body and item: handed over in this fiscal year and ever, and given back worn out. */
async function hadBy(tx: Reader, bodies: readonly string[], fiscalYear: number) {
	const theirs = and(among(request.association, bodies), eq(handover.state, 'booked'));
	const handed = await tx
		.select({
			body: request.association,
			item: handoverLine.item,
			ever: sum(handoverLine.pieces).mapWith(Number),
			fiscalYear: sql<number>`sum(case when ${handover.fiscalYear} = ${fiscalYear} then ${handoverLine.pieces} else 0 end)`
		})
		.from(request)
		.innerJoin(handover, eq(handover.request, request.id))
		.innerJoin(handoverLine, eq(handoverLine.handover, handover.id))
		.where(theirs)
		.groupBy(request.association, handoverLine.item);
	const back = await tx
		.select({ body: request.association, item: handedBack.item, pieces: sum(handedBack.pieces).mapWith(Number) })
		.from(request)
		.innerJoin(handover, eq(handover.request, request.id))
		.innerJoin(handedBack, eq(handedBack.handover, handover.id))
		.where(and(theirs, eq(handedBack.kind, 'wornOut')))
		.groupBy(request.association, handedBack.item);
	const wornOut = new Map(back.map((row) => [`${row.body}:${row.item}`, row.pieces]));
	const found = new Map<string, Record<string, Facts['had'][string]>>();
	for (const { body, item, fiscalYear, ever } of handed) {
		const had = found.get(body) ?? {};
		had[item] = { fiscalYear, ever, wornOut: wornOut.get(`${body}:${item}`) ?? 0 };
		found.set(body, had);
	}
	return found;
}
