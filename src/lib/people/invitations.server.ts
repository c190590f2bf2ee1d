/** A leader's code for a named member: one use, expires, revocable. Only its hash rests here. */
import { randomInt } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { alphabet, CODE_LENGTH } from './code.ts';
import { addConsent } from './consents.server.ts';
import { openMembership } from './members.server.ts';
import { can, type Actor } from './permissions.ts';
import { actorOf, hashed } from './sessions.server.ts';
import { account, association, invitation, membership, person, roleEnding, roleGrant } from './tables.server.ts';

const DAYS = 14;

/**
 * Makes a code for a member; an older open one of the same person dies. The code is returned here and nowhere else, ever.
 * Whoever signs in with a password, or belongs to a body the actor does not reach, is not let in by a leader's code: otherwise a
 * leader could become that person elsewhere.
 */
export async function makeInvitation(tx: Tx, actor: Actor, member: string, now: Date) {
	const found = await openMembership(tx, actor, member, 'invite.make');
	const who = found.person.id;
	await refuseElsewhere(tx, actor, who);
	await tx
		.update(invitation)
		.set({ revokedAt: now })
		.where(and(eq(invitation.person, who), isNull(invitation.usedAt), isNull(invitation.revokedAt)));
	const code = Array.from({ length: CODE_LENGTH }, () => alphabet[randomInt(alphabet.length)]).join('');
	const made = {
		id: newId(),
		municipality: actor.municipality,
		association: found.membership.association,
		person: who,
		by: actor.person,
		at: now,
		expiresAt: new Date(now.getTime() + DAYS * 86_400_000)
	};
	await tx.insert(invitation).values({ ...made, codeHash: codeHash(actor.municipality, code) });
	await record(tx, actor, 'invitation.make', 'invitation', made.id);
	return { id: made.id, code, name: found.person.name, expiresAt: made.expiresAt };
}

async function refuseElsewhere(tx: Tx, actor: Actor, who: string): Promise<void> {
	const [signsIn] = await tx.select({ id: account.person }).from(account).where(eq(account.person, who));
	const [holdsRole] = await tx
		.select({ id: roleGrant.id })
		.from(roleGrant)
		.leftJoin(roleEnding, eq(roleEnding.grant, roleGrant.id))
		.where(and(eq(roleGrant.person, who), isNull(roleEnding.grant)));
	if (signsIn || holdsRole) throw new RuleBroken('error_invite_has_account');
	const memberships = await tx
		.select({ association: membership.association })
		.from(membership)
		.where(and(eq(membership.person, who), isNull(membership.endedOn)));
	if (!memberships.every((one) => can(actor, 'invite.make', one))) throw new RuleBroken('error_invite_elsewhere');
}

/** Takes an unused code back. */
export async function revokeInvitation(tx: Tx, actor: Actor, member: string, now: Date): Promise<void> {
	const found = await openMembership(tx, actor, member, 'invite.make');
	const gone = await tx
		.update(invitation)
		.set({ revokedAt: now })
		.where(
			and(
				eq(invitation.person, found.person.id),
				eq(invitation.association, found.membership.association),
				isNull(invitation.usedAt),
				isNull(invitation.revokedAt)
			)
		)
		.returning({ id: invitation.id });
	for (const { id } of gone) await record(tx, actor, 'invitation.revoke', 'invitation', id);
}

/** Who invites whom, for the page that a code opens. Undefined when it is used, over, revoked or never was. */
export async function invitationOf(db: Reader, municipality: string, code: string, now: Date) {
	const [found] = await db
		.select({ invitation, name: person.name, association: association.name })
		.from(invitation)
		.innerJoin(person, eq(person.id, invitation.person))
		.innerJoin(association, eq(association.id, invitation.association))
		.where(usable(municipality, code, now));
	if (!found) return undefined;
	const [leader] = await db.select({ name: person.name }).from(person).where(eq(person.id, found.invitation.by));
	return { name: found.name, association: found.association, leader: leader!.name };
}

/**
 * Claims the entry: of two devices at the same moment one wins, by the WHERE. The consent is part of it.
 * Throws `RuleBroken('error_code_over')` when the code opens nothing.
 */
export async function claimInvitation(
	tx: Tx,
	municipality: string,
	code: string,
	consent: { version: string; text: string },
	now: Date
): Promise<Actor> {
	const [claimed] = await tx
		.update(invitation)
		.set({ usedAt: now })
		.where(usable(municipality, code, now))
		.returning({ id: invitation.id, person: invitation.person });
	const actor = claimed && (await actorOf(tx, municipality, claimed.person, now));
	if (!actor) throw new RuleBroken('error_code_over');
	// Between printing and claiming the member may have got a role with a password: then the code opens nothing.
	if (actor.grants.length === 0 || actor.grants.some((grant) => grant.role !== 'volunteer'))
		throw new RuleBroken('error_code_over');
	await addConsent(tx, actor, 'membership', consent, now);
	await record(tx, actor, 'invitation.claim', 'invitation', claimed!.id);
	return actor;
}

const usable = (municipality: string, code: string, now: Date) =>
	and(
		eq(invitation.codeHash, codeHash(municipality, code)),
		eq(invitation.municipality, municipality),
		isNull(invitation.usedAt),
		isNull(invitation.revokedAt),
		gt(invitation.expiresAt, now)
	);

/** Salted by the municipality, so that one guess is not a guess at every town's codes. */
const codeHash = (municipality: string, code: string) => hashed(`${municipality}:${code}`);
