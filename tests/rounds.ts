/** 継続確認 in the invented town for unit tests: the round of two districts, opened through the real verbs, and who takes part. */
import { afterAll, beforeAll } from 'vitest';
import { eq } from 'drizzle-orm';
import { instantOf } from '#lib/calendar/day.ts';
import type { Actor } from '#lib/people/permissions.ts';
import type { Method, Result } from '#lib/pockets/confirmation.ts';
import { giveConsent } from '#lib/pockets/consents.server.ts';
import type { Purpose } from '#lib/pockets/consent.ts';
import { makeLinks } from '#lib/pockets/links.server.ts';
import type { PocketForm } from '#lib/pockets/pocket.ts';
import { apply, explain, register } from '#lib/pockets/pockets.server.ts';
import { openRound } from '#lib/pockets/rounds.server.ts';
import { pocketConfirmation } from '#lib/pockets/tables.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { seedPeople } from '../src/demo/people.ts';
import { demoPeople, town } from '../src/demo/town.ts';
import { freshDatabase } from './database.ts';

export const municipality = town.municipality;
export const fiscalYear = 2026;
const before = instantOf('2026-12-01', '10:00');
const opened = instantOf('2027-01-12', '09:00');
export const now = instantOf('2027-02-01', '10:00');
export const lastMinute = instantOf('2027-03-31', '23:59');
export const over = instantOf('2027-04-01', '00:00');

/** A district in which the leader's body walks, and one in which it does not. */
export const walked = town.schools.honcho;
export const far = town.schools.midori;

export const clerk: Actor = {
	municipality,
	person: town.people.guidance,
	name: demoPeople.guidance.name,
	grants: [{ role: 'guidance' }]
};
export const leader: Actor = {
	municipality,
	person: town.people.leader,
	name: demoPeople.leader.name,
	grants: [{ role: 'leader', association: town.associations.honcho }]
};
export const volunteer: Actor = {
	...leader,
	grants: [{ role: 'volunteer', association: town.associations.honcho }]
};
export const contactOf = (school: string): Actor => ({
	municipality,
	person: town.people.school,
	name: demoPeople.school.name,
	grants: [{ role: 'school', school }]
});

/** A fresh database with the round of both districts open, for one test file. */
export function openRounds(): void {
	let close: () => void;
	beforeAll(async () => {
		({ close } = freshDatabase());
		await transaction((tx) => seedPeople(tx, '2026-11-22'));
		await transaction((tx) => openRound(tx, clerk, { fiscalYear, schools: [walked, far] }, opened));
	}, 60_000);
	afterAll(() => close());
}

let n = 0;
/** A private home of the register; unless it says otherwise, asked in the round and shown to its district. */
export async function registered(
	school: string,
	agreed: readonly Purpose[] = ['district'],
	on = '2026-05-01',
	at = before
): Promise<string> {
	const id = newId();
	const form: PocketForm = {
		kind: 'home',
		name: `試験 ${++n}`,
		kana: 'しけん',
		contact: null,
		town: '本町一丁目',
		address: `${n}番`,
		school,
		phone: null,
		lat: 35.7,
		lng: 139.51,
		closed: null,
		hours: [null, { from: '14:00', to: '18:00' }, null, null, null, null, null]
	};
	await transaction(async (tx) => {
		await apply(tx, { municipality }, id, form, 'host', at);
		await explain(tx, clerk, id, '2026-04-20', at);
		await register(tx, clerk, id, on, at);
		for (const purpose of agreed) await giveConsent(tx, clerk, id, { purpose, text: 'x', on }, at);
	});
	return id;
}

/** An answer of 1 February by telephone. */
export const said = (
	home: string,
	result: Result,
	more: Partial<{ method: Method; on: string; end: boolean }> = {}
) => ({
	pocket: home,
	fiscalYear,
	method: 'phone' as Method,
	result,
	words: null,
	on: '2027-02-01',
	...more
});

export const linkTo = async (home: string): Promise<string> =>
	(await transaction((tx) => makeLinks(tx, clerk, { fiscalYear, pockets: [home] }, now)))[0]!.token;

/** The answers of a home in the order in which they came. */
export const answersOf = (home: string) =>
	db
		.select()
		.from(pocketConfirmation)
		.where(eq(pocketConfirmation.pocket, home))
		.orderBy(pocketConfirmation.at, pocketConfirmation.id);
