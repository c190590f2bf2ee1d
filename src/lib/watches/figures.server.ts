/** What this room counts for the year. */
import { and, asc, eq } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/index.ts';
import { campaign } from './tables.server.ts';

/** The season a campaign's first month falls in, as the office names it. */
const seasonOf = (month: number): string => ['冬', '春', '夏', '秋'][Math.floor((month % 12) / 3)]!;

/** 春、秋: the seasons of the greeting campaign's months in a fiscal year, in its order from April on. */
export async function greetingSeasonsIn(tx: Reader, municipality: string, fiscalYear: number): Promise<string[]> {
	const rows = await tx
		.select({ month: campaign.fromMonth })
		.from(campaign)
		.where(
			and(
				eq(campaign.municipality, municipality),
				eq(campaign.fiscalYear, fiscalYear),
				eq(campaign.programme, 'greeting')
			)
		)
		.orderBy(asc(campaign.fromMonth));
	const fromApril = rows.map(({ month }) => month).toSorted((a, b) => ((a + 8) % 12) - ((b + 8) % 12));
	return [...new Set(fromApril.map(seasonOf))];
}
