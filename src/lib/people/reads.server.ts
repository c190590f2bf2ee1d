/** What the screens of people and bodies show, always through the actor. */
import { and, asc, desc, eq, gt, inArray, isNull, max } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { leadersOf } from './grants.server.ts';
import { can, reachOf, type Action, type Actor } from './permissions.ts';
import {
	account,
	association,
	associationEnding,
	associationSchool,
	invitation,
	membership,
	membershipEnding,
	person,
	roleEnding,
	roleGrant,
	session
} from './tables.server.ts';

/** A body of the actor's municipality that the action reaches, ended or not. Not theirs is not there. */
export async function reachedAssociation(db: Reader, actor: Actor, id: string, action: Action) {
	const [found] = await db
		.select({ association, endedOn: associationEnding.endedOn })
		.from(association)
		.leftJoin(associationEnding, eq(associationEnding.association, association.id))
		.where(and(eq(association.id, id), eq(association.municipality, actor.municipality)));
	if (!found) throw new NotFound();
	const schools = await db
		.select({ id: associationSchool.school })
		.from(associationSchool)
		.where(eq(associationSchool.association, id));
	const reached =
		can(actor, action, { association: id }) || schools.some((one) => can(actor, action, { school: one.id }));
	if (!reached) throw new NotFound();
	return { ...found.association, endedOn: found.endedOn, schools: schools.map((one) => one.id) };
}

/** The same, and it has not ended. */
export async function openAssociation(db: Reader, actor: Actor, id: string, action: Action) {
	const found = await reachedAssociation(db, actor, id, action);
	if (found.endedOn) throw new RuleBroken('error_association_ended');
	return found;
}

/** Open bodies of the municipality by name, for choosing. */
export const openAssociations = (db: Reader, municipality: string) =>
	db
		.select({ id: association.id, name: association.name, kana: association.kana, kind: association.kind })
		.from(association)
		.leftJoin(associationEnding, eq(associationEnding.association, association.id))
		.where(and(eq(association.municipality, municipality), isNull(associationEnding.endedOn)))
		.orderBy(association.kana);

/** The bodies whose roster the actor may open, by kana. */
export async function rosters(db: Reader, actor: Actor) {
	const reached = reachOf(actor, 'roster.see');
	const all = await openAssociations(db, actor.municipality);
	return all.filter((one) => reached.all || reached.associations.includes(one.id));
}

/**
 * The members of a body, by kana. Phone numbers, codes and devices are in the answer only where the actor may see or make them:
 * for everybody else they are not there at all.
 */
export async function membersOf(db: Reader, actor: Actor, of: string, now: Date) {
	await reachedAssociation(db, actor, of, 'roster.see');
	const rows = await db
		.select({
			membership: membership.id,
			person: person.id,
			name: person.name,
			kana: person.kana,
			duty: membership.duty,
			joinedOn: membership.joinedOn,
			phone: person.phone,
			loginId: account.loginId
		})
		.from(membership)
		.innerJoin(person, eq(person.id, membership.person))
		.leftJoin(account, eq(account.person, person.id))
		.where(and(eq(membership.association, of), isNull(membership.endedOn)))
		.orderBy(asc(person.kana), asc(person.name));
	const phones = can(actor, 'phone.see', { association: of });
	const invites = can(actor, 'invite.make', { association: of });
	const ids = rows.map((row) => row.person);
	const leaders = await leadersOf(db, of, jstDay(now));
	const seen = invites && ids.length ? await lastSeen(db, ids) : new Map<string, Date>();
	const open = invites ? await openInvitations(db, of, now) : new Map<string, Date>();
	return rows.map(({ phone, loginId, ...row }) => ({
		...row,
		leader: leaders.includes(row.person),
		...(phones && { phone }),
		...(invites && {
			access: (loginId
				? 'account'
				: seen.has(row.person)
					? 'device'
					: open.has(row.person)
						? 'code'
						: 'none') as Access,
			codeUntil: open.get(row.person) ?? null
		})
	}));
}

/** One member for the page of its leader. */
export async function memberOf(db: Reader, actor: Actor, id: string, now: Date) {
	const [found] = await db
		.select({ association: membership.association, name: association.name })
		.from(membership)
		.innerJoin(association, eq(association.id, membership.association))
		.where(and(eq(membership.id, id), eq(membership.municipality, actor.municipality), isNull(membership.endedOn)));
	if (!found || !can(actor, 'roster.edit', { association: found.association })) throw new NotFound();
	const all = await membersOf(db, actor, found.association, now);
	return { ...all.find((one) => one.membership === id)!, association: found.association, associationName: found.name };
}

export type Access = 'account' | 'device' | 'code' | 'none';

async function lastSeen(db: Reader, people: string[]): Promise<Map<string, Date>> {
	const rows = await db
		.select({ person: session.person, at: max(session.lastSeenAt) })
		.from(session)
		.where(inArray(session.person, people))
		.groupBy(session.person);
	return new Map(rows.flatMap((row) => (row.at ? [[row.person, row.at]] : [])));
}

async function openInvitations(db: Reader, of: string, now: Date): Promise<Map<string, Date>> {
	const rows = await db
		.select({ person: invitation.person, expiresAt: invitation.expiresAt })
		.from(invitation)
		.where(
			and(
				eq(invitation.association, of),
				isNull(invitation.usedAt),
				isNull(invitation.revokedAt),
				gt(invitation.expiresAt, now)
			)
		);
	return new Map(rows.map((row) => [row.person, row.expiresAt]));
}

/** Memberships of a body that have ended, the latest first: who belonged until when. */
export async function pastMembersOf(db: Reader, actor: Actor, of: string) {
	await reachedAssociation(db, actor, of, 'roster.edit');
	return db
		.select({
			membership: membership.id,
			name: person.name,
			joinedOn: membership.joinedOn,
			endedOn: membership.endedOn,
			reason: membershipEnding.reason
		})
		.from(membership)
		.innerJoin(person, eq(person.id, membership.person))
		.innerJoin(membershipEnding, eq(membershipEnding.membership, membership.id))
		.where(eq(membership.association, of))
		.orderBy(desc(membership.endedOn), asc(person.kana));
}

/** Who held the role of leader in a body, the latest first. */
export async function leadersHistory(db: Reader, actor: Actor, of: string) {
	await reachedAssociation(db, actor, of, 'roster.see');
	return db
		.select({
			grant: roleGrant.id,
			name: person.name,
			fromOn: roleGrant.fromOn,
			untilOn: roleGrant.untilOn,
			endedOn: roleEnding.fromOn
		})
		.from(roleGrant)
		.innerJoin(person, eq(person.id, roleGrant.person))
		.leftJoin(roleEnding, eq(roleEnding.grant, roleGrant.id))
		.where(and(eq(roleGrant.association, of), eq(roleGrant.role, 'leader')))
		.orderBy(desc(roleGrant.fromOn));
}

/** The bodies the actor may see, by kana, with what the list shows. */
export async function associationsOf(db: Reader, actor: Actor) {
	const reached = reachOf(actor, 'association.see');
	const rows = await db
		.select({ association, endedOn: associationEnding.endedOn })
		.from(association)
		.leftJoin(associationEnding, eq(associationEnding.association, association.id))
		.where(eq(association.municipality, actor.municipality))
		.orderBy(asc(association.kana));
	const districts = reached.schools.length
		? await db.select().from(associationSchool).where(inArray(associationSchool.school, reached.schools))
		: [];
	const own = new Set([...reached.associations, ...districts.map((one) => one.association)]);
	return rows
		.filter((row) => reached.all || own.has(row.association.id))
		.map(({ association: { id, kind, name, kana, towns, memberCount, registeredOn }, endedOn }) => ({
			...{ id, kind, name, kana, towns, memberCount, registeredOn },
			endedOn
		}));
}
