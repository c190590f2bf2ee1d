/** Verbs and reads of posts and routes. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { association } from '#lib/people/tables.server.ts';
import type { Action, Actor } from '#lib/people/permissions.ts';
import { drawnOf, type PlaceForm } from './place.ts';
import { requireBody, within } from './scope.server.ts';
import { place, placeEnding, type Place } from './tables.server.ts';

/** The place, if the action reaches it and it is still used. */
export async function findPlace(reader: Reader, actor: Actor, action: Action, id: string): Promise<Place> {
	const [found] = await reader
		.select({ place })
		.from(place)
		.leftJoin(placeEnding, eq(placeEnding.place, place.id))
		.where(and(eq(place.id, id), isNull(placeEnding.place), await within(reader, actor, action, place)));
	if (!found) throw new NotFound('place');
	return found.place;
}

/** Places in use which the action reaches, by body and name. */
export async function placesOf(reader: Reader, actor: Actor, action: Action = 'shift.see') {
	return reader
		.select({
			id: place.id,
			kind: place.kind,
			name: place.name,
			meetingSpot: place.meetingSpot,
			line: place.line,
			metres: place.metres,
			association: place.association,
			associationName: association.name
		})
		.from(place)
		.innerJoin(association, eq(association.id, place.association))
		.leftJoin(placeEnding, eq(placeEnding.place, place.id))
		.where(and(isNull(placeEnding.place), await within(reader, actor, action, place)))
		.orderBy(asc(association.kana), asc(place.name));
}

/** Two places of one body with one name could not be told apart on the duty sheet. */
async function requireNewName(tx: Tx, body: string, name: string, but?: string): Promise<void> {
	const [same] = await tx
		.select({ id: place.id })
		.from(place)
		.where(and(eq(place.association, body), eq(place.name, name)));
	if (same && same.id !== but) throw new RuleBroken('error_watches_name_taken', 'name');
}

/** A new post or route, with its length. */
export async function makePlace(tx: Tx, actor: Actor, form: PlaceForm, now: Date): Promise<string> {
	const body = await requireBody(tx, actor, 'shift.edit', form.association);
	await requireNewName(tx, body, form.name);
	const id = newId(now.getTime());
	await tx.insert(place).values({
		id,
		municipality: actor.municipality,
		association: body,
		kind: form.kind,
		name: form.name,
		meetingSpot: form.meetingSpot || null,
		...drawnOf(form),
		createdAt: now
	});
	await record(tx, actor, 'watches.makePlace', 'place', id);
	return id;
}

/** Changes name, spot and line. Logs keep the length they were written with. */
export async function changePlace(tx: Tx, actor: Actor, id: string, form: PlaceForm): Promise<void> {
	const found = await findPlace(tx, actor, 'shift.edit', id);
	await requireNewName(tx, found.association, form.name, id);
	const drawn = drawnOf({ kind: found.kind, line: form.line });
	await tx
		.update(place)
		.set({ name: form.name, meetingSpot: form.meetingSpot || null, ...drawn })
		.where(and(eq(place.id, id), eq(place.municipality, actor.municipality)));
	await record(tx, actor, 'watches.changePlace', 'place', id, { metres: drawn.metres });
}

/** Takes a place out of use. Watches already planned there stay. */
export async function endPlace(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	await findPlace(tx, actor, 'shift.edit', id);
	await tx.insert(placeEnding).values({ place: id, municipality: actor.municipality, by: actor.person, at: now });
	await record(tx, actor, 'watches.endPlace', 'place', id);
}
