/** Which bodies' watches a person reaches, and which bodies' people they may enter. Every read and verb of this room asks here. */
import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { Column } from '#lib/server/db/columns.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { association, associationSchool, membership } from '#lib/people/tables.server.ts';
import { reachOf, type Action, type Actor } from '#lib/people/permissions.ts';

/** The bodies an action of the actor reaches; `'all'` for the whole municipality. A school reaches the bodies of its district. */
export async function bodiesOf(reader: Reader, actor: Actor, action: Action): Promise<string[] | 'all'> {
	const reached = reachOf(actor, action);
	if (reached.all) return 'all';
	if (reached.schools.length === 0) return reached.associations;
	const near = await reader
		.select({ id: associationSchool.association })
		.from(associationSchool)
		.where(
			and(eq(associationSchool.municipality, actor.municipality), inArray(associationSchool.school, reached.schools))
		);
	return [...new Set([...reached.associations, ...near.map((one) => one.id)])];
}

/** The WHERE of a table's rows the actor reaches. */
export async function within(
	reader: Reader,
	actor: Actor,
	action: Action,
	of: { municipality: Column; association: Column }
): Promise<SQL> {
	const bodies = await bodiesOf(reader, actor, action);
	const here = eq(of.municipality, actor.municipality);
	return bodies === 'all' ? here : and(here, inArray(of.association, bodies))!;
}

/** The association, if the action reaches it; otherwise it does not exist. */
export async function requireBody(reader: Reader, actor: Actor, action: Action, id: string): Promise<string> {
	const bodies = await bodiesOf(reader, actor, action);
	if (bodies !== 'all') {
		if (bodies.includes(id)) return id;
		throw new NotFound('association');
	}
	const [found] = await reader
		.select({ id: association.id })
		.from(association)
		.where(and(eq(association.id, id), eq(association.municipality, actor.municipality)));
	if (!found) throw new NotFound('association');
	return id;
}

/** Names of the bodies an action reaches, by kana. */
export async function bodiesToChoose(reader: Reader, actor: Actor, action: Action) {
	const where = await within(reader, actor, action, {
		municipality: association.municipality,
		association: association.id
	});
	return reader
		.select({ id: association.id, name: association.name })
		.from(association)
		.where(where)
		.orderBy(association.kana);
}

/** Only who stands on the roster takes a seat of that body. */
export async function requireMember(reader: Reader, body: string, person: string): Promise<void> {
	const [found] = await reader
		.select({ id: membership.id })
		.from(membership)
		.where(and(eq(membership.association, body), eq(membership.person, person), isNull(membership.endedOn)));
	if (!found) throw new RuleBroken('error_watches_not_member', 'person');
}
