/** Which roles a person holds on a JST day: from memberships, grants and their endings. */
import { and, eq, gt, gte, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/index.ts';
import { once } from '#lib/server/db/once.ts';
import type { Grant } from './permissions.ts';
import { membership, roleEnding, roleGrant } from './tables.server.ts';

const of = sql.placeholder('municipality');
const who = sql.placeholder('person');
const on = sql.placeholder('day');

// Every request asks these two.
const memberships = once((db: Reader) =>
	db
		.select({ association: membership.association })
		.from(membership)
		.where(
			and(
				eq(membership.municipality, of),
				eq(membership.person, who),
				lte(membership.joinedOn, on),
				or(isNull(membership.endedOn), gt(membership.endedOn, on))
			)
		)
		.prepare()
);
/** The end of a grant, looked up beside each row: dearer as a join. */
const endOf = (db: Reader) =>
	db.select({ on: roleEnding.fromOn }).from(roleEnding).where(eq(roleEnding.grant, roleGrant.id));
const roles = once((db: Reader) =>
	db
		.select({
			id: roleGrant.id,
			municipality: roleGrant.municipality,
			role: roleGrant.role,
			association: roleGrant.association,
			section: roleGrant.section,
			school: roleGrant.school,
			untilOn: roleGrant.untilOn,
			ended: sql<string | null>`${endOf(db)}`
		})
		.from(roleGrant)
		.where(
			and(
				eq(roleGrant.municipality, of),
				eq(roleGrant.person, who),
				lte(roleGrant.fromOn, on),
				gte(roleGrant.untilOn, sql.placeholder('until'))
			)
		)
		.prepare()
);

/** The grants of a person on a day. A volunteer follows from each current membership. */
export async function grantsOf(db: Reader, municipality: string, person: string, day: string): Promise<Grant[]> {
	const member = await memberships(db).execute({ municipality, person, day });
	const year = Number(day.slice(0, 4));
	const lastMarch = `${year}-03-31`;
	const inGrace = day > lastMarch && day <= `${year}-05-31`;
	const until = inGrace ? lastMarch : day;
	const rows = await roles(db).execute({ municipality, person, day, until });
	const grants: Grant[] = member.map(({ association }) => ({ role: 'volunteer', association }));
	for (const grant of rows) {
		if (grant.ended && grant.ended <= day) continue;
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
async function succeeded(
	db: Reader,
	grant: Pick<typeof roleGrant.$inferSelect, 'id' | 'municipality' | 'association' | 'untilOn'>,
	day: string
): Promise<boolean> {
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
