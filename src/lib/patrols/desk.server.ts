/** What a leader at the desk needs to type a log in: bodies, rosters, places, cars, and the watches nobody has logged yet. */
import { and, asc, eq, gte, inArray, isNull, lte, notExists, or, sql } from 'drizzle-orm';
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { association, membership, person } from '#lib/people/tables.server.ts';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { place, placeEnding, shift, shiftCancelling, signUp } from '#lib/watches/tables.server.ts';
import { isCityCar } from './log.ts';
import type { PaperValues } from './paper.ts';
import { logVersion } from './tables.server.ts';
import { inService } from './vehicle.ts';
import { odometers, vehicles } from './vehicles.server.ts';

/** Bodies the actor may type logs in for. */
export async function bodiesToEnterFor(tx: Reader, actor: Actor): Promise<{ id: string; name: string }[]> {
	const reached = reachOf(actor, 'patrol.enterForOthers');
	return tx
		.select({ id: association.id, name: association.name })
		.from(association)
		.where(
			and(
				eq(association.municipality, actor.municipality),
				reached.all ? undefined : inArray(association.id, reached.associations)
			)
		)
		.orderBy(asc(association.kana));
}

/** What may be chosen on the form of one body. `also` are people who stand on a log already. */
export async function choicesFor(tx: Reader, actor: Actor, body: string, today: string) {
	const members = await tx
		.select({ id: person.id, name: person.name })
		.from(membership)
		.innerJoin(person, eq(person.id, membership.person))
		.where(
			and(
				eq(membership.association, body),
				eq(membership.municipality, actor.municipality),
				or(isNull(membership.endedOn), gte(membership.endedOn, addDays(today, -60)))
			)
		)
		.orderBy(asc(person.kana));
	const places = await tx
		.select({ id: place.id, kind: place.kind, name: place.name, metres: place.metres })
		.from(place)
		.leftJoin(placeEnding, eq(placeEnding.place, place.id))
		.where(and(eq(place.association, body), isNull(placeEnding.place)))
		.orderBy(asc(place.name));
	const partners = await tx
		.select({ id: association.id, name: association.name })
		.from(association)
		.where(eq(association.municipality, actor.municipality))
		.orderBy(asc(association.kana));
	const dials = await odometers(tx, actor.municipality);
	const cars = (await vehicles(tx, actor.municipality))
		.filter((car) => inService(car, today))
		.map(({ id, name }) => ({ id, name, odometer: dials.get(id) }));
	return { members, places, partners: partners.filter((one) => one.id !== body), cars };
}

/** Watches of the last two weeks that are over, not called off, and have no log: a press on one fills the form. */
export async function unlogged(tx: Reader, actor: Actor, bodies: string[], now: Date) {
	return tx
		.select({
			id: shift.id,
			association: association.name,
			programme: shift.programme,
			onDay: shift.onDay,
			from: shift.from,
			to: shift.to,
			place: place.name
		})
		.from(shift)
		.innerJoin(association, eq(association.id, shift.association))
		.innerJoin(place, eq(place.id, shift.place))
		.leftJoin(shiftCancelling, eq(shiftCancelling.shift, shift.id))
		.where(
			and(
				eq(shift.municipality, actor.municipality),
				inArray(shift.association, bodies),
				gte(shift.onDay, addDays(jstDay(now), -14)),
				lte(shift.endsAt, now),
				isNull(shiftCancelling.shift),
				notExists(
					tx
						.select({ one: sql`1` })
						.from(logVersion)
						.where(eq(logVersion.shift, shift.id))
				)
			)
		)
		.orderBy(asc(shift.onDay), asc(shift.from))
		.limit(60);
}

/** The form of a watch: its body, time, place and whoever signed up. Undefined where the actor may not type for it. */
export async function valuesOfShift(tx: Reader, actor: Actor, id: string): Promise<PaperValues | undefined> {
	const bodies = (await bodiesToEnterFor(tx, actor)).map((one) => one.id);
	const [found] = await tx
		.select({ shift, place })
		.from(shift)
		.innerJoin(place, eq(place.id, shift.place))
		.where(and(eq(shift.id, id), eq(shift.municipality, actor.municipality), inArray(shift.association, bodies)));
	if (!found) return undefined;
	const signed = await tx
		.select({ person: signUp.person })
		.from(signUp)
		.where(and(eq(signUp.shift, id), isNull(signUp.endedAt)));
	const route = found.place.kind === 'route';
	return {
		association: found.shift.association,
		programme: found.shift.programme,
		shift: id,
		on: found.shift.onDay,
		departed: found.shift.from,
		finished: found.shift.to,
		people: signed.map((one) => one.person),
		method: isCityCar(found.shift.programme) ? 'blueCar' : route ? 'foot' : 'standing',
		place: `${found.place.kind}:${found.place.id}`,
		km: route && found.place.metres > 0 ? (found.place.metres / 1000).toFixed(1) : '',
		kmFrom: route && found.place.metres > 0 ? 'route' : ''
	};
}
