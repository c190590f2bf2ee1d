/** What this room counts for the year. */
import { and, asc, eq } from 'drizzle-orm';
import { addDays, addMonths, firstOfMonth, lastOfMonth } from '#lib/calendar/day.ts';
import { monthsOfFiscalYear } from '#lib/calendar/fiscal-year.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { campaign } from './tables.server.ts';

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
