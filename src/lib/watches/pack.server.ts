/** Makes the pack a phone carries. Plain JSON; the sync room's `pull` sends it, and lets patrols add the cars. */
import { and, asc, eq, gte, inArray, isNull, lte, ne } from 'drizzle-orm';
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import type { Reader } from '#lib/server/db/index.ts';
import {
	association,
	associationEnding,
	membership,
	municipality,
	person,
	section,
	sectionName
} from '#lib/people/tables.server.ts';
import { isStaff, reachOf, type Actor } from '#lib/people/permissions.ts';
import type { Pack, PackBody, PackShift } from './pack.ts';
import { place, placeEnding, shift, shiftCancelling, signUp } from './tables.server.ts';

/** Days of shifts a phone carries. */
const PACK_DAYS = 14;

/** Everything this person's phone needs to record without a network. `vehicles` stays empty here: cars belong to patrols. */
export async function packOf(reader: Reader, actor: Actor, now: Date): Promise<Pack> {
	const [here] = await reader.select().from(municipality).where(eq(municipality.id, actor.municipality));
	if (!here) throw new Error('no municipality');
	const bodies = await bodiesOfActor(reader, actor, now);
	const own = bodies.filter((one) => one.type === 'association').map((one) => one.id);
	const { map } = here.settings;
	return {
		v: 1,
		madeAt: now.toISOString(),
		person: { id: actor.person, name: actor.name, staff: isStaff(actor) },
		bodies,
		shifts: await shiftsOf(reader, actor, own, now),
		...(await placesOf(reader, own)),
		roster: await rosterOf(reader, own),
		vehicles: [],
		partners: await partnersOf(reader, actor, own),
		map: { tiles: map.tiles, attribution: map.attribution, center: [map.lng, map.lat], zoom: map.zoom }
	};
}

/** On whose behalf the actor may record: the own associations, and for the city's clerks their section and the city's own bodies. */
async function bodiesOfActor(reader: Reader, actor: Actor, now: Date): Promise<PackBody[]> {
	const reached = reachOf(actor, 'patrol.record');
	const ofCity = reached.all ? eq(association.kind, 'city') : undefined;
	const named = ofCity ?? inArray(association.id, reached.associations);
	const associations = await reader
		.select({ id: association.id, name: association.name })
		.from(association)
		.where(and(eq(association.municipality, actor.municipality), named))
		.orderBy(asc(association.kana));
	const bodies: PackBody[] = associations.map((one) => ({ type: 'association', ...one }));
	const sections = actor.grants.flatMap((grant) => (reached.all && grant.section ? [grant.section] : []));
	if (sections.length === 0) return bodies;
	const year = fiscalYearAt(now);
	const names = await reader
		.select({ id: section.id, name: sectionName.name })
		.from(section)
		.innerJoin(sectionName, eq(sectionName.section, section.id))
		.where(and(inArray(section.id, sections), lte(sectionName.fromFiscalYear, year)))
		.orderBy(asc(sectionName.fromFiscalYear));
	// The latest name of each section wins.
	const latest = new Map(names.map((one) => [one.id, one.name]));
	return [...[...latest].map(([id, name]): PackBody => ({ type: 'section', id, name })), ...bodies];
}

async function shiftsOf(reader: Reader, actor: Actor, own: string[], now: Date): Promise<PackShift[]> {
	if (own.length === 0) return [];
	const today = jstDay(now);
	const found = await reader
		.select({ shift, place })
		.from(shift)
		.innerJoin(place, eq(place.id, shift.place))
		.leftJoin(shiftCancelling, eq(shiftCancelling.shift, shift.id))
		.where(
			and(
				eq(shift.municipality, actor.municipality),
				inArray(shift.association, own),
				gte(shift.onDay, today),
				lte(shift.onDay, addDays(today, PACK_DAYS)),
				isNull(shiftCancelling.shift)
			)
		)
		.orderBy(asc(shift.onDay), asc(shift.from), asc(shift.id));
	if (found.length === 0) return [];
	const ids = found.map((one) => one.shift.id);
	const seats = await reader
		.select({ shift: signUp.shift, person: signUp.person })
		.from(signUp)
		.where(and(inArray(signUp.shift, ids), isNull(signUp.endedAt)))
		.orderBy(asc(signUp.seat));
	const on = Map.groupBy(seats, (seat) => seat.shift);
	return found.map(({ shift: one, place: at }) => {
		const people = (on.get(one.id) ?? []).map((seat) => seat.person);
		return {
			id: one.id,
			association: one.association,
			programme: one.programme,
			name: at.name,
			on: one.onDay,
			startsAt: one.startsAt.toISOString(),
			endsAt: one.endsAt.toISOString(),
			...(at.kind === 'route' ? { route: at.id } : { post: at.id }),
			people,
			mine: people.includes(actor.person),
			...(one.note ? { note: one.note } : {})
		};
	});
}

async function placesOf(reader: Reader, own: string[]): Promise<Pick<Pack, 'routes' | 'posts'>> {
	const found =
		own.length === 0
			? []
			: await reader
					.select({ place })
					.from(place)
					.leftJoin(placeEnding, eq(placeEnding.place, place.id))
					.where(and(inArray(place.association, own), isNull(placeEnding.place)))
					.orderBy(asc(place.name));
	const routes: Pack['routes'] = [];
	const posts: Pack['posts'] = [];
	for (const { place: one } of found) {
		const { id, association, name, metres, line } = one;
		if (one.kind === 'route')
			routes.push({ id, association, name, metres, line: line.map(([lat, lng]) => [lng, lat]) });
		else if (line[0]) posts.push({ id, association, name, lat: line[0][0], lng: line[0][1] });
	}
	return { routes, posts };
}

const rosterOf = (reader: Reader, own: string[]): Promise<Pack['roster']> =>
	own.length === 0
		? Promise.resolve([])
		: reader
				.select({ id: person.id, name: person.name, kana: person.kana, association: membership.association })
				.from(membership)
				.innerJoin(person, eq(person.id, membership.person))
				.where(and(inArray(membership.association, own), isNull(membership.endedOn)))
				.orderBy(asc(person.kana), asc(person.id));

/** Names of the other bodies, for a joint patrol. */
const partnersOf = (reader: Reader, actor: Actor, own: string[]): Promise<Pack['partners']> =>
	reader
		.select({ id: association.id, name: association.name })
		.from(association)
		.leftJoin(associationEnding, eq(associationEnding.association, association.id))
		.where(
			and(
				eq(association.municipality, actor.municipality),
				isNull(associationEnding.association),
				...own.map((one) => ne(association.id, one))
			)
		)
		.orderBy(asc(association.kana))
		.limit(500);
