/** A person's calendar address: made, shown once, revoked; and what it answers. */
import { createHash, randomBytes } from 'node:crypto';
import { and, asc, eq, gte, isNull } from 'drizzle-orm';
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound } from '#lib/server/errors.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { calendarFeed, place, shift, shiftCancelling, signUp } from './tables.server.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** The feed that is on, or undefined. The address itself cannot be shown again. */
export async function feedOf(reader: Reader, actor: Actor): Promise<{ at: Date } | undefined> {
	const [found] = await reader
		.select({ at: calendarFeed.at })
		.from(calendarFeed)
		.where(and(eq(calendarFeed.person, actor.person), isNull(calendarFeed.endedAt)));
	return found;
}

/** Ends the address: from the next request on it answers 404. */
export async function revokeFeed(tx: Tx, actor: Actor, now: Date): Promise<void> {
	const ended = await tx
		.update(calendarFeed)
		.set({ endedAt: now })
		.where(and(eq(calendarFeed.person, actor.person), isNull(calendarFeed.endedAt)));
	if (ended.changes) await record(tx, actor, 'watches.revokeFeed', 'person', actor.person);
}

/** A new address; the old one ends. The token is returned this once. */
export async function makeFeed(tx: Tx, actor: Actor, now: Date): Promise<string> {
	await revokeFeed(tx, actor, now);
	const token = randomBytes(24).toString('base64url');
	await tx.insert(calendarFeed).values({
		id: newId(now.getTime()),
		municipality: actor.municipality,
		person: actor.person,
		hash: hashOf(token),
		at: now
	});
	await record(tx, actor, 'watches.makeFeed', 'person', actor.person);
	return token;
}

/** The watches behind an address: the person's own seats of the last 31 days and all to come, called-off ones among them. */
export async function watchesOfFeed(reader: Reader, municipality: string, token: string, now: Date) {
	const [feed] = await reader
		.select({ person: calendarFeed.person })
		.from(calendarFeed)
		.where(
			and(
				eq(calendarFeed.hash, hashOf(token)),
				eq(calendarFeed.municipality, municipality),
				isNull(calendarFeed.endedAt)
			)
		);
	if (!feed) throw new NotFound('feed');
	return reader
		.select({
			id: shift.id,
			startsAt: shift.startsAt,
			endsAt: shift.endsAt,
			programme: shift.programme,
			place: place.name,
			meetingSpot: place.meetingSpot,
			note: shift.note,
			reason: shiftCancelling.reason,
			joinedAt: signUp.at,
			cancelledAt: shiftCancelling.at
		})
		.from(signUp)
		.innerJoin(shift, eq(shift.id, signUp.shift))
		.innerJoin(place, eq(place.id, shift.place))
		.leftJoin(shiftCancelling, eq(shiftCancelling.shift, shift.id))
		.where(and(eq(signUp.person, feed.person), isNull(signUp.endedAt), gte(shift.onDay, addDays(jstDay(now), -31))))
		.orderBy(asc(shift.onDay), asc(shift.from))
		.limit(1000);
}
