/** Which roles a person holds on a JST day: from memberships, grants and their endings. */
import { and, eq, gt, gte, isNull, lte, ne, notExists, or, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/index.ts';
import { once } from '#lib/server/db/once.ts';
import type { Grant, Role } from './permissions.ts';
import { membership, roleEnding, roleGrant } from './tables.server.ts';

const of = sql.placeholder('municipality');
const who = sql.placeholder('person');
const on = sql.placeholder('day');

/** The end of a grant, looked up beside each row: dearer as a join. */
const endOf = (db: Reader, when?: SQL) =>
	db
		.select({ on: roleEnding.fromOn })
		.from(roleEnding)
		.where(and(eq(roleEnding.grant, roleGrant.id), when));
// Every request asks it: memberships and roles in one go.
const held = once((db: Reader) =>
	db
		.select({
			id: membership.id,
			role: sql<Role>`'volunteer'`.as('role'),
			association: sql<string | null>`${membership.association}`,
			section: sql<string | null>`null`,
			school: sql<string | null>`null`,
			untilOn: sql<string | null>`null`,
			ended: sql<string | null>`null`
		})
		.from(membership)
		.where(
			and(
				eq(membership.municipality, of),
				eq(membership.person, who),
				lte(membership.joinedOn, on),
				or(isNull(membership.endedOn), gt(membership.endedOn, on))
			)
		)
		.unionAll(
			db
				.select({
					id: roleGrant.id,
					role: sql<Role>`${roleGrant.role}`.as('role'),
					association: sql<string | null>`${roleGrant.association}`,
					section: sql<string | null>`${roleGrant.section}`,
					school: sql<string | null>`${roleGrant.school}`,
					untilOn: sql<string | null>`${roleGrant.untilOn}`,
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
		)
		.prepare()
);

/** The grants of a person on a day. A volunteer follows from each current membership. */
export async function grantsOf(db: Reader, municipality: string, person: string, day: string): Promise<Grant[]> {
	const year = Number(day.slice(0, 4));
	const lastMarch = `${year}-03-31`;
	const inGrace = day > lastMarch && day <= `${year}-05-31`;
	const until = inGrace ? lastMarch : day;
	const rows = await held(db).execute({ municipality, person, day, until });
	const grants: Grant[] = [];
	for (const { id, role, association, section, school, untilOn, ended } of rows) {
		if (ended && ended <= day) continue;
		if (untilOn === null || untilOn >= day)
			grants.push({
				role,
				...(association && { association }),
				...(section && { section }),
				...(school && { school }),
				...(untilOn && { untilOn })
			});
		else if (
			role === 'leader' &&
			association &&
			!(await succeeded(db, { id, municipality, association, untilOn }, day))
		)
			grants.push({ role: 'pastLeader', association, untilOn: `${year}-05-31`, upTo: untilOn });
	}
	return grants;
}

/** Has somebody else become leader of the same association after this grant ran out, or is the person leader again? */
async function succeeded(
	db: Reader,
	grant: { id: string; municipality: string; association: string; untilOn: string },
	day: string
): Promise<boolean> {
	const [next] = await db
		.select({ id: roleGrant.id })
		.from(roleGrant)
		.where(
			and(
				eq(roleGrant.municipality, grant.municipality),
				eq(roleGrant.association, grant.association),
				eq(roleGrant.role, 'leader'),
				gt(roleGrant.fromOn, grant.untilOn),
				lte(roleGrant.fromOn, day),
				ne(roleGrant.id, grant.id)
			)
		)
		.limit(1);
	return next !== undefined;
}

/** Who holds a stored role in a municipality on a day. */
export const holdersOf = (db: Reader, municipality: string, role: Role, day: string) =>
	holders(db, and(eq(roleGrant.municipality, municipality), eq(roleGrant.role, role)), day);

/** The leaders of a body on a day. */
export const leadersOf = (db: Reader, association: string, day: string) =>
	holders(db, and(eq(roleGrant.association, association), eq(roleGrant.role, 'leader')), day);

async function holders(db: Reader, whose: SQL | undefined, day: string): Promise<string[]> {
	const ended = endOf(db, lte(roleEnding.fromOn, day));
	const found = await db
		.selectDistinct({ person: roleGrant.person })
		.from(roleGrant)
		.where(and(whose, lte(roleGrant.fromOn, day), gte(roleGrant.untilOn, day), notExists(ended)));
	return found.map((one) => one.person);
}
