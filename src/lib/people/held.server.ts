/** What is held about a person, for that person: shown and exported. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { consentsOf } from './consents.server.ts';
import { mailboxOf } from './mailboxes.server.ts';
import type { Actor } from './permissions.ts';
import { pushesOf } from './pushes.server.ts';
import { account, association, membership, membershipEnding, person, roleEnding, roleGrant } from './tables.server.ts';

/** Everything this room holds about the actor. Hashes and secrets are no information about a person and stay out. */
export async function heldAbout(db: Reader, actor: Actor) {
	const [me] = await db
		.select({
			name: person.name,
			kana: person.kana,
			phone: person.phone,
			since: person.createdAt,
			loginId: account.loginId
		})
		.from(person)
		.leftJoin(account, eq(account.person, person.id))
		.where(and(eq(person.id, actor.person), eq(person.municipality, actor.municipality)));
	if (!me) throw new NotFound();
	const memberships = await db
		.select({
			id: membership.id,
			association: association.name,
			duty: membership.duty,
			joinedOn: membership.joinedOn,
			endedOn: membership.endedOn,
			reason: membershipEnding.reason
		})
		.from(membership)
		.innerJoin(association, eq(association.id, membership.association))
		.leftJoin(membershipEnding, eq(membershipEnding.membership, membership.id))
		.where(eq(membership.person, actor.person))
		.orderBy(membership.joinedOn);
	const roles = await db
		.select({
			role: roleGrant.role,
			association: roleGrant.association,
			fromOn: roleGrant.fromOn,
			untilOn: roleGrant.untilOn,
			endedOn: roleEnding.fromOn
		})
		.from(roleGrant)
		.leftJoin(roleEnding, eq(roleEnding.grant, roleGrant.id))
		.where(eq(roleGrant.person, actor.person))
		.orderBy(roleGrant.fromOn);
	const bodies = roles.flatMap((one) => one.association ?? []);
	const names = bodies.length
		? await db
				.select({ id: association.id, name: association.name })
				.from(association)
				.where(inArray(association.id, bodies))
		: [];
	return {
		...me,
		memberships,
		roles: roles.map((one) => ({
			...one,
			association: names.find((name) => name.id === one.association)?.name ?? null
		})),
		mailbox: (await mailboxOf(db, actor)) ?? null,
		pushes: await pushesOf(db, actor),
		consents: await consentsOf(db, actor)
	};
}
