/** 引当: pieces of the store promised to a request. Reserved at the decision, or when something has come in since. */
import { and, asc, eq, gt, sql, sum } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import { alias } from '#lib/server/db/columns.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { boxOf, canMove, progressOf } from './request.ts';
import { findRequest, linesOf, step } from './requests.server.ts';
import { balanceOf } from './stock.server.ts';
import { request, requestLine, stock, type RequestLine } from './tables.server.ts';

/**
 * Reserves what is free of what this request still lacks; what came in for those who wait longer stays theirs. Returns how many
 * pieces. The database keeps the store's side of it.
 */
export async function reserveFor(tx: Tx, id: string): Promise<number> {
	let reserved = 0;
	for (const line of await linesOf(tx, id)) {
		const lacking = progressOf([line]).lacking;
		if (lacking <= 0) continue;
		const { onHand, allocated } = await balanceOf(tx, line.item, line.size);
		const pieces = Math.min(lacking, onHand - allocated - (await lackedBefore(tx, line)));
		if (pieces <= 0) continue;
		await setAllocated(tx, line, line.allocated + pieces);
		reserved += pieces;
	}
	return reserved;
}

/** Pieces of the same kind that requests decided before this one still wait for. */
async function lackedBefore(tx: Tx, line: RequestLine): Promise<number> {
	const mine = alias(request, 'mine');
	const [found] = await tx
		.select({ pieces: sum(lackingPieces).mapWith(Number) })
		.from(requestLine)
		.innerJoin(request, eq(request.id, requestLine.request))
		.innerJoin(mine, eq(mine.id, line.request))
		.where(
			and(
				eq(requestLine.item, line.item),
				eq(requestLine.size, line.size),
				eq(request.state, 'approved'),
				sql`(${request.decidedOn}, ${request.receiptYear}, ${request.receiptNo}) < (${mine.decidedOn}, ${mine.receiptYear}, ${mine.receiptNo})`
			)
		);
	return found?.pieces ?? 0;
}

const setAllocated = (tx: Tx, line: RequestLine, allocated: number) =>
	tx
		.update(requestLine)
		.set({ allocated })
		.where(
			and(eq(requestLine.request, line.request), eq(requestLine.item, line.item), eq(requestLine.size, line.size))
		);

const lackingPieces = sql`${requestLine.approved} - ${requestLine.allocated} - ${requestLine.handed}`;

/** Requests with something granted that nothing lay there for, the longest waiting first. */
export const lackingIn = (tx: Reader, municipality: string) =>
	tx
		.selectDistinct({
			id: request.id,
			decidedOn: request.decidedOn,
			receiptYear: request.receiptYear,
			receiptNo: request.receiptNo
		})
		.from(request)
		.innerJoin(requestLine, eq(requestLine.request, request.id))
		.where(and(eq(request.municipality, municipality), eq(request.state, 'approved'), sql`${lackingPieces} > 0`))
		.orderBy(asc(request.decidedOn), asc(request.receiptYear), asc(request.receiptNo));

/** Lines that lack something of which a piece lies free, the longest waiting request first. */
const servable = (tx: Tx, municipality: string) =>
	tx
		.select({ line: requestLine, free: sql<number>`${stock.onHand} - ${stock.allocated}` })
		.from(request)
		.innerJoin(requestLine, eq(requestLine.request, request.id))
		.innerJoin(stock, and(eq(stock.item, requestLine.item), eq(stock.size, requestLine.size)))
		.where(
			and(
				eq(request.municipality, municipality),
				eq(request.state, 'approved'),
				sql`${lackingPieces} > 0`,
				gt(stock.onHand, stock.allocated)
			)
		)
		.orderBy(asc(request.decidedOn), asc(request.receiptYear), asc(request.receiptNo));

/**
 * 入荷分の引当: what has come in goes to those who wait, the longest waiting first. Returns how many requests got something. One look at
 * all that wait: everybody else's writing waits meanwhile.
 */
export async function reserveWaiting(tx: Tx, actor: Actor, now: Date): Promise<number> {
	if (!can(actor, 'request.handOver', {})) throw new NotFound('request');
	const left = new Map<string, number>();
	const served = new Set<string>();
	for (const { line, free } of await servable(tx, actor.municipality)) {
		const box = boxOf(line.item, line.size);
		const pieces = Math.min(progressOf([line]).lacking, left.get(box) ?? free);
		if (pieces <= 0) continue;
		await setAllocated(tx, line, line.allocated + pieces);
		left.set(box, (left.get(box) ?? free) - pieces);
		served.add(line.request);
	}
	for (const id of served) await step(tx, actor, id, 'allocate', now);
	return served.size;
}

/** 打ち切り: nothing more will be handed over; what is reserved is free again. */
export async function closeRest(tx: Tx, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	const found = await findRequest(tx, actor, 'request.handOver', id);
	if (!canMove('close', found.state)) throw new RuleBroken('error_equipment_not_now');
	await release(tx, id);
	await step(tx, actor, id, 'close', now, { words: reason });
}

/** Sets free what is reserved for a request. */
async function release(tx: Tx, id: string): Promise<void> {
	for (const line of await linesOf(tx, id)) if (line.allocated > 0) await setAllocated(tx, line, 0);
}
