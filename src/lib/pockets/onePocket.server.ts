/** Everything the guidance office knows about one home. Exact private data: `lookAt` leaves its line in the trail. */
import { and, asc, desc, eq, inArray, ne, or } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { person, school } from '#lib/people/tables.server.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { withChanges } from './history.ts';
import { findPocket } from './pockets.server.ts';
import type { State } from './pocket.ts';
import { pocket, pocketConfirmation, pocketConsent, pocketDeed, pocketPlate, type Pocket } from './tables.server.ts';

const alive: State[] = ['applied', 'explained', 'registered', 'paused'];

/** Homes that are not over and have the same telephone or the same address, however written. */
export async function doublesOf(tx: Reader, one: Pocket) {
	const same = or(
		eq(pocket.addressFold, one.addressFold),
		one.phoneFold === null ? undefined : eq(pocket.phoneFold, one.phoneFold)
	);
	const rows = await tx
		.select({
			id: pocket.id,
			number: pocket.number,
			name: pocket.name,
			state: pocket.state,
			phoneFold: pocket.phoneFold,
			addressFold: pocket.addressFold
		})
		.from(pocket)
		.where(and(eq(pocket.municipality, one.municipality), ne(pocket.id, one.id), inArray(pocket.state, alive), same))
		.orderBy(asc(pocket.kana), asc(pocket.id))
		.limit(20);
	return rows.map(({ phoneFold, addressFold, ...row }) => ({
		...row,
		phone: phoneFold !== null && phoneFold === one.phoneFold,
		address: addressFold === one.addressFold
	}));
}

/** What was agreed to and taken back, what holds first. */
const consentsOf = (tx: Reader, id: string) =>
	tx
		.select({
			id: pocketConsent.id,
			purpose: pocketConsent.purpose,
			text: pocketConsent.text,
			version: pocketConsent.version,
			givenOn: pocketConsent.givenOn,
			withdrawnOn: pocketConsent.withdrawnOn
		})
		.from(pocketConsent)
		.where(eq(pocketConsent.pocket, id))
		.orderBy(desc(pocketConsent.id));

const platesOf = (tx: Reader, id: string) =>
	tx
		.select({
			id: pocketPlate.id,
			kind: pocketPlate.kind,
			number: pocketPlate.number,
			issuedOn: pocketPlate.issuedOn,
			condition: pocketPlate.condition,
			returnedOn: pocketPlate.returnedOn
		})
		.from(pocketPlate)
		.where(eq(pocketPlate.pocket, id))
		.orderBy(asc(pocketPlate.issuedOn), asc(pocketPlate.id));

const deedsOf = (tx: Reader, id: string) =>
	tx
		.select({
			id: pocketDeed.id,
			deed: pocketDeed.deed,
			on: pocketDeed.on,
			words: pocketDeed.words,
			facts: pocketDeed.facts,
			at: pocketDeed.at,
			by: person.name
		})
		.from(pocketDeed)
		.leftJoin(person, eq(person.id, pocketDeed.by))
		.where(eq(pocketDeed.pocket, id))
		.orderBy(asc(pocketDeed.at), asc(pocketDeed.id));

/** 継続確認 year by year, the newest on top: what was answered, and what was set aside. */
async function yearsOf(tx: Reader, id: string) {
	const answers = await tx
		.select({
			id: pocketConfirmation.id,
			fiscalYear: pocketConfirmation.fiscalYear,
			result: pocketConfirmation.result,
			method: pocketConfirmation.method,
			words: pocketConfirmation.words,
			on: pocketConfirmation.on
		})
		.from(pocketConfirmation)
		.where(eq(pocketConfirmation.pocket, id))
		.orderBy(desc(pocketConfirmation.fiscalYear), desc(pocketConfirmation.at), desc(pocketConfirmation.id));
	const years = Map.groupBy(answers, (one) => one.fiscalYear);
	return [...years].map(([fiscalYear, of]) => ({ fiscalYear, answers: of }));
}

/** One home with everything on it. The look is written down in the same breath. */
export async function lookAt(tx: Tx, actor: Actor, id: string) {
	const found = await findPocket(tx, actor, 'pocket.see', id);
	const [district] = await tx.select({ name: school.name }).from(school).where(eq(school.id, found.school));
	const page = {
		...found,
		schoolName: district?.name ?? '',
		doubles: await doublesOf(tx, found),
		consents: await consentsOf(tx, id),
		plates: await platesOf(tx, id),
		years: await yearsOf(tx, id),
		history: withChanges(await deedsOf(tx, id), found)
	};
	await record(tx, actor, 'pocket.look', 'pocket', id);
	return page;
}
export type PocketPage = Awaited<ReturnType<typeof lookAt>>;
