/** Verbs: the leader ticks who came; a person notes that they did. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { Actor } from '#lib/people/permissions.ts';
import type { AttendanceResult } from './shift.ts';
import { findShift } from './shifts.server.ts';
import { attendance, shiftCancelling, signUp } from './tables.server.ts';

/** Notes who of those signed up came, from the start of the watch on. A later tick corrects an earlier one; the trail keeps both. */
export async function attend(
	tx: Tx,
	actor: Actor,
	shiftId: string,
	results: Record<string, AttendanceResult>,
	now: Date
): Promise<void> {
	const found = await findShift(tx, actor, 'shift.edit', shiftId);
	if (found.startsAt > now) throw new RuleBroken('error_watches_not_begun');
	const [cancelled] = await tx.select().from(shiftCancelling).where(eq(shiftCancelling.shift, shiftId));
	// 中止 is nobody's absence.
	if (cancelled) throw new RuleBroken('error_watches_cancelled');
	const seats = await tx
		.select({ id: signUp.id })
		.from(signUp)
		.where(and(eq(signUp.shift, shiftId), isNull(signUp.endedAt)));
	for (const [id, result] of Object.entries(results)) {
		if (!seats.some((seat) => seat.id === id)) throw new NotFound('sign-up');
		const row = { municipality: found.municipality, result, by: actor.person, at: now };
		await tx
			.insert(attendance)
			.values({ signUp: id, ...row })
			.onConflictDoUpdate({ target: attendance.signUp, set: row });
		await record(tx, actor, 'watches.attend', 'signUp', id, { result });
	}
}

/** People gather a little before the start. */
const EARLY_MS = 30 * 60_000;

/** The person notes that they came, from half an hour before the start to the end. What the leader ticked stands. */
export async function checkIn(tx: Tx, actor: Actor, shiftId: string, at: Date): Promise<void> {
	const found = await findShift(tx, actor, 'shift.join', shiftId);
	if (at.getTime() < found.startsAt.getTime() - EARLY_MS) throw new RuleBroken('error_watches_not_begun');
	if (at > found.endsAt) throw new RuleBroken('error_watches_over');
	const [cancelled] = await tx.select().from(shiftCancelling).where(eq(shiftCancelling.shift, shiftId));
	if (cancelled) throw new RuleBroken('error_watches_cancelled');
	const [mine] = await tx
		.select({ id: signUp.id })
		.from(signUp)
		.where(and(eq(signUp.shift, shiftId), eq(signUp.person, actor.person), isNull(signUp.endedAt)));
	if (!mine) throw new RuleBroken('error_watches_not_joined');
	await tx
		.insert(attendance)
		.values({ signUp: mine.id, municipality: found.municipality, result: 'present', by: actor.person, at })
		.onConflictDoNothing();
	await record(tx, actor, 'watches.checkIn', 'signUp', mine.id);
}
