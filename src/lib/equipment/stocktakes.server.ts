/** 棚卸: what was counted becomes the truth, and every difference a line of the ledger. */
import { and, eq, inArray } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { sizesOf } from './item.ts';
import { balanceOf, book } from './stock.server.ts';
import { boxOf, type Counted } from './stocktake.ts';
import { item, stocktake, stocktakeLine } from './tables.server.ts';

/**
 * Books a count sheet: all of it or nothing. When a counted item moved after the sheet was made, `RuleBroken` at its box says so:
 * whether the count was before or after the movement only the one who counted knows. `reason` is what the ledger says of it.
 */
export async function takeStock(
	tx: Tx,
	actor: Actor,
	sheet: { on: string; lines: readonly Counted[]; reason: string },
	now: Date
): Promise<string> {
	if (!can(actor, 'stock.edit', {})) throw new NotFound('stocktake');
	if (sheet.on > jstDay(now)) throw new RuleBroken('error_equipment_future', 'on');
	if (sheet.lines.length === 0) throw new RuleBroken('error_equipment_nothing_counted');
	const known = await itemsOf(tx, actor, [...new Set(sheet.lines.map((line) => line.item))]);
	const id = newId(now.getTime());
	const of = { stocktake: id, municipality: actor.municipality };
	await tx
		.insert(stocktake)
		.values({ id, municipality: actor.municipality, countedOn: sheet.on, by: actor.person, at: now });
	let differences = 0;
	for (const { item, size, expected, counted } of sheet.lines) {
		const sizes = known.get(item);
		if (!sizes?.includes(size)) throw new NotFound('item');
		const { onHand, allocated } = await balanceOf(tx, item, size);
		if (onHand !== expected)
			throw new RuleBroken('error_equipment_moved_meanwhile', boxOf(item, size), { count: onHand });
		if (counted < allocated)
			throw new RuleBroken('error_equipment_counted_promised', boxOf(item, size), { count: allocated });
		await tx.insert(stocktakeLine).values({ ...of, item, size, expected, counted });
		if (counted === expected) continue;
		differences++;
		const line = { item, size, kind: 'adjusted', pieces: counted - expected, on: sheet.on } as const;
		await book(tx, actor, { ...line, reason: sheet.reason, stocktake: id }, now);
	}
	await record(tx, actor, 'equipment.takeStock', 'stocktake', id, { lines: sheet.lines.length, differences });
	return id;
}

async function itemsOf(tx: Tx, actor: Actor, ids: string[]): Promise<Map<string, readonly string[]>> {
	const rows = await tx
		.select({ id: item.id, sizes: item.sizes })
		.from(item)
		.where(and(eq(item.municipality, actor.municipality), inArray(item.id, ids)));
	return new Map(rows.map((row) => [row.id, sizesOf(row)]));
}
