/** What the screens of the store show. Every read asks what the actor reaches. */
import { and, desc, eq, gte, lt, lte } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import { person } from '#lib/people/tables.server.ts';
import { alias } from '#lib/server/db/columns.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { isLow, sizesOf } from './item.ts';
import { item, itemClosing, stock, stockMovement, stocktake, stocktakeLine } from './tables.server.ts';

function mustSee(actor: Actor): void {
	if (!can(actor, 'stock.see', {})) throw new NotFound('stock');
}

export type StockLine = { size: string; onHand: number; allocated: number; free: number };
export type StockItem = Awaited<ReturnType<typeof storeOf>>[number];

/** Everything the store keeps, open items first, each with a line per size. `low`: time to order. */
export async function storeOf(tx: Reader, actor: Actor) {
	mustSee(actor);
	const items = await tx
		.select({ item, closedAt: itemClosing.at })
		.from(item)
		.leftJoin(itemClosing, eq(itemClosing.item, item.id))
		.where(eq(item.municipality, actor.municipality))
		.orderBy(item.createdAt, item.id);
	const rows = await tx.select().from(stock).where(eq(stock.municipality, actor.municipality));
	const lying = new Map(rows.map((row) => [`${row.item}:${row.size}`, row]));
	return items
		.map(({ item: { municipality: _m, createdAt: _c, ...one }, closedAt }) => {
			const lines = sizesOf(one).map((size): StockLine => {
				const { onHand = 0, allocated = 0 } = lying.get(`${one.id}:${size}`) ?? {};
				return { size, onHand, allocated, free: onHand - allocated };
			});
			const free = lines.reduce((sum, line) => sum + line.free, 0);
			return { ...one, closed: closedAt !== null, lines, low: closedAt === null && isLow(one, free) };
		})
		.toSorted((a, b) => Number(a.closed) - Number(b.closed));
}

/** How many items it is time to order. */
export const lowCount = async (tx: Reader, actor: Actor): Promise<number> =>
	(await storeOf(tx, actor)).filter((one) => one.low).length;

/** One item of the store, or nothing there. */
export async function storeItem(tx: Reader, actor: Actor, id: string): Promise<StockItem> {
	const found = (await storeOf(tx, actor)).find((one) => one.id === id);
	if (!found) throw new NotFound('item');
	return found;
}

export const LEDGER_PAGE = 100;
export type LedgerOf = { item?: string | undefined; fiscalYear?: number | undefined };

/** The ledger, newest first, a page at a time by the number of the line. `before`: the last line already seen. */
export async function ledgerOf(tx: Reader, actor: Actor, of: LedgerOf, before?: number, limit = LEDGER_PAGE) {
	mustSee(actor);
	const reversal = alias(stockMovement, 'reversal');
	const rows = await tx
		.select({
			id: stockMovement.id,
			item: stockMovement.item,
			name: item.name,
			unit: item.unit,
			size: stockMovement.size,
			kind: stockMovement.kind,
			pieces: stockMovement.pieces,
			after: stockMovement.after,
			onDay: stockMovement.onDay,
			reason: stockMovement.reason,
			reverses: stockMovement.reverses,
			stocktake: stockMovement.stocktake,
			reversedBy: reversal.id,
			by: person.name
		})
		.from(stockMovement)
		.innerJoin(item, eq(item.id, stockMovement.item))
		.innerJoin(person, eq(person.id, stockMovement.by))
		.leftJoin(reversal, eq(reversal.reverses, stockMovement.id))
		.where(
			and(
				eq(stockMovement.municipality, actor.municipality),
				of.item === undefined ? undefined : eq(stockMovement.item, of.item),
				of.fiscalYear === undefined ? undefined : eq(stockMovement.fiscalYear, of.fiscalYear),
				before === undefined ? undefined : lt(stockMovement.id, before)
			)
		)
		.orderBy(desc(stockMovement.id))
		.limit(limit + 1);
	const page = rows.slice(0, limit);
	return { rows: page, next: rows.length > limit ? page.at(-1)!.id : undefined };
}
export type LedgerRow = Awaited<ReturnType<typeof ledgerOf>>['rows'][number];

/** The whole ledger of a fiscal year, oldest first: for paper and file. */
export async function ledgerOfYear(tx: Reader, actor: Actor, fiscalYear: number): Promise<LedgerRow[]> {
	return (await ledgerOf(tx, actor, { fiscalYear }, undefined, Number.MAX_SAFE_INTEGER - 1)).rows.toReversed();
}

/** The counts of the last years, the latest first. */
export async function stocktakesOf(tx: Reader, actor: Actor, from: string, to: string) {
	mustSee(actor);
	return tx
		.select({ id: stocktake.id, countedOn: stocktake.countedOn, by: person.name })
		.from(stocktake)
		.innerJoin(person, eq(person.id, stocktake.by))
		.where(
			and(eq(stocktake.municipality, actor.municipality), gte(stocktake.countedOn, from), lte(stocktake.countedOn, to))
		)
		.orderBy(desc(stocktake.countedOn), desc(stocktake.at));
}

/** One count sheet with its lines, in the order of the store. */
export async function stocktakePage(tx: Reader, actor: Actor, id: string) {
	mustSee(actor);
	const [sheet] = await tx
		.select({ id: stocktake.id, countedOn: stocktake.countedOn, by: person.name })
		.from(stocktake)
		.innerJoin(person, eq(person.id, stocktake.by))
		.where(and(eq(stocktake.id, id), eq(stocktake.municipality, actor.municipality)));
	if (!sheet) throw new NotFound('stocktake');
	const lines = await tx
		.select({
			item: item.id,
			name: item.name,
			unit: item.unit,
			size: stocktakeLine.size,
			expected: stocktakeLine.expected,
			counted: stocktakeLine.counted
		})
		.from(stocktakeLine)
		.innerJoin(item, eq(item.id, stocktakeLine.item))
		.where(eq(stocktakeLine.stocktake, id))
		.orderBy(item.createdAt, item.id, stocktakeLine.size);
	return { ...sheet, lines };
}
