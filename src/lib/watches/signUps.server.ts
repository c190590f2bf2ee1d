/** Verbs of a seat: taken, given back, taken for somebody else. */
import { and, eq, isNull } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { leadersOf } from '#lib/people/grants.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { othersOf, tell, untell } from './notices.server.ts';
import { requireMember } from './scope.server.ts';
import { takeFreeSeat } from './seats.server.ts';
import type { LeaveReason } from './shift.ts';
import { findShift } from './shifts.server.ts';
import { shiftCancelling, signUp, signUpEnding, type Shift } from './tables.server.ts';

type Seat = { shift: Shift; person: string; by: Actor; kind: 'own' | 'standIn'; id: string; now: Date };

/** Gives a free seat or says in words why there is none. */
async function seatIn(tx: Tx, { shift, person, by, kind, id, now }: Seat): Promise<string> {
	if (shift.endsAt <= now) throw new RuleBroken('error_watches_over');
	const given = await takeFreeSeat(tx, {
		id,
		municipality: shift.municipality,
		shift: shift.id,
		person,
		kind,
		by: by.person,
		at: now
	});
	if (given) {
		await record(tx, by, 'watches.join', 'shift', shift.id, { signUp: id, forOther: person !== by.person });
		return id;
	}
	const [cancelled] = await tx.select().from(shiftCancelling).where(eq(shiftCancelling.shift, shift.id));
	if (cancelled) throw new RuleBroken('error_watches_cancelled');
	const [mine] = await activeOf(tx, shift.id, person);
	throw new RuleBroken(mine ? 'error_watches_joined_already' : 'error_watches_full');
}

const activeOf = (tx: Tx, shiftId: string, person: string) =>
	tx
		.select()
		.from(signUp)
		.where(and(eq(signUp.shift, shiftId), eq(signUp.person, person), isNull(signUp.endedAt)));

/**
 * 出ます: the actor takes a seat. `id` names the sign-up where a phone made it, so that offering it twice changes nothing.
 * Pressing twice is no error: the seat is already theirs.
 */
export async function join(
	tx: Tx,
	actor: Actor,
	shiftId: string,
	now: Date,
	id = newId(now.getTime())
): Promise<string> {
	const found = await findShift(tx, actor, 'shift.join', shiftId);
	try {
		const mine = await seatIn(tx, { shift: found, person: actor.person, by: actor, kind: 'own', id, now });
		await untell(tx, 'helpWanted', shiftId, actor.person);
		return mine;
	} catch (error) {
		if (!(error instanceof RuleBroken) || error.code !== 'error_watches_joined_already') throw error;
		return (await activeOf(tx, shiftId, actor.person))[0]!.id;
	}
}

/** 代理入力: the leader signs up somebody of the roster, who is told. */
export async function enterFor(tx: Tx, actor: Actor, shiftId: string, person: string, now: Date): Promise<string> {
	const found = await findShift(tx, actor, 'shift.edit', shiftId);
	await requireMember(tx, found.association, person);
	const id = await seatIn(tx, { shift: found, person, by: actor, kind: 'own', id: newId(now.getTime()), now });
	await tell(tx, { kind: 'signedUp', shift: found, to: [person], by: actor, about: person, now });
	return id;
}

/** Ends a sign-up that still lasts; the seat is free from this moment. */
export async function end(
	tx: Tx,
	actor: Actor,
	shift: Shift,
	person: string,
	reason: LeaveReason,
	now: Date
): Promise<void> {
	const [mine] = await activeOf(tx, shift.id, person);
	if (!mine) throw new RuleBroken('error_watches_not_joined');
	const ended = await tx
		.update(signUp)
		.set({ endedAt: now })
		.where(and(eq(signUp.id, mine.id), isNull(signUp.endedAt)));
	if (ended.changes !== 1) throw new RuleBroken('error_watches_not_joined');
	await tx
		.insert(signUpEnding)
		.values({ signUp: mine.id, municipality: shift.municipality, reason, by: actor.person, at: now });
	await record(tx, actor, 'watches.leave', 'shift', shift.id, { signUp: mine.id, reason });
}

/**
 * 行けなくなりました: the seat is free again and help is looked for. The leaders are told always; everybody else of the body when
 * the watch falls below its minimum.
 */
export async function leave(
	tx: Tx,
	actor: Actor,
	shiftId: string,
	now: Date,
	reason: LeaveReason = 'cannotCome'
): Promise<void> {
	const found = await findShift(tx, actor, 'shift.join', shiftId);
	if (found.endsAt <= now) throw new RuleBroken('error_watches_over');
	await end(tx, actor, found, actor.person, reason, now);
	if (reason === 'cannotCome') await askForHelp(tx, actor, found, now);
}

async function askForHelp(tx: Tx, actor: Actor, shift: Shift, now: Date): Promise<void> {
	const still = await tx
		.select({ person: signUp.person })
		.from(signUp)
		.where(and(eq(signUp.shift, shift.id), isNull(signUp.endedAt)));
	const coming = still.map((one) => one.person);
	const to = await leadersOf(tx, shift.association, jstDay(now));
	if (coming.length < shift.minimum) to.push(...(await othersOf(tx, shift.association, [...coming, actor.person])));
	await tell(tx, { kind: 'helpWanted', shift, to, by: actor, about: actor.person, now });
}

/** 代理: I cannot come, but this member of our roster comes in my place. One step: the seat is never free in between. */
export async function sendStandIn(tx: Tx, actor: Actor, shiftId: string, person: string, now: Date): Promise<void> {
	const found = await findShift(tx, actor, 'shift.join', shiftId);
	await requireMember(tx, found.association, person);
	if (found.endsAt <= now) throw new RuleBroken('error_watches_over');
	await end(tx, actor, found, actor.person, 'cannotCome', now);
	await seatIn(tx, { shift: found, person, by: actor, kind: 'standIn', id: newId(now.getTime()), now });
	const leaders = await leadersOf(tx, found.association, jstDay(now));
	await tell(tx, { kind: 'signedUp', shift: found, to: [person, ...leaders], by: actor, about: person, now });
}

/** The leader takes somebody off; they are told. */
export async function takeOff(tx: Tx, actor: Actor, shiftId: string, person: string, now: Date): Promise<void> {
	const found = await findShift(tx, actor, 'shift.edit', shiftId);
	if (found.endsAt <= now) throw new RuleBroken('error_watches_over');
	await end(tx, actor, found, person, 'takenOff', now);
	await tell(tx, { kind: 'takenOff', shift: found, to: [person], by: actor, about: person, now });
}
