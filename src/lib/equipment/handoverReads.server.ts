/** What the store has to do: to fetch from the shelves, to order, to look at again, to ask back. Through the actor, as every read. */
import { and, asc, count, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import { association, person } from '#lib/people/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import type { PackHandover } from '#lib/watches/pack.ts';
import { lackingIn } from './allocations.server.ts';
import { linesWithItems } from './requestReads.server.ts';
import { numberOf } from './requests.server.ts';
import { handover, handoverLine, item, request, requestLine, stockMovement } from './tables.server.ts';

function mustHandOver(actor: Actor): void {
	if (!can(actor, 'request.handOver', {})) throw new NotFound('request');
}

/** Granted, and something of it is reserved and not handed over. */
const reserved = (actor: Actor) =>
	and(eq(request.municipality, actor.municipality), eq(request.state, 'approved'), gt(requestLine.allocated, 0));

/** 受渡し準備: every request with pieces to fetch from the shelves, by body, each with these lines only. */
export async function pickingOf(tx: Reader, actor: Actor) {
	mustHandOver(actor);
	const rows = await tx
		.select({
			id: request.id,
			receiptYear: request.receiptYear,
			receiptNo: request.receiptNo,
			decidedOn: request.decidedOn,
			association: association.id,
			body: association.name,
			item: requestLine.item,
			size: requestLine.size,
			name: item.name,
			unit: item.unit,
			mode: item.mode,
			pieces: requestLine.allocated
		})
		.from(request)
		.innerJoin(requestLine, eq(requestLine.request, request.id))
		.innerJoin(association, eq(association.id, request.association))
		.innerJoin(item, eq(item.id, requestLine.item))
		.where(reserved(actor))
		.orderBy(
			asc(association.kana),
			asc(association.id),
			asc(request.receiptYear),
			asc(request.receiptNo),
			asc(item.createdAt),
			asc(item.id),
			asc(requestLine.size)
		);
	return [...Map.groupBy(rows, (row) => row.id).values()].map((lines) => {
		const { id, receiptYear, receiptNo, decidedOn, association: of, body } = lines[0]!;
		return { id, number: numberOf({ receiptYear, receiptNo }), decidedOn, association: of, body, lines };
	});
}
export type Picked = Awaited<ReturnType<typeof pickingOf>>[number];

/** The same for a phone that goes to the store room. Nothing for those who do not hand over. */
export async function handoversOfPack(tx: Reader, actor: Actor): Promise<PackHandover[]> {
	if (!can(actor, 'request.handOver', {})) return [];
	return (await pickingOf(tx, actor)).map(({ id, number, decidedOn, body, lines }) => ({
		id,
		number: number ?? '',
		body,
		decidedOn: decidedOn ?? '',
		lines: lines.map(({ item: of, size, name, unit, mode, pieces }) => ({ item: of, size, name, unit, mode, pieces }))
	}));
}

/** What to fetch in all, in the order of the store. */
export async function pickingTotals(tx: Reader, actor: Actor) {
	mustHandOver(actor);
	return tx
		.select({
			item: item.id,
			size: requestLine.size,
			name: item.name,
			unit: item.unit,
			pieces: sql<number>`sum(${requestLine.allocated})`
		})
		.from(request)
		.innerJoin(requestLine, eq(requestLine.request, request.id))
		.innerJoin(item, eq(item.id, requestLine.item))
		.where(reserved(actor))
		.groupBy(item.id, requestLine.size)
		.orderBy(asc(item.createdAt), asc(item.id), asc(requestLine.size));
}

/** 取り寄せ待ち: granted and nothing lay there, the longest waiting first; `free` is what could be reserved now. */
export async function waitingForGoods(tx: Reader, actor: Actor) {
	mustHandOver(actor);
	const ids = (await lackingIn(tx, actor.municipality)).map((one) => one.id);
	if (ids.length === 0) return [];
	const heads = await tx
		.select({
			id: request.id,
			receiptYear: request.receiptYear,
			receiptNo: request.receiptNo,
			decidedOn: request.decidedOn,
			body: association.name
		})
		.from(request)
		.innerJoin(association, eq(association.id, request.association))
		.where(inArray(request.id, ids));
	const known = new Map(heads.map((one) => [one.id, one]));
	const lines = (await linesWithItems(tx, ids))
		.map((line) => ({ ...line, lacking: (line.approved ?? 0) - line.allocated - line.handed }))
		.filter((line) => line.lacking > 0);
	return ids.flatMap((id) => {
		const head = known.get(id);
		return head ? [{ ...head, number: numberOf(head), lines: lines.filter((line) => line.request === id) }] : [];
	});
}

/** 要確認: what was carried out beyond what was reserved, oldest first. */
export async function handoversToReconcile(tx: Reader, actor: Actor) {
	mustHandOver(actor);
	const heads = await tx
		.select({
			id: handover.id,
			request: handover.request,
			receiptYear: request.receiptYear,
			receiptNo: request.receiptNo,
			body: association.name,
			onDay: handover.onDay,
			receivedBy: handover.receivedBy,
			by: person.name
		})
		.from(handover)
		.innerJoin(request, eq(request.id, handover.request))
		.innerJoin(association, eq(association.id, request.association))
		.innerJoin(person, eq(person.id, handover.by))
		.where(and(eq(handover.municipality, actor.municipality), eq(handover.state, 'unclear')))
		.orderBy(asc(handover.onDay), asc(handover.id));
	const ids = heads.map((one) => one.id);
	if (ids.length === 0) return [];
	const lines = await tx
		.select({
			handover: handoverLine.handover,
			item: handoverLine.item,
			name: item.name,
			unit: item.unit,
			size: handoverLine.size,
			pieces: handoverLine.pieces,
			reserved: sql<number>`coalesce(${requestLine.allocated}, 0)`
		})
		.from(handoverLine)
		.innerJoin(handover, eq(handover.id, handoverLine.handover))
		.innerJoin(item, eq(item.id, handoverLine.item))
		.leftJoin(
			requestLine,
			and(
				eq(requestLine.request, handover.request),
				eq(requestLine.item, handoverLine.item),
				eq(requestLine.size, handoverLine.size)
			)
		)
		.where(inArray(handoverLine.handover, ids))
		.orderBy(asc(item.createdAt), asc(item.id), asc(handoverLine.size));
	return heads.map((head) => ({
		...head,
		number: numberOf(head),
		lines: lines.filter((line) => line.handover === head.id)
	}));
}

/** For the home page: requests with something to hand over, and hand-overs to look at. */
export async function storeWaiting(tx: Reader, actor: Actor): Promise<{ toHandOver: number; toReconcile: number }> {
	mustHandOver(actor);
	const [ready] = await tx
		.select({ n: sql<number>`count(distinct ${request.id})` })
		.from(request)
		.innerJoin(requestLine, eq(requestLine.request, request.id))
		.where(reserved(actor));
	const [unclear] = await tx
		.select({ n: count() })
		.from(handover)
		.where(and(eq(handover.municipality, actor.municipality), eq(handover.state, 'unclear')));
	return { toHandOver: ready?.n ?? 0, toReconcile: unclear?.n ?? 0 };
}

/**
 * Pieces out on loan, the first to come back first; those without a day to come back by last. Lent is what the ledger says was lent,
 * whatever the item is from now on. `municipality` left out: of all towns (for the job); `until`: only what is due up to this day.
 */
export async function loansIn(tx: Reader, { municipality, until }: { municipality?: string; until?: string }) {
	const rows = await tx
		.select({
			handover: handover.id,
			request: request.id,
			receiptYear: request.receiptYear,
			receiptNo: request.receiptNo,
			association: association.id,
			body: association.name,
			item: item.id,
			name: item.name,
			unit: item.unit,
			size: handoverLine.size,
			out: sql<number>`${handoverLine.pieces} - ${handoverLine.back}`,
			onDay: handover.onDay,
			dueOn: handover.dueOn,
			receivedBy: handover.receivedBy
		})
		.from(handover)
		.innerJoin(handoverLine, eq(handoverLine.handover, handover.id))
		.innerJoin(
			stockMovement,
			and(
				eq(stockMovement.handover, handover.id),
				eq(stockMovement.item, handoverLine.item),
				eq(stockMovement.size, handoverLine.size),
				eq(stockMovement.kind, 'lent')
			)
		)
		.innerJoin(item, eq(item.id, handoverLine.item))
		.innerJoin(request, eq(request.id, handover.request))
		.innerJoin(association, eq(association.id, request.association))
		.where(
			and(
				municipality === undefined ? undefined : eq(handover.municipality, municipality),
				eq(handover.state, 'booked'),
				until === undefined ? undefined : lte(handover.dueOn, until),
				sql`${handoverLine.pieces} > ${handoverLine.back}`
			)
		)
		.orderBy(
			sql`${handover.dueOn} is null`,
			asc(handover.dueOn),
			asc(association.kana),
			asc(handover.id),
			asc(item.id)
		);
	return rows.map((row) => ({ ...row, number: numberOf(row) }));
}
export type Loan = Awaited<ReturnType<typeof loansIn>>[number];

/** The loans a person of the store sees. */
export async function loansOf(tx: Reader, actor: Actor): Promise<Loan[]> {
	mustHandOver(actor);
	return loansIn(tx, { municipality: actor.municipality });
}
