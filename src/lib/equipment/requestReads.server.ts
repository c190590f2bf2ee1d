/** What the screens of requests show. Every read asks what the actor reaches. */
import { and, asc, between, count, desc, eq, inArray, isNotNull, lt, or, sql, sum, type SQL } from 'drizzle-orm';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import { association, person } from '#lib/people/tables.server.ts';
import { among } from '#lib/server/db/among.ts';
import type { Reader } from '#lib/server/db/index.ts';
import type { State } from './request.ts';
import type { Cursor } from './requestFilter.ts';
import { handoversOf } from './requestHandovers.server.ts';
import { findRequest, numberOf } from './requests.server.ts';
import { attachment, item, request, requestDeed, requestLine, stock } from './tables.server.ts';

/** Requests within reach: a leader's own bodies with their drafts, staff all that have been sent. */
function within(actor: Actor): SQL | undefined {
	const reached = reachOf(actor, 'request.see');
	const own = reachOf(actor, 'request.make').associations;
	const here = eq(request.municipality, actor.municipality);
	const mine = own.length > 0 ? inArray(request.association, own) : sql`1 = 0`;
	return and(here, reached.all ? or(isNotNull(request.receiptNo), mine) : mine);
}

export const REQUEST_PAGE = 50;
export type RequestsOf = {
	states?: readonly State[] | undefined;
	association?: string | undefined;
	fiscalYear?: number | undefined;
	/** The fiscal year in which it was decided. */
	decided?: number | undefined;
	/** Only what is granted and not reserved yet. */
	lacking?: boolean | undefined;
};

/** What the filter of a list leaves of what is within reach. */
export const narrowed = (tx: Reader, actor: Actor, of: RequestsOf): SQL | undefined =>
	and(
		within(actor),
		of.states && inArray(request.state, [...of.states]),
		of.association ? eq(request.association, of.association) : undefined,
		of.fiscalYear === undefined ? undefined : eq(request.receiptYear, of.fiscalYear),
		of.decided === undefined
			? undefined
			: between(request.decidedOn, fiscalYearStart(of.decided), fiscalYearEnd(of.decided)),
		of.lacking ? lackingLine(tx) : undefined
	);

/** Requests, the latest changed first, a page at a time by key; each with what it asks for in pieces. */
export async function requestsOf(tx: Reader, actor: Actor, of: RequestsOf, after?: Cursor, limit = REQUEST_PAGE) {
	const pieces = (column: typeof requestLine.asked | typeof requestLine.approved | typeof requestLine.handed) =>
		sql<number>`coalesce((${tx
			.select({ n: sum(column) })
			.from(requestLine)
			.where(eq(requestLine.request, request.id))}), 0)`;
	const rows = await tx
		.select({
			id: request.id,
			state: request.state,
			receiptYear: request.receiptYear,
			receiptNo: request.receiptNo,
			association: request.association,
			body: association.name,
			sentAt: request.sentAt,
			changedAt: request.changedAt,
			decidedOn: request.decidedOn,
			asked: pieces(requestLine.asked),
			approved: pieces(requestLine.approved),
			handed: pieces(requestLine.handed)
		})
		.from(request)
		.innerJoin(association, eq(association.id, request.association))
		.where(
			and(
				narrowed(tx, actor, of),
				after &&
					or(
						lt(request.changedAt, after.changedAt),
						and(eq(request.changedAt, after.changedAt), lt(request.id, after.id))
					)
			)
		)
		.orderBy(desc(request.changedAt), desc(request.id))
		.limit(limit + 1);
	const page = rows.slice(0, limit).map((row) => ({ ...row, number: numberOf(row) }));
	return { rows: page, next: rows.length > limit ? page.at(-1) : undefined };
}
export type RequestRow = Awaited<ReturnType<typeof requestsOf>>['rows'][number];

const lackingLine = (tx: Reader) =>
	inArray(
		request.id,
		tx
			.select({ id: requestLine.request })
			.from(requestLine)
			.where(sql`${requestLine.approved} > ${requestLine.allocated} + ${requestLine.handed}`)
	);

/** How many requests there are in each state: for the tabs of the list. */
export async function statesOf(tx: Reader, actor: Actor, of: RequestsOf = {}): Promise<Map<State, number>> {
	const rows = await tx
		.select({ state: request.state, n: count() })
		.from(request)
		.where(narrowed(tx, actor, of))
		.groupBy(request.state);
	return new Map(rows.map((row) => [row.state, row.n]));
}

/** How many requests wait for somebody with this deed. */
export async function waitingRequests(tx: Reader, actor: Actor, states: readonly State[]): Promise<number> {
	const [found] = await tx
		.select({ n: count() })
		.from(request)
		.where(and(within(actor), inArray(request.state, [...states])));
	return found?.n ?? 0;
}

/** Bodies that have asked for something, for the filter of staff; and the years in which. */
export async function askersOf(tx: Reader, actor: Actor) {
	const bodies = await tx
		.selectDistinct({ id: association.id, name: association.name, kana: association.kana })
		.from(request)
		.innerJoin(association, eq(association.id, request.association))
		.where(within(actor))
		.orderBy(association.kana, association.id);
	const years = await tx
		.selectDistinct({ year: request.receiptYear })
		.from(request)
		.where(and(within(actor), isNotNull(request.receiptYear)))
		.orderBy(desc(request.receiptYear));
	return { bodies: bodies.map(({ id, name }) => ({ id, name })), years: years.map((row) => row.year!) };
}

/** Lines with their item, and what lies free of it now. */
export async function linesWithItems(tx: Reader, ids: readonly string[]) {
	if (ids.length === 0) return [];
	return tx
		.select({
			request: requestLine.request,
			item: requestLine.item,
			size: requestLine.size,
			name: item.name,
			unit: item.unit,
			mode: item.mode,
			asked: requestLine.asked,
			suggested: requestLine.suggested,
			approved: requestLine.approved,
			reason: requestLine.reason,
			allocated: requestLine.allocated,
			handed: requestLine.handed,
			free: sql<number>`coalesce(${stock.onHand} - ${stock.allocated}, 0)`
		})
		.from(requestLine)
		.innerJoin(item, eq(item.id, requestLine.item))
		.leftJoin(stock, and(eq(stock.item, requestLine.item), eq(stock.size, requestLine.size)))
		.where(among(requestLine.request, ids))
		.orderBy(item.createdAt, item.id, requestLine.size);
}
export type LineWithItem = Awaited<ReturnType<typeof linesWithItems>>[number];

/** The files of a request that whoever looks may see. */
export const filesOf = (tx: Reader, id: string) =>
	tx
		.select({ id: attachment.id, name: attachment.name, type: attachment.type })
		.from(attachment)
		.where(eq(attachment.request, id))
		.orderBy(attachment.id);

/** One request with everything on it: lines, timeline, files, hand-overs. */
export async function requestPage(tx: Reader, actor: Actor, id: string) {
	const found = await findRequest(tx, actor, 'request.see', id);
	const [body] = await tx
		.select({
			id: association.id,
			name: association.name,
			towns: association.towns,
			members: association.memberCount,
			phone: association.contactPhone
		})
		.from(association)
		.where(eq(association.id, found.association));
	const timeline = await tx
		.select({
			id: requestDeed.id,
			deed: requestDeed.deed,
			words: requestDeed.words,
			at: requestDeed.at,
			by: person.name
		})
		.from(requestDeed)
		.innerJoin(person, eq(person.id, requestDeed.by))
		.where(eq(requestDeed.request, id))
		.orderBy(asc(requestDeed.id));
	return {
		...found,
		number: numberOf(found),
		body: body!,
		lines: await linesWithItems(tx, [id]),
		timeline,
		files: await filesOf(tx, id),
		handovers: await handoversOf(tx, id)
	};
}
export type RequestPage = Awaited<ReturnType<typeof requestPage>>;

/** What the body may read of it: the proposal and the clerk's word to the approver stay in the office, before and after the decision. */
export function asBodySees(page: RequestPage): RequestPage {
	const decided = page.decidedOn !== null;
	return {
		...page,
		preparedBy: null,
		override: decided ? page.override : null,
		lines: page.lines.map((line) => ({ ...line, suggested: null, reason: decided ? line.reason : null })),
		timeline: page.timeline.map((one) => (one.deed === 'prepare' ? { ...one, words: null } : one))
	};
}
