/** Verbs of an item: added, changed, closed, opened again. */
import { and, eq, gt } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { sizesOf, type ItemForm } from './item.ts';
import { item, itemClosing, stock } from './tables.server.ts';

/** The item of this municipality, for those who keep the store; otherwise it does not exist. */
export async function findItem(tx: Reader, actor: Actor, id: string) {
	const [found] = can(actor, 'stock.see', {})
		? await tx
				.select({ item, closedAt: itemClosing.at })
				.from(item)
				.leftJoin(itemClosing, eq(itemClosing.item, item.id))
				.where(and(eq(item.id, id), eq(item.municipality, actor.municipality)))
		: [];
	if (!found) throw new NotFound('item');
	return { ...found.item, closedAt: found.closedAt };
}

function mayEdit(actor: Actor): void {
	if (!can(actor, 'stock.edit', {})) throw new NotFound('item');
}

async function nameIsFree(tx: Tx, actor: Actor, name: string, except?: string): Promise<void> {
	const [taken] = await tx
		.select({ id: item.id })
		.from(item)
		.where(and(eq(item.municipality, actor.municipality), eq(item.name, name)));
	if (taken && taken.id !== except) throw new RuleBroken('error_equipment_item_name', 'name');
}

export async function addItem(tx: Tx, actor: Actor, form: ItemForm, now: Date): Promise<string> {
	mayEdit(actor);
	await nameIsFree(tx, actor, form.name);
	const id = newId(now.getTime());
	await tx.insert(item).values({ id, municipality: actor.municipality, ...form, createdAt: now });
	await record(tx, actor, 'equipment.addItem', 'item', id);
	return id;
}

/** A size under which pieces still lie in the store stays: they would be nowhere. */
export async function changeItem(tx: Tx, actor: Actor, id: string, form: ItemForm): Promise<void> {
	mayEdit(actor);
	await findItem(tx, actor, id);
	await nameIsFree(tx, actor, form.name, id);
	const kept: readonly string[] = sizesOf(form);
	const lying = await tx
		.select({ size: stock.size })
		.from(stock)
		.where(and(eq(stock.item, id), gt(stock.onHand, 0)));
	const lost = lying.find(({ size }) => !kept.includes(size));
	if (lost) throw new RuleBroken('error_equipment_size_used', 'sizes', { size: lost.size || '—' });
	await tx
		.update(item)
		.set(form)
		.where(and(eq(item.id, id), eq(item.municipality, actor.municipality)));
	await record(tx, actor, 'equipment.changeItem', 'item', id);
}

/** 取扱終了. Twice is once. */
export async function closeItem(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	mayEdit(actor);
	await findItem(tx, actor, id);
	const closed = await tx
		.insert(itemClosing)
		.values({ item: id, municipality: actor.municipality, by: actor.person, at: now })
		.onConflictDoNothing();
	if (closed.changes === 1) await record(tx, actor, 'equipment.closeItem', 'item', id);
}

export async function reopenItem(tx: Tx, actor: Actor, id: string): Promise<void> {
	mayEdit(actor);
	await findItem(tx, actor, id);
	const back = await tx
		.delete(itemClosing)
		.where(and(eq(itemClosing.item, id), eq(itemClosing.municipality, actor.municipality)));
	if (back.changes === 1) await record(tx, actor, 'equipment.reopenItem', 'item', id);
}
