/** The roster: members by name first. */
import { and, eq, isNull } from 'drizzle-orm';
import { newId } from '#lib/server/db/ids.ts';
import { jstDay } from '#lib/calendar/day.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { LeaveReason, MemberInput } from './member.ts';
import { can, type Action, type Actor } from './permissions.ts';
import { openAssociation } from './reads.server.ts';
import { invitation, membership, membershipEnding, person, roleEnding, roleGrant } from './tables.server.ts';

/** Adds a member by name. The same name, kana and phone twice is a double press and refused. */
export async function addMember(tx: Tx, actor: Actor, association: string, input: MemberInput, now: Date) {
	await openAssociation(tx, actor, association, 'roster.edit');
	const { duty, ...who } = input;
	const there = await tx
		.select({ phone: person.phone })
		.from(membership)
		.innerJoin(person, eq(person.id, membership.person))
		.where(
			and(
				eq(membership.association, association),
				isNull(membership.endedOn),
				eq(person.name, who.name),
				eq(person.kana, who.kana)
			)
		);
	if (there.some((one) => one.phone === who.phone)) throw new RuleBroken('error_member_there', 'name');
	const id = newId();
	await tx.insert(person).values({ id, municipality: actor.municipality, ...who, createdAt: now });
	return { person: id, membership: await enter(tx, actor, id, association, duty, now) };
}

/** Writes a person into the roster of a body. Returns the membership. */
async function enter(tx: Tx, actor: Actor, who: string, association: string, duty: string | null, now: Date) {
	const id = newId();
	const of = { municipality: actor.municipality, person: who, association };
	await tx.insert(membership).values({ id, ...of, duty, joinedOn: jstDay(now) });
	await record(tx, actor, 'member.add', 'membership', id);
	return id;
}

/**
 * Lets a leader stand in the roster of the body, once. Who leads a body walks with it too: without a place there no walk could name the
 * first leader. Whoever gives the role has asked whether they may.
 */
export async function standInRoster(tx: Tx, actor: Actor, who: string, association: string, now: Date): Promise<void> {
	const [there] = await tx
		.select({ id: membership.id })
		.from(membership)
		.where(and(eq(membership.person, who), eq(membership.association, association), isNull(membership.endedOn)));
	if (!there) await enter(tx, actor, who, association, null, now);
}

/** A membership that lasts, through the actor. Not theirs is not there. */
export async function openMembership(tx: Tx, actor: Actor, id: string, action: Action) {
	const [found] = await tx
		.select({ membership, person })
		.from(membership)
		.innerJoin(person, eq(person.id, membership.person))
		.where(and(eq(membership.id, id), eq(membership.municipality, actor.municipality), isNull(membership.endedOn)));
	if (!found || !can(actor, action, { association: found.membership.association })) throw new NotFound();
	return found;
}

export async function editMember(tx: Tx, actor: Actor, id: string, input: MemberInput): Promise<void> {
	const found = await openMembership(tx, actor, id, 'roster.edit');
	const { duty, ...who } = input;
	await tx.update(membership).set({ duty }).where(eq(membership.id, id));
	await tx.update(person).set(who).where(eq(person.id, found.person.id));
	await record(tx, actor, 'member.edit', 'membership', id);
}

/** Ends a membership: what the person did stays. Open codes and the role of leader in this body end with it. Returns the body. */
export async function endMembership(tx: Tx, actor: Actor, id: string, reason: LeaveReason, now: Date): Promise<string> {
	const found = await openMembership(tx, actor, id, 'roster.edit');
	await endFound(tx, actor, found.membership, reason, now);
	return found.membership.association;
}

/** A member leaves by themselves. */
export async function leave(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	const [found] = await tx
		.select()
		.from(membership)
		.where(and(eq(membership.id, id), eq(membership.person, actor.person), isNull(membership.endedOn)));
	if (!found || found.municipality !== actor.municipality) throw new NotFound();
	await endFound(tx, actor, found, 'self', now);
}

async function endFound(
	tx: Tx,
	actor: Actor,
	found: typeof membership.$inferSelect,
	reason: LeaveReason | 'self' | 'associationEnded',
	now: Date
): Promise<void> {
	const today = jstDay(now);
	const of = actor.municipality;
	const ended = await tx
		.update(membership)
		.set({ endedOn: today })
		.where(and(eq(membership.id, found.id), isNull(membership.endedOn)))
		.returning({ id: membership.id });
	if (ended.length !== 1) throw new NotFound();
	await tx
		.insert(membershipEnding)
		.values({ membership: found.id, municipality: of, reason, by: actor.person, at: now });
	await tx
		.update(invitation)
		.set({ revokedAt: now })
		.where(
			and(
				eq(invitation.person, found.person),
				eq(invitation.association, found.association),
				isNull(invitation.usedAt),
				isNull(invitation.revokedAt)
			)
		);
	const roles = await tx
		.select({ id: roleGrant.id })
		.from(roleGrant)
		.leftJoin(roleEnding, eq(roleEnding.grant, roleGrant.id))
		.where(
			and(eq(roleGrant.person, found.person), eq(roleGrant.association, found.association), isNull(roleEnding.grant))
		);
	for (const { id } of roles)
		await tx
			.insert(roleEnding)
			.values({ grant: id, municipality: of, fromOn: today, reason, by: actor.person, at: now });
	await record(tx, actor, 'member.end', 'membership', found.id, { reason });
}

/** Ends every membership of a body that has ended. */
export async function endAllMemberships(tx: Tx, actor: Actor, association: string, now: Date): Promise<void> {
	const open = await tx
		.select()
		.from(membership)
		.where(and(eq(membership.association, association), isNull(membership.endedOn)));
	for (const one of open) await endFound(tx, actor, one, 'associationEnded', now);
}
