/** Bodies that take part, with every field that rules of eligibility ask for. */
import { and, eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { AssociationInput } from './association.ts';
import { endAllMemberships } from './members.server.ts';
import { can, type Actor } from './permissions.ts';
import { openAssociation } from './reads.server.ts';
import { association, associationEnding, associationSchool, school } from './tables.server.ts';

export async function addAssociation(tx: Tx, actor: Actor, input: AssociationInput, now: Date): Promise<string> {
	if (!can(actor, 'association.edit', {})) throw new NotFound();
	const { schools, ...fields } = input;
	await refuseSameName(tx, actor, fields.name);
	const id = newId();
	await tx.insert(association).values({ id, municipality: actor.municipality, ...fields, createdAt: now });
	await setSchools(tx, actor, id, schools);
	await record(tx, actor, 'association.add', 'association', id, { kind: fields.kind });
	return id;
}

export async function editAssociation(tx: Tx, actor: Actor, id: string, input: AssociationInput): Promise<void> {
	await openAssociation(tx, actor, id, 'association.edit');
	const { schools, ...fields } = input;
	await refuseSameName(tx, actor, fields.name, id);
	await tx.update(association).set(fields).where(eq(association.id, id));
	await setSchools(tx, actor, id, schools);
	await record(tx, actor, 'association.edit', 'association', id);
}

/** A body ends with a reason: its memberships and roles end, what it did stays. */
export async function endAssociation(tx: Tx, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	await openAssociation(tx, actor, id, 'association.edit');
	await tx
		.insert(associationEnding)
		.values({ association: id, municipality: actor.municipality, endedOn: jstDay(now), reason, at: now });
	await endAllMemberships(tx, actor, id, now);
	await record(tx, actor, 'association.end', 'association', id);
}

async function refuseSameName(tx: Tx, actor: Actor, name: string, but?: string): Promise<void> {
	const [same] = await tx
		.select({ id: association.id })
		.from(association)
		.where(and(eq(association.municipality, actor.municipality), eq(association.name, name)));
	if (same && same.id !== but) throw new RuleBroken('error_association_there', 'name');
}

async function setSchools(tx: Tx, actor: Actor, id: string, schools: string[]): Promise<void> {
	const own = await tx.select({ id: school.id }).from(school).where(eq(school.municipality, actor.municipality));
	if (schools.some((one) => !own.some((mine) => mine.id === one))) throw new NotFound();
	await tx.delete(associationSchool).where(eq(associationSchool.association, id));
	for (const one of new Set(schools))
		await tx.insert(associationSchool).values({ municipality: actor.municipality, association: id, school: one });
}
