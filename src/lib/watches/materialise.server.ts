/** Turns weekly rules into shifts, 60 days ahead. Run as often as one likes: the second time changes nothing. */
import { and, asc, eq, gte, inArray, isNull, lte, notExists, or } from 'drizzle-orm';
import { addDays, instantOf, jstDay } from '#lib/calendar/day.ts';
import { isHoliday } from '#lib/calendar/holidays.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { savepoint, transaction, type Reader, type Tx } from '#lib/server/db/index.ts';
import { DAYS_AHEAD, daysOfRule, type YieldedDay } from './weeklyRule.ts';
import { closedDay, shift, shiftCancelling, signUp, weeklyRule, type Shift, type WeeklyRule } from './tables.server.ts';

/** What a run did. */
export type Made = { made: number; moved: number; removed: number };

/** Days off for a rule: of the whole municipality, and of its school. */
export async function closedDaysOf(
	reader: Reader,
	rule: WeeklyRule,
	first: string,
	last: string
): Promise<Set<string>> {
	const ofAll = isNull(closedDay.school);
	const found = await reader
		.select({ onDay: closedDay.onDay })
		.from(closedDay)
		.where(
			and(
				eq(closedDay.municipality, rule.municipality),
				gte(closedDay.onDay, first),
				lte(closedDay.onDay, last),
				rule.school ? or(ofAll, eq(closedDay.school, rule.school)) : ofAll
			)
		);
	return new Set(found.map((one) => one.onDay));
}

/** What a day of the rule looks like as a row. */
const rowOf = (rule: WeeklyRule, day: YieldedDay) => ({
	association: rule.association,
	programme: rule.programme,
	place: rule.place,
	campaign: rule.campaign,
	onDay: day.onDay,
	from: day.from,
	to: day.to,
	startsAt: instantOf(day.onDay, day.from),
	endsAt: instantOf(day.onDay, day.to),
	capacity: rule.capacity,
	minimum: rule.minimum
});

const differs = (a: Shift, b: ReturnType<typeof rowOf>) =>
	a.from !== b.from ||
	a.to !== b.to ||
	a.place !== b.place ||
	a.programme !== b.programme ||
	a.campaign !== b.campaign ||
	a.capacity !== b.capacity ||
	a.minimum !== b.minimum;

/**
 * Brings the coming shifts of one rule in line with it. A shift that anybody ever joined, or that was called off, is left
 * exactly as it is; so is everything that has begun.
 */
export async function settleRule(tx: Tx, rule: WeeklyRule, now: Date): Promise<Made> {
	const today = jstDay(now);
	const last = addDays(today, DAYS_AHEAD);
	const closed = rule.skipClosedDays ? await closedDaysOf(tx, rule, today, last) : new Set<string>();
	const days = daysOfRule(rule, today, last, { isHoliday, isClosed: (day) => closed.has(day) });
	const wanted = new Map(days.map((day) => [day.onDay, rowOf(rule, day)]));
	const standing = await tx
		.select()
		.from(shift)
		.where(and(eq(shift.rule, rule.id), gte(shift.onDay, today)));
	const fixed = await fixedOf(
		tx,
		standing.map((one) => one.id)
	);
	const did: Made = { made: 0, moved: 0, removed: 0 };
	for (const one of standing) {
		const want = wanted.get(one.onDay);
		wanted.delete(one.onDay);
		if (fixed.has(one.id) || one.startsAt <= now) continue;
		if (!want) did.removed += await removeUnjoined(tx, one.id);
		else if (differs(one, want)) {
			await tx.update(shift).set(want).where(eq(shift.id, one.id));
			did.moved++;
		}
	}
	const fresh = [...wanted.values()].filter((one) => one.startsAt > now);
	for (const one of fresh) {
		const made = await tx
			.insert(shift)
			.values({ ...one, id: newId(now.getTime()), municipality: rule.municipality, rule: rule.id, at: now })
			.onConflictDoNothing();
		did.made += made.changes;
	}
	return did;
}

/** Those of the shifts that nobody may move: somebody has joined once, or they were called off. */
async function fixedOf(tx: Tx, ids: string[]): Promise<Set<string>> {
	if (ids.length === 0) return new Set();
	const joined = await tx.selectDistinct({ id: signUp.shift }).from(signUp).where(inArray(signUp.shift, ids));
	const cancelled = await tx
		.select({ id: shiftCancelling.shift })
		.from(shiftCancelling)
		.where(inArray(shiftCancelling.shift, ids));
	return new Set([...joined, ...cancelled].map((one) => one.id));
}

/** Deletes a shift nobody ever joined. One that another room points at (a log) stays. */
async function removeUnjoined(tx: Tx, id: string): Promise<number> {
	const joined = tx.select({ id: signUp.id }).from(signUp).where(eq(signUp.shift, shift.id));
	try {
		return await savepoint(tx, async () => {
			const gone = await tx.delete(shift).where(and(eq(shift.id, id), notExists(joined)));
			return gone.changes;
		});
	} catch (error) {
		if ((error as { code?: string }).code !== 'SQLITE_CONSTRAINT_FOREIGNKEY') throw error;
		return 0;
	}
}

/** Rules that still yield something. */
export const liveRules = (reader: Reader, municipality: string, now: Date) =>
	reader
		.select()
		.from(weeklyRule)
		.where(and(eq(weeklyRule.municipality, municipality), gte(weeklyRule.endOn, jstDay(now))))
		.orderBy(asc(weeklyRule.id));

/** The nightly job: every live rule in a transaction of its own, so that nobody who signs up meanwhile has to wait. */
export async function materialise(reader: Reader, municipality: string, now: Date): Promise<Made> {
	const sum: Made = { made: 0, moved: 0, removed: 0 };
	for (const rule of await liveRules(reader, municipality, now)) {
		const did = await transaction((tx) => settleRule(tx, rule, now));
		for (const key of ['made', 'moved', 'removed'] as const) sum[key] += did[key];
	}
	return sum;
}
