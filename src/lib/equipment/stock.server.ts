/** Verbs of the store's ledger (受払簿). Balances are sums of its lines; nothing else moves stock. */
import { and, eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { sizesOf } from './item.ts';
import { findItem } from './items.server.ts';
import { wayOf, type MovementForm, type MovementKind, type ReversalForm } from './movement.ts';
import { stock, stockMovement } from './tables.server.ts';

export type Balance = { onHand: number; allocated: number };

/** What lies of one size; zero when it never moved. */
export async function balanceOf(tx: Reader, item: string, size: string): Promise<Balance> {
	const [found] = await tx
		.select({ onHand: stock.onHand, allocated: stock.allocated })
		.from(stock)
		.where(and(eq(stock.item, item), eq(stock.size, size)));
	return found ?? { onHand: 0, allocated: 0 };
}

type Line = {
	item: string;
	size: string;
	kind: MovementKind;
	/** With its sign. */
	pieces: number;
	on: string;
	reason: string;
	reverses?: number;
	stocktake?: string | undefined;
	handover?: string;
};

/**
 * Writes one line. What is allocated is promised to somebody and cannot go out by another door: `RuleBroken` says how many are free.
 * The triggers of the database keep the balance and hold the same rule a second time.
 */
export async function book(tx: Tx, actor: Actor, line: Line, now: Date): Promise<number> {
	const { onHand, allocated } = await balanceOf(tx, line.item, line.size);
	const after = onHand + line.pieces;
	if (after < allocated) throw new RuleBroken('error_equipment_short', 'pieces', { count: onHand - allocated });
	const { lastInsertRowid } = await tx.insert(stockMovement).values({
		municipality: actor.municipality,
		item: line.item,
		size: line.size,
		kind: line.kind,
		pieces: line.pieces,
		after,
		onDay: line.on,
		fiscalYear: fiscalYearOf(line.on),
		reason: line.reason,
		reverses: line.reverses ?? null,
		stocktake: line.stocktake ?? null,
		handover: line.handover ?? null,
		by: actor.person,
		at: now
	});
	return Number(lastInsertRowid);
}

/** Enters a movement by hand: 受入, 払出, 返納, 廃棄, 亡失. */
export async function enterMovement(
	tx: Tx,
	actor: Actor,
	itemId: string,
	form: MovementForm,
	now: Date
): Promise<number> {
	const found = await findItem(tx, actor, itemId);
	if (!can(actor, 'stock.edit', {})) throw new NotFound('item');
	if (found.closedAt && form.kind === 'received') throw new RuleBroken('error_equipment_closed');
	if (!sizesOf(found).includes(form.size)) throw new RuleBroken('error_choose', 'size');
	if (form.on > jstDay(now)) throw new RuleBroken('error_equipment_future', 'on');
	const { kind, size, on, reason } = form;
	const id = await book(tx, actor, { item: itemId, size, kind, pieces: wayOf[kind] * form.pieces, on, reason }, now);
	await record(tx, actor, 'equipment.move', 'stockMovement', String(id), { kind, pieces: form.pieces });
	return id;
}

/** 取消: a line the other way around, once. What a count sheet found is mended by the next count. */
export async function reverse(tx: Tx, actor: Actor, itemId: string, form: ReversalForm, now: Date): Promise<number> {
	await findItem(tx, actor, itemId);
	const [old] = can(actor, 'stock.edit', {})
		? await tx
				.select()
				.from(stockMovement)
				.where(and(eq(stockMovement.id, form.movement), eq(stockMovement.item, itemId)))
		: [];
	if (!old) throw new NotFound('stockMovement');
	if (old.reverses || old.stocktake || old.handover) throw new RuleBroken('error_equipment_not_reversible');
	const [done] = await tx
		.select({ id: stockMovement.id })
		.from(stockMovement)
		.where(eq(stockMovement.reverses, old.id));
	if (done) throw new RuleBroken('error_equipment_reversed');
	const id = await book(
		tx,
		actor,
		{
			item: itemId,
			size: old.size,
			kind: old.kind,
			pieces: -old.pieces,
			// The year of the mistake is the year of its mending: its figures must come out right.
			on: old.onDay,
			reason: form.reason,
			reverses: old.id
		},
		now
	);
	await record(tx, actor, 'equipment.reverse', 'stockMovement', String(id), { reverses: old.id });
	return id;
}
