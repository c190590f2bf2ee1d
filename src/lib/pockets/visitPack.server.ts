/** The doors a phone carries while a round is open, for who goes round and nobody else. */
import { fiscalYearAt, fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { may, reachOf, type Actor } from '#lib/people/permissions.ts';
import { school } from '#lib/people/tables.server.ts';
import { and, eq } from 'drizzle-orm';
import { among } from '#lib/server/db/among.ts';
import type { Reader } from '#lib/server/db/index.ts';
import type { PackVisits } from './visiting.ts';
import { visitsOf } from './visits.server.ts';

/**
 * The same doors with the same words as the page of the office's server shows this person, so that a closed round, a consent taken
 * back or a role that ended is gone with the next pack.
 */
export async function visitsOfPack(tx: Reader, actor: Actor, now: Date): Promise<PackVisits[]> {
	if (!may(actor, 'pocket.ask')) return [];
	const fiscalYear = fiscalYearAt(now);
	const lists = await visitsOf(tx, actor, fiscalYear);
	return lists.map(({ school: of, name, audience, visits }) => ({
		school: of,
		name,
		as: audience,
		fiscalYear,
		untilOn: fiscalYearEnd(fiscalYear),
		homes: visits.map(({ school: _school, confirmed: _confirmed, ...home }) => home)
	}));
}

/** Schools whose contact this person is: on their behalf a record may be sent, but no patrol. */
export async function schoolsOfPack(tx: Reader, actor: Actor): Promise<{ id: string; name: string }[]> {
	const { schools } = reachOf(actor, 'pocket.ask');
	if (schools.length === 0) return [];
	return tx
		.select({ id: school.id, name: school.name })
		.from(school)
		.where(and(eq(school.municipality, actor.municipality), among(school.id, schools)))
		.orderBy(school.kana, school.id);
}
