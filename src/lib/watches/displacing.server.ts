/** A place that was promised before the server was restored, and one that its person deleted on the phone. */
import { and, desc, eq, gte, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { promisedAmong } from '#lib/sync/reads.server.ts';
import { tell } from './notices.server.ts';
import { end, leave } from './signUps.server.ts';
import { findShift } from './shifts.server.ts';
import { signUp } from './tables.server.ts';

/**
 * Frees a seat for somebody we had promised one before the restore at `restoredAt`, if none is free: the last one given since goes,
 * and its person is told. A seat given before the restore, and one that was promised itself, stays.
 */
export async function makeRoom(tx: Tx, actor: Actor, shiftId: string, restoredAt: Date, now: Date): Promise<void> {
	const shift = await findShift(tx, actor, 'shift.join', shiftId);
	const lasting = and(eq(signUp.shift, shift.id), isNull(signUp.endedAt));
	const seats = await tx.select().from(signUp).where(lasting);
	if (seats.length < shift.capacity || seats.some((one) => one.person === actor.person)) return;
	const since = await tx
		.select()
		.from(signUp)
		.where(and(lasting, gte(signUp.at, restoredAt)))
		.orderBy(desc(signUp.at), desc(signUp.id));
	const kept = await promisedAmong(
		tx,
		since.map((one) => one.id)
	);
	const loser = since.find((one) => !kept.has(one.id));
	if (!loser || shift.endsAt <= now) return;
	await end(tx, actor, shift, loser.person, 'displaced', now);
	await tell(tx, { kind: 'displaced', shift, to: [loser.person], by: actor, now });
}

/** Gives back the seat that this op took, if its person still has it. */
export async function undoJoin(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	const [mine] = await tx
		.select({ shift: signUp.shift })
		.from(signUp)
		.where(and(eq(signUp.id, id), eq(signUp.person, actor.person), isNull(signUp.endedAt)));
	if (mine) await leave(tx, actor, mine.shift, now, 'undo');
}
