/** What leaves the server of the register, by audience. The district is chosen here, the fields in `audience.ts`. */
import { and, between, eq, exists, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Box } from '#lib/map/uncovered.ts';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import { associationSchool } from '#lib/people/tables.server.ts';
import { among } from '#lib/server/db/among.ts';
import { db, transaction, type Reader, type Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { viewOf, type Area, type Audience, type Known, type Seen } from './audience.ts';
import { noConsent, type Consents, type Purpose } from './consent.ts';
import { isConfirming } from './confirmation.ts';
import { pocket, pocketConfirmation, pocketConsent, pocketSeason } from './tables.server.ts';

/** Did the host agree to this, and has not taken it back? */
const agreed = (tx: Reader, purpose: Purpose) =>
	exists(
		tx
			.select({ one: sql`1` })
			.from(pocketConsent)
			.where(
				and(eq(pocketConsent.pocket, pocket.id), eq(pocketConsent.purpose, purpose), isNull(pocketConsent.withdrawnAt))
			)
	);

/**
 * Registered and not paused, of a town, of some districts or in a box, with what their hosts agreed to and whether they are confirmed.
 * `shownIn`: only those whose hosts agreed to be shown to everybody, or in these districts to those who watch there. For reads that
 * neither show nor count the others; who sees what of them is still for `audience.ts` to say.
 */
export async function knownIn(
	tx: Reader,
	municipality: string,
	schools?: readonly string[],
	{ box, shownIn }: { box?: Box; shownIn?: readonly string[] | undefined } = {}
): Promise<Known[]> {
	const here = and(
		eq(pocket.municipality, municipality),
		eq(pocket.state, 'registered'),
		schools && inArray(pocket.school, [...schools]),
		box && between(pocket.lat, box.south, box.north),
		box && between(pocket.lng, box.west, box.east),
		shownIn && or(agreed(tx, 'public'), and(inArray(pocket.school, [...shownIn]), agreed(tx, 'district')))
	);
	// Asked home by home: a box of a town asks for few. The index of the consents that hold has all of it in itself, and SQLite would
	// take the other one, which sends it to the table for each.
	const purposes = sql<
		string | null
	>`(select group_concat(${pocketConsent.purpose}) from ${pocketConsent} indexed by pocket_consent_once
		where ${pocketConsent}."pocket" = ${pocket}."id" and ${pocketConsent.withdrawnAt} is null)`;
	const read = tx
		.select({
			id: pocket.id,
			number: pocket.number,
			kind: pocket.kind,
			name: pocket.name,
			contact: pocket.contact,
			town: pocket.town,
			address: pocket.address,
			phone: pocket.phone,
			school: pocket.school,
			lat: pocket.lat,
			lng: pocket.lng,
			hours: pocket.hours,
			closed: pocket.closed,
			registeredOn: pocket.registeredOn,
			purposes
		})
		.from(pocket)
		.where(here);
	// A box in any order: asked for by number, SQLite would leaf through the whole register in that order.
	const rows = await (box ? read : read.orderBy(pocket.number));
	const confirmed = await confirmedIn(tx, municipality, box && rows.map((one) => one.id));
	return rows.map(({ registeredOn, purposes, ...row }) => ({
		...row,
		number: row.number ?? 0,
		consents: (purposes?.split(',') ?? []).reduce<Consents>((all, one) => ({ ...all, [one]: true }), noConsent),
		confirmed: confirmed({ id: row.id, school: row.school, registeredOn })
	}));
}

/**
 * Is a pocket confirmed? Asked in the last round of its district (or registered since it began), and the last answer says it stays.
 * Where no round was ever opened nobody is unconfirmed. `of`: only these are asked about.
 */
export async function confirmedIn(tx: Reader, municipality: string, of?: readonly string[]) {
	const seasons = await tx
		.select({ school: pocketSeason.school, year: pocketSeason.fiscalYear, openedOn: pocketSeason.openedOn })
		.from(pocketSeason)
		.where(eq(pocketSeason.municipality, municipality))
		.orderBy(pocketSeason.fiscalYear);
	const last = new Map(seasons.map((one) => [one.school, one]));
	const years = [...new Set([...last.values()].map((one) => one.year))];
	const answers = years.length
		? await tx
				.select({
					pocket: pocketConfirmation.pocket,
					year: pocketConfirmation.fiscalYear,
					result: pocketConfirmation.result
				})
				.from(pocketConfirmation)
				.where(
					and(
						eq(pocketConfirmation.municipality, municipality),
						inArray(pocketConfirmation.fiscalYear, years),
						of && among(pocketConfirmation.pocket, of)
					)
				)
				.orderBy(pocketConfirmation.at, pocketConfirmation.id)
		: [];
	const answered = new Map(answers.map((one) => [`${one.pocket} ${one.year}`, isConfirming(one.result)]));
	return (one: { id: string; school: string; registeredOn: string | null }): boolean => {
		const season = last.get(one.school);
		if (!season || (one.registeredOn !== null && one.registeredOn >= season.openedOn)) return true;
		return answered.get(`${one.id} ${season.year}`) ?? false;
	};
}

export type View = { audience: Audience; points: Seen[]; areas: Area[] };

/** What anybody may see: no sign-in, no names of homes, no place without consent. */
export async function publicView(tx: Reader, municipality: string): Promise<View> {
	return { audience: 'public', ...viewOf('public', await knownIn(tx, municipality)) };
}

/** What may be seen of these districts by whoever watches there. */
export async function watchView(tx: Reader, municipality: string, schools: readonly string[]): Promise<Seen[]> {
	return viewOf('district', await knownIn(tx, municipality, schools)).points;
}

/** School districts in which this person watches, by the associations of their roles. */
export async function districtsOf(tx: Reader, associations: readonly string[]): Promise<string[]> {
	if (associations.length === 0) return [];
	const rows = await tx
		.selectDistinct({ school: associationSchool.school })
		.from(associationSchool)
		.where(inArray(associationSchool.association, [...associations]));
	return rows.map((row) => row.school);
}

/**
 * What a signed-in person may see of the pockets of their districts. A clerk of the guidance office gets all of the town exactly;
 * that look is to be written down by the caller (`noteLook`).
 */
export async function ownView(tx: Reader, actor: Actor): Promise<View & { schools: string[] | 'all' }> {
	const reach = reachOf(actor, 'pocket.map');
	if (reach.all) {
		const view = viewOf('office', await knownIn(tx, actor.municipality));
		return { audience: 'office', schools: 'all', ...view };
	}
	// A school's contact sees more of its own district than somebody who watches there.
	const walked = (await districtsOf(tx, reach.associations)).filter((one) => !reach.schools.includes(one));
	const schools = [...reach.schools, ...walked];
	const known = schools.length ? await knownIn(tx, actor.municipality, schools) : [];
	const ofSchool = viewOf(
		'school',
		known.filter((one) => reach.schools.includes(one.school))
	);
	const ofWatch = viewOf(
		'district',
		known.filter((one) => !reach.schools.includes(one.school))
	);
	return {
		audience: reach.schools.length ? 'school' : 'district',
		schools,
		points: [...ofSchool.points, ...ofWatch.points],
		areas: [...ofSchool.areas, ...ofWatch.areas]
	};
}

/** The own map, and where it shows private data exactly, the look at it is written down in the same step: neither without the other. */
export async function lookedView(actor: Actor, what: 'map' | 'sheet'): ReturnType<typeof ownView> {
	if (!reachOf(actor, 'pocket.map').all) return ownView(db, actor);
	return transaction(async (tx) => {
		const view = await ownView(tx, actor);
		await noteLook(tx, actor, what, view.points.length);
		return view;
	});
}

/** Every look at exact private data by staff is in the trail: which page, and how many homes were on it. */
export const noteLook = (
	tx: Tx,
	actor: Actor,
	what: 'list' | 'map' | 'sheet' | 'csv' | 'import' | 'gaps',
	count: number,
	more: Record<string, string | boolean> = {}
): Promise<void> => record(tx, actor, 'pocket.look', 'pockets', what, { ...more, count });
