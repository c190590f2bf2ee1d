/** What this room counts for the year: what stands and was not taken back, by its day. */
import { and, asc, between, eq, gte, isNotNull, isNull, lte, or, type SQL } from 'drizzle-orm';
import { monthOf } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { greetingSpansIn } from '#lib/watches/figures.server.ts';
import { places, printedWords, sort, type Kind, type Sort } from './outreach.ts';
import { outreach, outreachCancelling, outreachVersion } from './tables.server.ts';

export type OutreachFigures = {
	/** Those who came to the 講習会. */
	lectureAttendance: number;
	/** 協議会 that were held, and their months in the order of the fiscal year: 7月、1月. */
	councilMeetings: number;
	councilMonths: string[];
	alertsSent: number;
	/** Where what hung in the months of the greeting campaign: 市施設、公共機関 · 横断幕、のぼり旗. */
	materialPlaces: string[];
	materialKinds: string[];
	badges: number;
};

const standing = (municipality: string, kind: Kind) =>
	and(eq(outreachVersion.municipality, municipality), eq(outreach.kind, kind), isNull(outreachCancelling.outreach));

/** The rows that stand; a few hundred in a year. */
const rowsOf = (tx: Reader, where: SQL | undefined) =>
	tx
		.select({
			sort: outreachVersion.sort,
			place: outreachVersion.place,
			onDay: outreachVersion.onDay,
			count: outreachVersion.count
		})
		.from(outreachVersion)
		.innerJoin(outreach, and(eq(outreach.id, outreachVersion.outreach), eq(outreach.latest, outreachVersion.number)))
		.leftJoin(outreachCancelling, eq(outreachCancelling.outreach, outreach.id))
		.where(where)
		.orderBy(asc(outreachVersion.onDay), asc(outreach.id));

const sumOf = (rows: readonly { count: number | null }[]) => rows.reduce((sum, { count }) => sum + (count ?? 0), 0);

/** All figures of the room for a fiscal year. An event counts once it is told how many came: then it was held. */
export async function outreachIn(tx: Reader, municipality: string, fiscalYear: number): Promise<OutreachFigures> {
	const inYear = between(outreachVersion.onDay, fiscalYearStart(fiscalYear), fiscalYearEnd(fiscalYear));
	const of = (kind: Kind) => and(standing(municipality, kind), inYear);
	const held = (one: Sort) => and(of('event'), eq(outreachVersion.sort, one), isNotNull(outreachVersion.count));
	const councils = await rowsOf(tx, held('council'));
	const spans = await greetingSpansIn(tx, municipality, fiscalYear);
	const inSpan = spans.map(({ from, to }) => and(lte(outreachVersion.onDay, to), gte(outreachVersion.untilDay, from)));
	const hung = spans.length ? await rowsOf(tx, and(standing(municipality, 'material'), or(...inSpan))) : [];
	const wordsOf = <K extends keyof typeof printedWords>(all: readonly K[], has: (one: K) => boolean) => [
		...new Set(all.filter(has).map((one) => printedWords[one]))
	];
	return {
		lectureAttendance: sumOf(await rowsOf(tx, held('lecture'))),
		councilMeetings: councils.length,
		councilMonths: [...new Set(councils.map(({ onDay }) => `${monthOf(onDay)}月`))],
		alertsSent: (await rowsOf(tx, of('alert'))).length,
		materialPlaces: wordsOf(places, (place) => hung.some((one) => one.place === place)),
		materialKinds: wordsOf(sort.material, (kind) => hung.some((one) => one.sort === kind)),
		badges: sumOf(await rowsOf(tx, of('badge')))
	};
}
