/** Which roles a person holds on a JST day: from memberships, grants and their endings. */
import { and, eq, gt, gte, isNull, lte, ne, or } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/index.ts';
import type { Grant } from './permissions.ts';
import { membership, roleEnding, roleGrant } from './tables.server.ts';

/** The grants of a person on a day. A volunteer follows from each current membership. */
export async function grantsOf(db: Reader, municipality: string, person: string, day: string): Promise<Grant[]> {
	const member = await db
		.select({ association: membership.association })
		.from(membership)
		.where(
			and(
				eq(membership.municipality, municipality),
				eq(membership.person, person),
				lte(membership.joinedOn, day),
				or(isNull(membership.endedOn), gt(membership.endedOn, day))
			)
		);
	const year = Number(day.slice(0, 4));
	const lastMarch = `${year}-03-31`;
	const inGrace = day > lastMarch && day <= `${year}-05-31`;
	const rows = await db
		.select({ grant: roleGrant, ended: roleEnding.fromOn })
		.from(roleGrant)
		.leftJoin(roleEnding, eq(roleEnding.grant, roleGrant.id))
		.where(
			and(
				eq(roleGrant.municipality, municipality),
				eq(roleGrant.person, person),
				lte(roleGrant.fromOn, day),
				gte(roleGrant.untilOn, inGrace ? lastMarch : day)
			)
		);
	const grants: Grant[] = member.map(({ association }) => ({ role: 'volunteer', association }));
	for (const { grant, ended } of rows) {
		if (ended && ended <= day) continue;
		if (grant.untilOn >= day)
			grants.push({
				role: grant.role,
				...(grant.association && { association: grant.association }),
				...(grant.section && { section: grant.section }),
				...(grant.school && { school: grant.school }),
				untilOn: grant.untilOn
			});
		else if (grant.role === 'leader' && grant.association && !(await succeeded(db, grant, day)))
			grants.push({
				role: 'pastLeader',
				association: grant.association,
				untilOn: `${year}-05-31`,
				upTo: grant.untilOn
			});
	}
	return grants;
}

/** Has somebody else become leader of the same association after this grant ran out, or is the person leader again? */
async function succeeded(db: Reader, grant: typeof roleGrant.$inferSelect, day: string): Promise<boolean> {
	const [next] = await db
		.select({ id: roleGrant.id })
		.from(roleGrant)
		.where(
			and(
				eq(roleGrant.municipality, grant.municipality),
				eq(roleGrant.association, grant.association!),
				eq(roleGrant.role, 'leader'),
				gt(roleGrant.fromOn, grant.untilOn),
				lte(roleGrant.fromOn, day),
				ne(roleGrant.id, grant.id)
			)
		)
		.limit(1);
	return next !== undefined;
}
