/** Homes whose place is not known yet: which come next, where the map opens for each, and setting it. */
import { and, asc, avg, count, eq, inArray, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { metresBetween } from '#lib/map/length.ts';
import type { MapBase } from '#lib/map/base.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { school } from '#lib/people/tables.server.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { addressFold } from './fold.ts';
import { isOver, type State } from './pocket.ts';
import { findPocket, step } from './pockets.server.ts';
import { pocket } from './tables.server.ts';

/** A home of this town does not stand farther than this from where its map opens, metres. */
export const SURROUNDINGS = 30_000;
/** How near a map opens at the middle of a town, and at that of a school district. */
const TOWN_ZOOM = 16;
const DISTRICT_ZOOM = 15;

const alive: State[] = ['applied', 'explained', 'registered', 'paused'];
const unplacedIn = (municipality: string): SQL | undefined =>
	and(eq(pocket.municipality, municipality), inArray(pocket.state, alive), isNull(pocket.lat));

const meanOf = async (tx: Reader, where: SQL | undefined) => {
	const [mean] = await tx
		.select({ lat: avg(pocket.lat).mapWith(Number), lng: avg(pocket.lng).mapWith(Number) })
		.from(pocket)
		.where(and(where, isNotNull(pocket.lat)));
	return mean?.lat && mean.lng ? { lat: mean.lat, lng: mean.lng } : undefined;
};

/**
 * Where the map opens for a home: the middle of its 町丁目 from the settings, else of the homes there or in its school district that
 * have a place. It helps looking; nothing of it is stored.
 */
async function baseFor(tx: Reader, actor: Actor, one: { town: string; school: string }): Promise<MapBase> {
	const { map, towns = [] } = (await settingsOf(tx, actor.municipality)).settings;
	const known = towns.find(({ name }) => addressFold(name) === addressFold(one.town));
	const here = eq(pocket.municipality, actor.municipality);
	const town = known ?? (await meanOf(tx, and(here, eq(pocket.town, one.town))));
	if (town) return { ...map, lat: town.lat, lng: town.lng, zoom: TOWN_ZOOM };
	const district = await meanOf(tx, and(here, eq(pocket.school, one.school)));
	return district ? { ...map, ...district, zoom: DISTRICT_ZOOM } : map;
}

/** How many homes of the register have no place. */
export async function countUnplaced(tx: Reader, actor: Actor): Promise<number> {
	const [row] = await tx.select({ n: count() }).from(pocket).where(unplacedIn(actor.municipality));
	return row?.n ?? 0;
}

/**
 * The home whose place is to be set, the `skipped`-th of those without one, by district and town: neighbours come one after the
 * other. Exact private data: the look is written down.
 */
export async function nextUnplaced(tx: Tx, actor: Actor, skipped: number) {
	if (!can(actor, 'pocket.edit', {})) throw new NotFound('pocket');
	const left = await countUnplaced(tx, actor);
	const [next] = await tx
		.select({
			id: pocket.id,
			number: pocket.number,
			kind: pocket.kind,
			name: pocket.name,
			town: pocket.town,
			address: pocket.address,
			school: pocket.school,
			schoolName: school.name
		})
		.from(pocket)
		.innerJoin(school, eq(school.id, pocket.school))
		.where(unplacedIn(actor.municipality))
		.orderBy(asc(school.kana), asc(pocket.town), asc(pocket.addressFold), asc(pocket.id))
		.limit(1)
		.offset(Math.min(skipped, Math.max(0, left - 1)));
	if (!next) return { left, next: undefined };
	await record(tx, actor, 'pocket.look', 'pocket', next.id);
	return { left, next: { ...next, base: await baseFor(tx, actor, next) } };
}

/** Sets the place of a home that has none. Somebody else was faster: theirs stays. */
export async function place(
	tx: Tx,
	actor: Actor,
	id: string,
	at: { lat: number; lng: number },
	now: Date
): Promise<void> {
	const found = await findPocket(tx, actor, 'pocket.edit', id);
	if (isOver(found.state) || found.lat !== null) throw new RuleBroken('error_places_there');
	const { map } = (await settingsOf(tx, actor.municipality)).settings;
	if (metresBetween([map.lat, map.lng], [at.lat, at.lng]) > SURROUNDINGS)
		throw new RuleBroken('error_places_far', 'point');
	await step(tx, actor, id, 'change', now, { on: jstDay(now), facts: { lat: 'null', lng: 'null' }, set: at });
}
