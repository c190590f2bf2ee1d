/** The refuge homes a phone on patrol carries. */
import { count } from 'drizzle-orm';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import type { Seen } from './audience.ts';
import { pinOf, type Pin } from './pin.ts';
import { schoolNames } from './publicMap.server.ts';
import { pocketConfirmation, pocketDeed, pocketImport, pocketSeason } from './tables.server.ts';
import { districtsOf, watchView } from './views.server.ts';

/** More districts side by side than a town has bodies with different ones. */
const KEPT = 100;
type Kept = { state: string; points: Seen[] };
const views = new WeakMap<Reader, Map<string, Kept>>();

/**
 * Grows with everything that changes what somebody sees: each step of a home and each consent is a row that is never removed, but
 * with a list taken back, and that is counted, too.
 */
async function stateOf(tx: Reader): Promise<string> {
	const counts = [];
	for (const table of [pocketDeed, pocketConfirmation, pocketSeason])
		counts.push((await tx.select({ rows: count() }).from(table))[0]?.rows);
	counts.push((await tx.select({ rows: count(pocketImport.undoneAt) }).from(pocketImport))[0]?.rows);
	return counts.join();
}

/** When everybody sets out, a thousand phones ask within minutes, and each writes something else: districts are read once a change. */
async function seenIn(tx: Reader, municipality: string, schools: readonly string[]): Promise<Seen[]> {
	const state = await stateOf(tx);
	const of = views.get(tx) ?? new Map<string, Kept>();
	views.set(tx, of);
	const key = [municipality, ...schools.toSorted()].join();
	const kept = of.get(key);
	if (kept?.state === state) return kept.points;
	const points = await watchView(tx, municipality, schools);
	if (of.size >= KEPT) of.clear();
	of.set(key, { state, points });
	return points;
}

/**
 * What somebody who watches may see of the own districts, and no more of it, whatever else this person is: a phone gets lost, and
 * who has names and phone numbers from the school or the office reads them there. Taken back, it is not in the next pack.
 */
export async function pocketsOfPack(tx: Reader, actor: Actor): Promise<Pin[]> {
	const schools = await districtsOf(tx, reachOf(actor, 'pocket.map').associations);
	if (schools.length === 0) return [];
	const names = await schoolNames(tx, actor.municipality);
	return (await seenIn(tx, actor.municipality, schools)).map((one) => pinOf(one, names));
}
