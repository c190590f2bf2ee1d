/** The leader's role goes to a successor: offered, then accepted; the old grant ends with the new one recorded. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { can, type Actor } from './permissions.ts';
import { association, membership, person, roleEnding, roleGrant, roleOffer, roleOfferAnswer } from './tables.server.ts';

/** The latest grant as leader that the actor holds in a body, ended by its date perhaps but not by a row. */
async function ownGrant(db: Reader, actor: Actor, of: string) {
	const [found] = await db
		.select({ grant: roleGrant })
		.from(roleGrant)
		.leftJoin(roleEnding, eq(roleEnding.grant, roleGrant.id))
		.where(
			and(
				eq(roleGrant.municipality, actor.municipality),
				eq(roleGrant.person, actor.person),
				eq(roleGrant.association, of),
				eq(roleGrant.role, 'leader'),
				isNull(roleEnding.grant)
			)
		)
		.orderBy(desc(roleGrant.untilOn))
		.limit(1);
	if (!found || !can(actor, 'role.handOver', { association: of, on: found.grant.untilOn })) throw new NotFound();
	return found.grant;
}

/** Offers the actor's role to a member of the same body, from a day on. An older open offer of this role is withdrawn. */
export async function offerRole(
	tx: Tx,
	actor: Actor,
	of: string,
	input: { successor: string; fromOn: string },
	now: Date
): Promise<string> {
	const grant = await ownGrant(tx, actor, of);
	const today = jstDay(now);
	if (input.successor === actor.person) throw new RuleBroken('error_offer_self', 'successor');
	// Not before today, and not further than the day after the role would end anyway (at least two months on).
	const furthest = [addDays(grant.untilOn, 1), addDays(today, 62)].sort()[1]!;
	if (input.fromOn < today || input.fromOn > furthest) throw new RuleBroken('error_offer_day', 'fromOn');
	const [member] = await tx
		.select({ id: membership.id })
		.from(membership)
		.where(
			and(
				eq(membership.person, input.successor),
				eq(membership.association, of),
				eq(membership.municipality, actor.municipality),
				isNull(membership.endedOn)
			)
		);
	if (!member) throw new NotFound();
	for (const open of await openOffers(tx, eq(roleOffer.grant, grant.id)))
		await answerOffer(tx, actor, open.id, 'withdrawn', null, now);
	const id = newId(now.getTime());
	await tx
		.insert(roleOffer)
		.values({ id, municipality: actor.municipality, grant: grant.id, ...input, by: actor.person, at: now });
	await record(tx, actor, 'role.offer', 'roleOffer', id);
	return id;
}

/** The one who offered takes it back. */
export async function withdrawOffer(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	const [open] = await openOffers(tx, eq(roleOffer.id, id));
	if (!open || open.by !== actor.person) throw new NotFound();
	await answerOffer(tx, actor, id, 'withdrawn', null, now);
}

/** The successor says no. */
export async function declineOffer(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	await ownOffer(tx, actor, id);
	await answerOffer(tx, actor, id, 'declined', null, now);
}

/** The successor takes the role: until the next 31 March after its first day. From that day on the one before has it no more. */
export async function acceptOffer(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	const offer = await ownOffer(tx, actor, id);
	const [old] = await tx
		.select({ grant: roleGrant })
		.from(roleGrant)
		.leftJoin(roleEnding, eq(roleEnding.grant, roleGrant.id))
		.where(and(eq(roleGrant.id, offer.grant), isNull(roleEnding.grant)));
	if (!old) throw new RuleBroken('error_offer_over');
	const today = jstDay(now);
	const fromOn = offer.fromOn > today ? offer.fromOn : today;
	const grant = newId(now.getTime());
	const of = actor.municipality;
	await tx.insert(roleGrant).values({
		id: grant,
		municipality: of,
		person: actor.person,
		role: 'leader',
		association: old.grant.association,
		fromOn,
		untilOn: fiscalYearEnd(fiscalYearOf(fromOn)),
		grantedBy: offer.by,
		at: now
	});
	await tx.insert(roleEnding).values({
		grant: old.grant.id,
		municipality: of,
		fromOn,
		reason: 'handedOver',
		successor: grant,
		by: offer.by,
		at: now
	});
	await answerOffer(tx, actor, id, 'accepted', grant, now);
}

async function ownOffer(tx: Tx, actor: Actor, id: string) {
	const [open] = await openOffers(tx, eq(roleOffer.id, id));
	if (!open || open.successor !== actor.person) throw new NotFound();
	return open;
}

async function answerOffer(
	tx: Tx,
	actor: Actor,
	offer: string,
	answer: 'accepted' | 'declined' | 'withdrawn',
	grant: string | null,
	now: Date
): Promise<void> {
	await tx.insert(roleOfferAnswer).values({ offer, municipality: actor.municipality, answer, grant, at: now });
	await record(tx, actor, `role.${answer}`, 'roleOffer', offer);
}

async function openOffers(db: Reader, which: ReturnType<typeof eq>) {
	const rows = await db
		.select({ offer: roleOffer })
		.from(roleOffer)
		.leftJoin(roleOfferAnswer, eq(roleOfferAnswer.offer, roleOffer.id))
		.where(and(which, isNull(roleOfferAnswer.answer)));
	return rows.map((row) => row.offer);
}

/** Open offers to the actor: what waits on the home screen and on the page of the offer. */
export async function offersTo(db: Reader, actor: Actor) {
	return db
		.select({
			id: roleOffer.id,
			fromOn: roleOffer.fromOn,
			association: association.name,
			by: person.name
		})
		.from(roleOffer)
		.innerJoin(roleGrant, eq(roleGrant.id, roleOffer.grant))
		.innerJoin(association, eq(association.id, roleGrant.association))
		.innerJoin(person, eq(person.id, roleOffer.by))
		.leftJoin(roleOfferAnswer, eq(roleOfferAnswer.offer, roleOffer.id))
		.where(
			and(
				eq(roleOffer.municipality, actor.municipality),
				eq(roleOffer.successor, actor.person),
				isNull(roleOfferAnswer.answer)
			)
		);
}

/** The actor's own role in a body and the open offer of it, for the page where it is handed over. */
export async function handoverOf(db: Reader, actor: Actor, of: string) {
	const grant = await ownGrant(db, actor, of);
	const [open] = await openOffers(db, eq(roleOffer.grant, grant.id));
	const [successor] = open
		? await db.select({ name: person.name }).from(person).where(eq(person.id, open.successor))
		: [];
	return {
		untilOn: grant.untilOn,
		offer: open && { id: open.id, fromOn: open.fromOn, successor: successor!.name }
	};
}
