/** Verbs of a shift itself: made once, called off. Seats are in `signUps.server.ts`. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { instantOf } from '#lib/calendar/day.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { once } from '#lib/server/db/once.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { Action, Actor } from '#lib/people/permissions.ts';
import { tell } from './notices.server.ts';
import { findPlace } from './places.server.ts';
import { bodiesOf } from './scope.server.ts';
import type { CancelForm, ShiftForm } from './shift.ts';
import { shift, shiftCancelling, signUp, type Shift } from './tables.server.ts';

const shiftById = once((db: Reader) =>
	db
		.select()
		.from(shift)
		.where(and(eq(shift.id, sql.placeholder('id')), eq(shift.municipality, sql.placeholder('municipality'))))
		.prepare()
);

/** The shift, if the action reaches it; what you may not see does not exist. */
export async function findShift(reader: Reader, actor: Actor, action: Action, id: string): Promise<Shift> {
	const [found] = await shiftById(reader).execute({ id, municipality: actor.municipality });
	const bodies = await bodiesOf(reader, actor, action);
	if (!found || (bodies !== 'all' && !bodies.includes(found.association))) throw new NotFound('shift');
	return found;
}

/** A one-off shift (臨時の当番) at a place of the leader's body. */
export async function makeShift(tx: Tx, actor: Actor, form: ShiftForm, now: Date): Promise<string> {
	const where = await findPlace(tx, actor, 'shift.edit', form.place);
	const endsAt = instantOf(form.onDay, form.to);
	if (endsAt <= now) throw new RuleBroken('error_watches_over', 'onDay');
	const id = newId(now.getTime());
	await tx.insert(shift).values({
		id,
		municipality: actor.municipality,
		association: where.association,
		programme: form.programme,
		place: where.id,
		onDay: form.onDay,
		from: form.from,
		to: form.to,
		startsAt: instantOf(form.onDay, form.from),
		endsAt,
		capacity: form.capacity,
		minimum: form.minimum,
		note: form.note || null,
		createdBy: actor.person,
		at: now
	});
	await record(tx, actor, 'watches.makeShift', 'shift', id, { onDay: form.onDay });
	return id;
}

/** 中止 with its reason. Everybody who holds a seat is told. Once called off it stays so. */
export async function cancelShift(tx: Tx, actor: Actor, id: string, form: CancelForm, now: Date): Promise<void> {
	const found = await findShift(tx, actor, 'shift.edit', id);
	if (found.endsAt <= now) throw new RuleBroken('error_watches_over');
	const made = await tx
		.insert(shiftCancelling)
		.values({
			shift: id,
			municipality: actor.municipality,
			reason: form.reason,
			words: form.words || null,
			by: actor.person,
			at: now
		})
		.onConflictDoNothing();
	if (made.changes === 0) throw new RuleBroken('error_watches_cancelled');
	const joined = await tx
		.select({ person: signUp.person })
		.from(signUp)
		.where(and(eq(signUp.shift, id), isNull(signUp.endedAt)));
	await tell(tx, { kind: 'cancelled', shift: found, to: joined.map((one) => one.person), by: actor, now });
	await record(tx, actor, 'watches.cancelShift', 'shift', id, { reason: form.reason, joined: joined.length });
}
