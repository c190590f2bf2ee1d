/** What this room counts for the year. */
import { and, asc, eq, gte, lte } from 'drizzle-orm';
import { addDays, addMonths, firstOfMonth, lastOfMonth } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearStart, monthsOfFiscalYear } from '#lib/calendar/fiscal-year.ts';
import { isHoliday } from '#lib/calendar/holidays.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { closedDaysOf } from './materialise.server.ts';
import type { Programme } from './programme.ts';
import { campaign, shift, shiftCancelling, weeklyRule } from './tables.server.ts';
import { daysOfRule } from './weeklyRule.ts';

/** The season a campaign's first month falls in, as the office names it. */
const seasonOf = (month: number): string => ['冬', '春', '夏', '秋'][Math.floor((month % 12) / 3)]!;

/** The greeting campaigns of a fiscal year, in its order from April on. */
async function greetingsIn(tx: Reader, municipality: string, fiscalYear: number) {
	const rows = await tx
		.select({ fromMonth: campaign.fromMonth, toMonth: campaign.toMonth, endedOn: campaign.endedOn })
		.from(campaign)
		.where(
			and(
				eq(campaign.municipality, municipality),
				eq(campaign.fiscalYear, fiscalYear),
				eq(campaign.programme, 'greeting')
			)
		)
		.orderBy(asc(campaign.fromMonth));
	return rows.toSorted((a, b) => ((a.fromMonth + 8) % 12) - ((b.fromMonth + 8) % 12));
}

/** 春、秋: the seasons of the greeting campaign's months in a fiscal year, in its order from April on. */
export async function greetingSeasonsIn(tx: Reader, municipality: string, fiscalYear: number): Promise<string[]> {
	const rows = await greetingsIn(tx, municipality, fiscalYear);
	return [...new Set(rows.map(({ fromMonth }) => seasonOf(fromMonth)))];
}

/** First and last day of each greeting campaign of a fiscal year. */
export async function greetingSpansIn(tx: Reader, municipality: string, fiscalYear: number) {
	const [april] = monthsOfFiscalYear(fiscalYear);
	const monthOf = (month: number) => addMonths(april!, (month + 8) % 12);
	return (await greetingsIn(tx, municipality, fiscalYear)).map(({ fromMonth, toMonth, endedOn }) => ({
		from: firstOfMonth(monthOf(fromMonth)),
		// The day it was ended is no day of it.
		to: [lastOfMonth(monthOf(toMonth)), ...(endedOn ? [addDays(endedOn, -1)] : [])].sort()[0]!
	}));
}

/**
 * 予定: the days of a fiscal year on which the weekly rules of a programme want a run, each with how many of them do. Public holidays and
 * closed days are left out where the rule leaves them out. Of the rules and the calendar, not of the shifts: those are made 60 days ahead.
 */
export async function plannedDaysIn(
	tx: Reader,
	municipality: string,
	fiscalYear: number,
	programme: Programme
): Promise<Map<string, number>> {
	const [first, last] = [fiscalYearStart(fiscalYear), fiscalYearEnd(fiscalYear)];
	const rules = await tx
		.select()
		.from(weeklyRule)
		.where(
			and(
				eq(weeklyRule.municipality, municipality),
				eq(weeklyRule.programme, programme),
				lte(weeklyRule.startOn, last),
				gte(weeklyRule.endOn, first)
			)
		);
	const planned = new Map<string, number>();
	for (const rule of rules) {
		const closed = rule.skipClosedDays ? await closedDaysOf(tx, rule, first, last) : new Set<string>();
		for (const { onDay } of daysOfRule(rule, first, last, { isHoliday, isClosed: (day) => closed.has(day) }))
			planned.set(onDay, (planned.get(onDay) ?? 0) + 1);
	}
	return planned;
}

/** The days of a fiscal year on which a watch of a programme was called off, with the reason. */
export async function calledOffIn(tx: Reader, municipality: string, fiscalYear: number, programme: Programme) {
	const rows = await tx
		.select({ onDay: shift.onDay, reason: shiftCancelling.reason, words: shiftCancelling.words })
		.from(shiftCancelling)
		.innerJoin(shift, eq(shift.id, shiftCancelling.shift))
		.where(
			and(
				eq(shift.municipality, municipality),
				eq(shift.programme, programme),
				gte(shift.onDay, fiscalYearStart(fiscalYear)),
				lte(shift.onDay, fiscalYearEnd(fiscalYear))
			)
		);
	return new Map(rows.map(({ onDay, ...why }) => [onDay, why]));
}
