/** 締切後: what bears on a closed year and came after its last closing. The rows are written by triggers beside the things themselves. */
import { and, asc, count, desc, eq, gte, inArray, lt } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { numberOf } from '#lib/equipment/requests.server.ts';
import { request } from '#lib/equipment/tables.server.ts';
import { outreach, outreachVersion } from '#lib/outreach/tables.server.ts';
import type { Kind } from '#lib/outreach/outreach.ts';
import type { FindingKind } from '#lib/patrols/log.ts';
import { finding, log, logVersion, vehicle } from '#lib/patrols/tables.server.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { sectionsOf } from '#lib/people/settings.server.ts';
import { association, person } from '#lib/people/tables.server.ts';
import { pocket } from '#lib/pockets/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { trail } from '#lib/server/db/trail.ts';
import { NotFound } from '#lib/server/errors.ts';
import type { Programme } from '#lib/watches/programme.ts';
import { campaign, closedDay } from '#lib/watches/tables.server.ts';
import type { Arrival, LateKind } from './closing.ts';
import { closedAs } from './printed.server.ts';
import { firstPlan } from './table.server.ts';
import { lateArrival, measure, measureSection, typedMetric } from './tables.server.ts';

/** What a thing is called; codes are put into words by the page. A home has its number only: who sees figures need not see homes. */
export type What = { text: string; programme?: Programme; outreach?: Kind; finding?: FindingKind; onDay?: string };
export type Late = {
	no: number;
	at: Date;
	by: string | null;
	kind: LateKind;
	thing: string;
	deed: Arrival;
	what: What;
};

const aPage = 100;

/** How many there are since a closing. */
export async function lateCount(tx: Reader, closing: string): Promise<number> {
	const [found] = await tx.select({ n: count() }).from(lateArrival).where(eq(lateArrival.closing, closing));
	return found?.n ?? 0;
}

/** From April to June: is the year that ended to be closed, and what has come since it was? Nothing for those who do neither. */
export async function closingCalls(tx: Reader, actor: Actor, now: Date) {
	if (!can(actor, 'year.see', {}) || !['04', '05', '06'].includes(jstDay(now).slice(5, 7))) return undefined;
	const fiscalYear = fiscalYearAt(now) - 1;
	const closed = await closedAs(tx, actor.municipality, fiscalYear);
	const open = !closed && can(actor, 'year.close', {}) && (await firstPlan(tx, actor.municipality, 'table'));
	return { fiscalYear, toClose: open ? 1 : 0, late: closed ? await lateCount(tx, closed.id) : 0 };
}

/** Those since a closing, newest first, a page at a time by key. */
export async function latePage(tx: Reader, actor: Actor, closing: string, fiscalYear: number, before?: number) {
	if (!can(actor, 'year.see', {})) throw new NotFound('closing');
	const rows = await tx
		.select({
			no: lateArrival.no,
			at: lateArrival.at,
			by: person.name,
			kind: lateArrival.kind,
			thing: lateArrival.thing,
			deed: lateArrival.deed
		})
		.from(lateArrival)
		.leftJoin(person, eq(person.id, lateArrival.by))
		.where(
			and(
				eq(lateArrival.municipality, actor.municipality),
				eq(lateArrival.closing, closing),
				before === undefined ? undefined : lt(lateArrival.no, before)
			)
		)
		.orderBy(desc(lateArrival.no))
		.limit(aPage + 1);
	const page = rows.slice(0, aPage);
	const names = await namesOf(tx, actor.municipality, fiscalYear, page);
	const late: Late[] = [];
	for (const row of page)
		late.push({ ...row, by: row.by ?? (await whoDid(tx, row)), what: names.get(row.thing) ?? { text: '' } });
	return { late, next: rows.length > aPage ? page.at(-1)!.no : undefined };
}

/** Where a row does not say who wrote it, the trail of the thing does, in the line that follows at once. */
async function whoDid(tx: Reader, of: { kind: string; thing: string; at: Date }): Promise<string | null> {
	const [found] = await tx
		.select({ name: person.name })
		.from(trail)
		.innerJoin(person, eq(person.id, trail.person))
		.where(and(eq(trail.kind, of.kind), eq(trail.thing, of.thing), gte(trail.at, of.at)))
		.orderBy(asc(trail.at), asc(trail.id))
		.limit(1);
	return found?.name ?? null;
}

type Named = { id: string; what: What };

/** What each thing of a page is called, by its id. */
async function namesOf(
	tx: Reader,
	municipality: string,
	fiscalYear: number,
	page: readonly { kind: LateKind; thing: string }[]
): Promise<Map<string, What>> {
	const things = Map.groupBy(page, (row) => row.kind);
	const found: Named[] = [];
	for (const [kind, rows] of things) {
		const ids = [...new Set(rows.map((row) => row.thing))];
		const named = await readers[kind]?.(tx, ids, municipality, fiscalYear);
		found.push(...(named ?? []));
	}
	return new Map(found.map(({ id, what }) => [id, what]));
}

type Read = (tx: Reader, ids: string[], municipality: string, fiscalYear: number) => Promise<Named[]>;

const cellsNamed: Read = async (tx, ids, municipality, fiscalYear) => {
	const names = new Map((await sectionsOf(tx, municipality, fiscalYear)).map(({ id, name }) => [id, name]));
	const rows = await tx
		.select({ id: measureSection.id, section: measureSection.section, number: measure.number, name: measure.name })
		.from(measureSection)
		.innerJoin(measure, eq(measure.id, measureSection.measure))
		.where(inArray(measureSection.id, ids));
	return rows.map(({ id, section, number, name }) => ({
		id,
		what: { text: `${number} ${name}【${names.get(section) ?? ''}】` }
	}));
};

/** By kind. What has no name of its own (a weekly rule, the settings of the town) is called by its kind alone. */
const readers: Partial<Record<LateKind, Read>> = {
	log: async (tx, ids) =>
		(
			await tx
				.select({ id: log.id, programme: logVersion.programme, onDay: logVersion.onDay })
				.from(log)
				.innerJoin(logVersion, and(eq(logVersion.log, log.id), eq(logVersion.number, log.latest)))
				.where(inArray(log.id, ids))
		).map(({ id, programme, onDay }) => ({ id, what: { text: '', programme, onDay } })),
	request: async (tx, ids) =>
		(
			await tx
				.select({
					id: request.id,
					receiptYear: request.receiptYear,
					receiptNo: request.receiptNo,
					body: association.name
				})
				.from(request)
				.innerJoin(association, eq(association.id, request.association))
				.where(inArray(request.id, ids))
		).map(({ id, body, ...of }) => ({ id, what: { text: `${numberOf(of) ?? ''} ${body}`.trim() } })),
	pocket: async (tx, ids) =>
		(await tx.select({ id: pocket.id, number: pocket.number }).from(pocket).where(inArray(pocket.id, ids))).map(
			({ id, number }) => ({ id, what: { text: number === null ? '' : `No. ${number}` } })
		),
	outreach: async (tx, ids) =>
		(
			await tx
				.select({
					id: outreach.id,
					kind: outreach.kind,
					name: outreachVersion.name,
					onDay: outreachVersion.onDay
				})
				.from(outreach)
				.innerJoin(
					outreachVersion,
					and(eq(outreachVersion.outreach, outreach.id), eq(outreachVersion.number, outreach.latest))
				)
				.where(inArray(outreach.id, ids))
		).map(({ id, kind, name, onDay }) => ({ id, what: { text: name, outreach: kind, onDay } })),
	typed_metric: async (tx, ids) =>
		(
			await tx
				.select({ id: typedMetric.id, name: typedMetric.name })
				.from(typedMetric)
				.where(inArray(typedMetric.id, ids))
		).map(({ id, name }) => ({ id, what: { text: name } })),
	measure_section: cellsNamed,
	measure: async (tx, ids) =>
		(
			await tx
				.select({ id: measure.id, number: measure.number, name: measure.name })
				.from(measure)
				.where(inArray(measure.id, ids))
		).map(({ id, number, name }) => ({ id, what: { text: `${number} ${name}` } })),
	vehicle: async (tx, ids) =>
		(await tx.select({ id: vehicle.id, name: vehicle.name }).from(vehicle).where(inArray(vehicle.id, ids))).map(
			({ id, name }) => ({ id, what: { text: name } })
		),
	campaign: async (tx, ids) =>
		(await tx.select({ id: campaign.id, name: campaign.name }).from(campaign).where(inArray(campaign.id, ids))).map(
			({ id, name }) => ({ id, what: { text: name } })
		),
	association: async (tx, ids) =>
		(
			await tx
				.select({ id: association.id, name: association.name })
				.from(association)
				.where(inArray(association.id, ids))
		).map(({ id, name }) => ({ id, what: { text: name } })),
	finding: async (tx, ids) =>
		(
			await tx
				.select({ id: finding.id, kind: finding.kind, onDay: finding.onDay })
				.from(finding)
				.where(inArray(finding.id, ids))
		).map(({ id, kind, onDay }) => ({ id, what: { text: '', finding: kind, onDay } })),
	closedDay: async (tx, ids) =>
		(
			await tx
				.select({ id: closedDay.id, onDay: closedDay.onDay, reason: closedDay.reason })
				.from(closedDay)
				.where(inArray(closedDay.id, ids))
		).map(({ id, onDay, reason }) => ({ id, what: { text: reason, onDay } })),
	section: async (tx, ids, municipality, fiscalYear) =>
		(await sectionsOf(tx, municipality, fiscalYear))
			.filter(({ id }) => ids.includes(id))
			.map(({ id, name }) => ({ id, what: { text: name } }))
};
