/** What this room counts for the year: what stands and was not taken back, by its day. */
import { and, asc, between, count, eq, gte, isNotNull, isNull, lte, min, ne, or, sql, sum } from 'drizzle-orm';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { greetingSpansIn } from '#lib/watches/figures.server.ts';
import { places, printedWords, sort, type Kind, type Sort } from './outreach.ts';
import { outreach, outreachCancelling, outreachVersion } from './tables.server.ts';

export type OutreachFigures = {
	/** 講習会 that were held, and those who came to them. */
	lectures: number;
	lectureAttendance: number;
	/** 協議会 that were held, and their months in the order of the fiscal year: 7月、1月. */
	councilMeetings: number;
	councilMonths: string[];
	/** 中止: events that were called off before they were held. One taken back afterwards was written down by mistake. */
	eventsCancelled: number;
	alertsSent: number;
	alertsSuspicious: number;
	alertsFraud: number;
	alertsTheft: number;
	alertsOther: number;
	/** Where what hung in the months of the greeting campaign: 市施設、公共機関 · 横断幕、のぼり旗. */
	materialPlaces: string[];
	materialKinds: string[];
	badges: number;
};

const standing = isNull(outreachCancelling.outreach);
const month = sql<string>`substr(${outreachVersion.onDay}, 6, 2)`;
/** An event counts once it is told how many came: then it was held. */
const held = isNotNull(outreachVersion.count);

/** What is told of a fiscal year by kind, sort and month, in the order of its days: a few dozen lines. */
const told = (tx: Reader, municipality: string, fiscalYear: number) =>
	tx
		.select({
			kind: outreach.kind,
			sort: outreachVersion.sort,
			month: month.as('month'),
			stands: sql<number>`${standing}`.as('stands'),
			rows: count(),
			held: sql<number>`sum(${held})`,
			sum: sum(outreachVersion.count).mapWith(Number)
		})
		.from(outreachVersion)
		.innerJoin(outreach, and(eq(outreach.id, outreachVersion.outreach), eq(outreach.latest, outreachVersion.number)))
		.leftJoin(outreachCancelling, eq(outreachCancelling.outreach, outreach.id))
		.where(
			and(
				eq(outreachVersion.municipality, municipality),
				between(outreachVersion.onDay, fiscalYearStart(fiscalYear), fiscalYearEnd(fiscalYear)),
				ne(outreach.kind, 'material')
			)
		)
		.groupBy(outreach.kind, outreachVersion.sort, sql`month`, sql`stands`)
		.orderBy(asc(min(outreachVersion.onDay)));

/** Which materials hung where on some day of the greeting campaigns. */
async function hungIn(tx: Reader, municipality: string, fiscalYear: number) {
	const spans = await greetingSpansIn(tx, municipality, fiscalYear);
	if (spans.length === 0) return [];
	const inSpan = spans.map(({ from, to }) => and(lte(outreachVersion.onDay, to), gte(outreachVersion.untilDay, from)));
	return tx
		.selectDistinct({ place: outreachVersion.place, sort: outreachVersion.sort })
		.from(outreachVersion)
		.innerJoin(outreach, and(eq(outreach.id, outreachVersion.outreach), eq(outreach.latest, outreachVersion.number)))
		.leftJoin(outreachCancelling, eq(outreachCancelling.outreach, outreach.id))
		.where(and(eq(outreachVersion.municipality, municipality), eq(outreach.kind, 'material'), standing, or(...inSpan)));
}

/** All figures of the room for a fiscal year. */
export async function outreachIn(tx: Reader, municipality: string, fiscalYear: number): Promise<OutreachFigures> {
	const lines = await told(tx, municipality, fiscalYear);
	const hung = await hungIn(tx, municipality, fiscalYear);
	const of = (kind: Kind, sort?: Sort) =>
		lines.filter((one) => one.kind === kind && one.stands && (sort === undefined || one.sort === sort));
	const sumOf = (some: typeof lines, what: 'rows' | 'held' | 'sum') =>
		some.reduce((sum, one) => sum + (one[what] || 0), 0);
	const councils = of('event', 'council').filter((one) => one.held > 0);
	const alerts = (sort?: Sort) => sumOf(of('alert', sort), 'rows');
	const off = lines.filter((one) => one.kind === 'event' && !one.stands);
	const wordsOf = <K extends keyof typeof printedWords>(all: readonly K[], has: (one: K) => boolean) => [
		...new Set(all.filter(has).map((one) => printedWords[one]))
	];
	return {
		lectures: sumOf(of('event', 'lecture'), 'held'),
		lectureAttendance: sumOf(of('event', 'lecture'), 'sum'),
		councilMeetings: sumOf(councils, 'held'),
		councilMonths: councils.map((one) => `${Number(one.month)}月`),
		eventsCancelled: sumOf(off, 'rows') - sumOf(off, 'held'),
		alertsSent: alerts(),
		alertsSuspicious: alerts('suspicious'),
		alertsFraud: alerts('fraud'),
		alertsTheft: alerts('theft'),
		alertsOther: alerts('other'),
		materialPlaces: wordsOf(places, (place) => hung.some((one) => one.place === place)),
		materialKinds: wordsOf(sort.material, (kind) => hung.some((one) => one.sort === kind)),
		badges: sumOf(of('badge'), 'sum')
	};
}
