/** What the screens of the store show. Every read asks what the actor reaches. */
import { and, asc, desc, eq, gt, gte, inArray, lt, lte, max } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import { person } from '#lib/people/tables.server.ts';
import { alias } from '#lib/server/db/columns.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { isLow, sizesOf } from './item.ts';
import { item, itemClosing, stock, stockMovement, stocktake, stocktakeLine } from './tables.server.ts';

/** Throws `NotFound` for those who do not see the store. */
export function mustSeeStore(actor: Actor): void {
	if (!can(actor, 'stock.see', {})) throw new NotFound('stock');
}

export type StockLine = { size: string; onHand: number; allocated: number; free: number };
export type StockItem = Awaited<ReturnType<typeof storeOf>>[number];

/** Everything the store keeps, open items first, each with a line per size. `low`: time to order. */
export async function storeOf(tx: Reader, actor: Actor) {
	mustSeeStore(actor);
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
	mustSeeStore(actor);
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

/** Lines of the ledger that are read in one go for a file: some milliseconds in which nobody else is served. */
const LINES_AT_A_TIME = 1000;

/**
 * The whole ledger of a fiscal year as it is now, oldest first, some lines at a time: for a file. Lines are never changed, so that
 * what comes in meanwhile changes nothing of it.
 */
export function ledgerOfYear(tx: Reader, actor: Actor, fiscalYear: number) {
	mustSeeStore(actor);
	return linesOfYear(tx, actor.municipality, fiscalYear);
}

async function* linesOfYear(tx: Reader, municipality: string, fiscalYear: number) {
	const here = and(eq(stockMovement.municipality, municipality), eq(stockMovement.fiscalYear, fiscalYear));
	const [last] = await tx
		.select({ id: max(stockMovement.id) })
		.from(stockMovement)
		.where(here);
	// Names are few and lines are many: they meet here, and the lines come straight from their index.
	const items = await tx.select({ id: item.id, name: item.name }).from(item).where(eq(item.municipality, municipality));
	const writers = await tx
		.select({ id: person.id, name: person.name })
		.from(person)
		.where(inArray(person.id, tx.selectDistinct({ by: stockMovement.by }).from(stockMovement).where(here)));
	const names = new Map([...items, ...writers].map((one) => [one.id, one.name]));
	for (let after = 0; after < (last?.id ?? 0);) {
		const rows = await tx
			.select({
				id: stockMovement.id,
				onDay: stockMovement.onDay,
				item: stockMovement.item,
				size: stockMovement.size,
				kind: stockMovement.kind,
				pieces: stockMovement.pieces,
				after: stockMovement.after,
				reason: stockMovement.reason,
				by: stockMovement.by
			})
			.from(stockMovement)
			.where(and(here, gt(stockMovement.id, after), lte(stockMovement.id, last!.id!)))
			.orderBy(asc(stockMovement.id))
			.limit(LINES_AT_A_TIME);
		yield rows.map((row) => ({ ...row, name: names.get(row.item) ?? '', by: names.get(row.by) ?? '' }));
		after = rows.at(-1)!.id;
	}
}

/** The counts of the last years, the latest first. */
export async function stocktakesOf(tx: Reader, actor: Actor, from: string, to: string) {
	mustSeeStore(actor);
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
	mustSeeStore(actor);
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
