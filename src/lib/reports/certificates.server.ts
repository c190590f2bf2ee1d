/** 活動証明書: what a volunteer did in a fiscal year with each of their bodies. For themself, and for the leader of that body. */
import { and, asc, eq, gt, inArray, isNull, lte, or, type SQL } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { certified, type Certified } from '#lib/patrols/certificate.ts';
import { walksOfPerson } from '#lib/patrols/personYear.server.ts';
import { leadersOf } from '#lib/people/grants.server.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { association, membership, person } from '#lib/people/tables.server.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound } from '#lib/server/errors.ts';

export type Certificate = {
	name: string;
	body: { id: string; name: string };
	fiscalYear: number;
	/** The body's leader; null where it has none: the line stays empty. */
	issuer: string | null;
	on: string;
	figures: Certified;
};

/** Bodies whose member the person was at some time of the fiscal year: a joint patrol is certified by one's own. */
const memberships = (tx: Reader, of: string, fiscalYear: number, which: SQL) =>
	tx
		.selectDistinct({
			id: membership.id,
			person: person.id,
			name: person.name,
			association: association.id,
			body: association.name,
			kana: association.kana
		})
		.from(membership)
		.innerJoin(person, eq(person.id, membership.person))
		.innerJoin(association, eq(association.id, membership.association))
		.where(
			and(
				eq(membership.municipality, of),
				lte(membership.joinedOn, fiscalYearEnd(fiscalYear)),
				or(isNull(membership.endedOn), gt(membership.endedOn, fiscalYearStart(fiscalYear))),
				which
			)
		)
		.orderBy(asc(association.kana), asc(association.id));

/** The leader of a body on a day; of several the first by name. */
async function leaderName(tx: Reader, body: string, on: string): Promise<string | null> {
	const leaders = await leadersOf(tx, body, on);
	const [first] = leaders.length
		? await tx.select({ name: person.name }).from(person).where(inArray(person.id, leaders)).orderBy(asc(person.kana))
		: [];
	return first?.name ?? null;
}

/** One's own certificates of a fiscal year: one for each body with which one walked. */
export async function ownCertificates(tx: Reader, actor: Actor, fiscalYear: number, now: Date): Promise<Certificate[]> {
	if (!can(actor, 'certificate.own', { person: actor.person })) throw new NotFound('certificate');
	const of = actor.municipality;
	const mine = await memberships(tx, of, fiscalYear, eq(membership.person, actor.person));
	const bodies = [...new Map(mine.map((one) => [one.association, one])).values()];
	const walks = await walksOfPerson(tx, of, actor.person, [...bodies.map((one) => one.association)], fiscalYear);
	const on = jstDay(now);
	const found: Certificate[] = [];
	for (const { association: id, body, name } of bodies) {
		const figures = certified(walks.filter((walk) => walk.association === id));
		if (!figures) continue;
		found.push({ name, body: { id, name: body }, fiscalYear, issuer: await leaderName(tx, id, on), on, figures });
	}
	return found;
}

/**
 * The certificate of a member of one's own body, issued by whoever asks: its leader, of the old year also the one before. Who left during
 * the year has one, too. Looking at what somebody else did leaves a line in the trail.
 */
export async function memberCertificate(tx: Tx, actor: Actor, id: string, fiscalYear: number, now: Date) {
	const of = actor.municipality;
	const [member] = await tx
		.select({ person: person.id, name: person.name, association: association.id, body: association.name })
		.from(membership)
		.innerJoin(person, eq(person.id, membership.person))
		.innerJoin(association, eq(association.id, membership.association))
		.where(and(eq(membership.id, id), eq(membership.municipality, of)));
	const on = fiscalYearEnd(fiscalYear);
	if (!member || !can(actor, 'certificate.issue', { association: member.association, on }))
		throw new NotFound('membership');
	if (member.person !== actor.person) await record(tx, actor, 'certificate.issue', 'membership', id, { fiscalYear });
	const held = await memberships(tx, of, fiscalYear, eq(membership.id, id));
	const walks = held.length ? await walksOfPerson(tx, of, member.person, [member.association], fiscalYear) : [];
	const figures = certified(walks);
	const body = { id: member.association, name: member.body };
	const certificate: Certificate | undefined = figures && {
		...{ name: member.name, body, fiscalYear, figures },
		...{ issuer: actor.name, on: jstDay(now) }
	};
	return { name: member.name, body, certificate };
}
