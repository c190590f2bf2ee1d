/** Plates at the doors: handed out, their condition, given back. A pocket that has ended may still bring its plate back. */
import { and, eq, isNull } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { PlateForm, plateConditions } from './plate.ts';
import { isOver } from './pocket.ts';
import { findPocket, step } from './pockets.server.ts';
import { pocketPlate } from './tables.server.ts';

/** Hands a plate out. */
export async function givePlate(tx: Tx, actor: Actor, pocket: string, form: PlateForm, now: Date): Promise<void> {
	const found = await findPocket(tx, actor, 'pocket.edit', pocket);
	if (isOver(found.state)) throw new RuleBroken('error_pockets_not_now');
	if (form.issuedOn > jstDay(now)) throw new RuleBroken('error_pockets_future', 'issuedOn');
	const id = newId(now.getTime());
	await tx
		.insert(pocketPlate)
		.values({ id, municipality: actor.municipality, pocket, ...form, condition: 'good', returnedOn: null });
	await step(tx, actor, pocket, 'plate', now, { on: form.issuedOn, facts: { kind: form.kind, number: form.number } });
}

/** A plate comes back, in this condition; lost is told the same way. */
export async function takePlateBack(
	tx: Tx,
	actor: Actor,
	pocket: string,
	{ plate, on, condition }: { plate: string; on: string; condition: (typeof plateConditions)[number] },
	now: Date
): Promise<void> {
	await findPocket(tx, actor, 'pocket.edit', pocket);
	if (on > jstDay(now)) throw new RuleBroken('error_pockets_future', 'on');
	const [there] = await tx
		.select({ number: pocketPlate.number })
		.from(pocketPlate)
		.where(and(eq(pocketPlate.id, plate), eq(pocketPlate.pocket, pocket)));
	if (!there) throw new NotFound('plate');
	const done = await tx
		.update(pocketPlate)
		.set({ returnedOn: on, condition })
		.where(and(eq(pocketPlate.id, plate), isNull(pocketPlate.returnedOn)));
	if (done.changes !== 1) throw new RuleBroken('error_pockets_not_now');
	await step(tx, actor, pocket, 'plateBack', now, { on, facts: { number: there.number, condition } });
}
