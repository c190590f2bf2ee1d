/** The ledger of a fiscal year on sheets, item by item. */
import { and, asc, eq, inArray, lt, sql, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { person } from '#lib/people/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { pagesOf, sheetOf, type LedgerSheet, type Part, type Shelf } from './ledgerSheets.ts';
import { mustSeeStore } from './reads.server.ts';
import { item, stock, stockMovement } from './tables.server.ts';

/**
 * A sheet for every item and size that had something or moved in the year, in the order of the store; a page of them at a time
 * where the year has more lines than anybody prints at once. The lines stand by day: one that was written in April for a day of
 * March stands in March. The balances are therefore added up from what was brought forward, and are not those of the order of
 * writing. `asked`: the page, from 1; an unknown one is the first or last. `starts`: on which page each shelf begins.
 */
export async function ledgerSheets(tx: Reader, actor: Actor, fiscalYear: number, asked = 1, most?: number) {
	mustSeeStore(actor);
	const shelves = await shelvesOf(tx, actor.municipality, fiscalYear);
	const pages = pagesOf(shelves, most);
	const page = Math.min(Math.max(asked, 1), pages.length);
	const sheets: LedgerSheet[] = [];
	for (const part of pages[page - 1]!) sheets.push(await sheetAt(tx, part, fiscalYear));
	return {
		...{ sheets, page, pages: pages.length },
		lines: shelves.reduce((sum, one) => sum + one.count, 0),
		starts: pages.flatMap((parts, n) =>
			parts.flatMap(({ shelf: { item, name, size }, from }) => (from === 0 ? [{ item, name, size, page: n + 1 }] : []))
		)
	};
}

/** What stood and moved on each shelf, added up by the database over its own index. */
async function shelvesOf(tx: Reader, municipality: string, fiscalYear: number): Promise<Shelf[]> {
	const { pieces } = stockMovement;
	/** Something added up of the lines of a shelf: before the year, or in it. */
	const summed = (what: SQL, when: '<' | '=') => {
		const { item: of, size, fiscalYear: year } = stockMovement;
		const lines = and(eq(of, stock.item), eq(size, stock.size), (when === '<' ? lt : eq)(year, fiscalYear));
		return sql<number>`coalesce((${tx.select({ n: what }).from(stockMovement).where(lines)}), 0)`;
	};
	return tx
		.select({
			item: item.id,
			name: item.name,
			unit: item.unit,
			size: stock.size,
			opening: summed(sql`sum(${pieces})`, '<'),
			in: summed(sql`sum(max(${pieces}, 0))`, '='),
			out: summed(sql`sum(max(-${pieces}, 0))`, '='),
			count: summed(sql`count(*)`, '=')
		})
		.from(stock)
		.innerJoin(item, eq(item.id, stock.item))
		.where(eq(stock.municipality, municipality))
		.orderBy(item.createdAt, item.id, stock.size);
}

async function sheetAt(tx: Reader, part: Part, fiscalYear: number): Promise<LedgerSheet> {
	const { shelf, from, to } = part;
	const here = and(
		eq(stockMovement.item, shelf.item),
		eq(stockMovement.size, shelf.size),
		eq(stockMovement.fiscalYear, fiscalYear)
	);
	const byDay = [asc(stockMovement.onDay), asc(stockMovement.id)] as const;
	const earlier = tx
		.select({ pieces: stockMovement.pieces })
		.from(stockMovement)
		.where(here)
		.orderBy(...byDay)
		.limit(from)
		.as('earlier');
	const [moved] = await tx.select({ pieces: sql<number>`coalesce(sum(${earlier.pieces}), 0)` }).from(earlier);
	// Which ones is found in the index alone; what stands in the lines is read of these only.
	const ids = tx
		.select({ id: stockMovement.id })
		.from(stockMovement)
		.where(here)
		.orderBy(...byDay)
		.limit(to - from)
		.offset(from);
	const rows = await tx
		.select({
			id: stockMovement.id,
			onDay: stockMovement.onDay,
			kind: stockMovement.kind,
			pieces: stockMovement.pieces,
			reason: stockMovement.reason,
			reverses: stockMovement.reverses,
			by: person.name
		})
		.from(stockMovement)
		.innerJoin(person, eq(person.id, stockMovement.by))
		.where(inArray(stockMovement.id, ids))
		.orderBy(...byDay);
	return sheetOf(part, moved?.pieces ?? 0, rows);
}
