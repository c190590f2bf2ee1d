/** The ledger of a fiscal year on sheets, item by item. */
import { eq, sql } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { sheetsOf, type LedgerSheet } from './ledgerSheets.ts';
import { ledgerOfYear } from './reads.server.ts';
import { item, stockMovement } from './tables.server.ts';

/** A sheet for every item and size that had something or moved in the year, in the order of the store. */
export async function ledgerSheets(tx: Reader, actor: Actor, fiscalYear: number): Promise<LedgerSheet[]> {
	// Asks what the actor may see.
	const rows = await ledgerOfYear(tx, actor, fiscalYear);
	const before = sql<number>`coalesce(sum(case when ${stockMovement.fiscalYear} < ${fiscalYear} then ${stockMovement.pieces} end), 0)`;
	const kept = await tx
		.select({ item: item.id, name: item.name, unit: item.unit, size: stockMovement.size, pieces: before })
		.from(stockMovement)
		.innerJoin(item, eq(item.id, stockMovement.item))
		.where(eq(stockMovement.municipality, actor.municipality))
		.groupBy(item.id, stockMovement.size)
		.orderBy(item.createdAt, item.id, stockMovement.size);
	return sheetsOf(kept, rows);
}
