/**
 * 資機材の支給 of a fiscal year: how many bodies, how many pieces. The year is that of the day of the hand-over, written down with
 * it. Counted is what the ledger let out as issued (払出) under a hand-over that still stands: loans are not, nor is what was undone;
 * what came back later was issued all the same. The ledger's word and not the item's present one, so that an item that is lent from
 * now on leaves the years before as they were.
 */
import { and, between, count, countDistinct, eq, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { can, reachOf, type Action, type Actor } from '#lib/people/permissions.ts';
import { association } from '#lib/people/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { numberOf } from './requests.server.ts';
import { handover, item, request, stockMovement } from './tables.server.ts';

/** issued 支給 · lent 貸与. */
const ways = ['issued', 'lent'] as const;
type Way = (typeof ways)[number];

/** Hand-overs of a year whose figures this actor may see: their own bodies' (of the old year only: up to its end), or all. */
function counted(actor: Actor, fiscalYear: number, way?: Way, action: Action = 'figures.see'): SQL | undefined {
	const reached = reachOf(actor, action);
	const mine = or(
		inArray(request.association, reached.associations),
		...reached.past.map((one) => and(eq(request.association, one.association), lte(handover.onDay, one.upTo)))
	);
	return and(
		eq(handover.municipality, actor.municipality),
		eq(handover.fiscalYear, fiscalYear),
		eq(handover.state, 'booked'),
		way ? eq(stockMovement.kind, way) : inArray(stockMovement.kind, ways),
		isNull(stockMovement.reverses),
		reached.all ? undefined : mine
	);
}

const pieces = sql<number>`coalesce(-sum(${stockMovement.pieces}), 0)`;
export type Issued = { bodies: number; pieces: number };

/** 4団体 18個: distinct bodies, and pieces issued to them in the fiscal year; apart from them the same of what was lent. */
export async function handedOutIn(tx: Reader, actor: Actor, fiscalYear: number): Promise<Record<Way, Issued>> {
	const rows = await tx
		.select({ way: stockMovement.kind, bodies: countDistinct(request.association), pieces })
		.from(handover)
		.innerJoin(request, eq(request.id, handover.request))
		.innerJoin(stockMovement, eq(stockMovement.handover, handover.id))
		.where(counted(actor, fiscalYear))
		.groupBy(stockMovement.kind);
	const of = (way: Way): Issued => {
		const { bodies = 0, pieces = 0 } = rows.find((row) => row.way === way) ?? {};
		return { bodies, pieces };
	};
	return { issued: of('issued'), lent: of('lent') };
}

/** What was issued alone. */
export const issuedIn = async (tx: Reader, actor: Actor, fiscalYear: number): Promise<Issued> =>
	(await handedOutIn(tx, actor, fiscalYear)).issued;

/**
 * Requests of a fiscal year: received under a number of the year (申請), decided on one of its days (決定), and those of them that were
 * declined (不支給). A request received in March and decided in April counts in both years, once for each.
 */
export async function requestsIn(tx: Reader, municipality: string, fiscalYear: number) {
	const decided = between(request.decidedOn, fiscalYearStart(fiscalYear), fiscalYearEnd(fiscalYear));
	const received = eq(request.receiptYear, fiscalYear);
	const sumOf = (what: SQL | undefined) => sql<number>`coalesce(sum(coalesce(${what}, 0)), 0)`;
	const [found] = await tx
		.select({
			received: sumOf(received),
			decided: sumOf(decided),
			declined: sumOf(and(decided, eq(request.state, 'declined')))
		})
		.from(request)
		.where(and(eq(request.municipality, municipality), or(received, decided)));
	return found ?? { received: 0, decided: 0, declined: 0 };
}

/** Requests that were granted by the end of a fiscal year and are not wholly handed over: what is handed over from April on counts there. */
export async function notHandedOver(tx: Reader, actor: Actor, fiscalYear: number): Promise<number> {
	if (!can(actor, 'request.see', {})) return 0;
	const [found] = await tx
		.select({ requests: count() })
		.from(request)
		.where(
			and(
				eq(request.municipality, actor.municipality),
				eq(request.state, 'approved'),
				lte(request.decidedOn, fiscalYearEnd(fiscalYear))
			)
		);
	return found?.requests ?? 0;
}

/** The same body by body, in the order of their readings. */
export const issuedToBodies = (tx: Reader, actor: Actor, fiscalYear: number) =>
	tx
		.select({ association: association.id, name: association.name, pieces })
		.from(handover)
		.innerJoin(request, eq(request.id, handover.request))
		.innerJoin(association, eq(association.id, request.association))
		.innerJoin(stockMovement, eq(stockMovement.handover, handover.id))
		.where(counted(actor, fiscalYear, 'issued'))
		.groupBy(association.id)
		.orderBy(association.kana, association.id);
export type IssuedTo = Awaited<ReturnType<typeof issuedToBodies>>[number];

/**
 * What was handed over in a fiscal year, body by body in the order of their readings, a line per item; issued or lent. To one body only,
 * when it is named. No names of people.
 */
export async function handedIn(tx: Reader, actor: Actor, fiscalYear: number, way: Way, action?: Action, body?: string) {
	const rows = await tx
		.select({
			handover: handover.id,
			request: request.id,
			receiptYear: request.receiptYear,
			receiptNo: request.receiptNo,
			association: request.association,
			body: association.name,
			onDay: handover.onDay,
			line: stockMovement.id,
			item: item.name,
			size: stockMovement.size,
			unit: item.unit,
			pieces: sql<number>`-${stockMovement.pieces}`
		})
		.from(handover)
		.innerJoin(request, eq(request.id, handover.request))
		.innerJoin(association, eq(association.id, request.association))
		.innerJoin(stockMovement, eq(stockMovement.handover, handover.id))
		.innerJoin(item, eq(item.id, stockMovement.item))
		.where(and(counted(actor, fiscalYear, way, action), body === undefined ? undefined : eq(request.association, body)))
		.orderBy(association.kana, association.id, handover.onDay, handover.id, stockMovement.id);
	return rows.map(({ receiptYear, receiptNo, ...row }) => ({
		...row,
		number: numberOf({ receiptYear, receiptNo }),
		/** Who sees figures need not see requests. */
		opens: can(actor, 'request.see', { association: row.association })
	}));
}
export type HandedRow = Awaited<ReturnType<typeof handedIn>>[number];
