/** Verbs of who goes round: an answer from the door holds, or is set aside for the office. Nothing that was brought is lost. */
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { jstDay } from '#lib/calendar/day.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { person } from '#lib/people/tables.server.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { isAnswer, type Aside, type AsideEnd, type ConfirmPayload } from './confirmation.ts';
import { isOver } from './pocket.ts';
import { askedIn, keepAnswer, roundOf } from './rounds.server.ts';
import { pocket, pocketAside, pocketConfirmation, pocketConsent, type Pocket } from './tables.server.ts';
import { lastAnswers, mayVisit, roundsOf } from './visits.server.ts';

/** `kept`: it holds. `same`: it was said before. Else why it waits for the office. */
export type Brought = 'kept' | 'same' | Aside;

export type Said = Omit<ConfirmPayload, 'words'> & { words: string | null; on: string };

/**
 * An answer from the door, under the id of its form or op. The first one stays: what another person brings that differs is shown to
 * the office beside it; who brought the first may put it right. Where home or round were over when it arrived, the office has it too.
 */
export async function visit(tx: Tx, actor: Actor, id: string, said: Said, now: Date): Promise<Brought> {
	const home = await findVisited(tx, actor, said.pocket);
	const before = await beforeOf(tx, actor, id, home.id);
	if (before) return before;
	const season = await roundOf(tx, home, said.fiscalYear);
	const today = jstDay(now);
	const on = [season.openedOn, said.on < today ? said.on : today].toSorted()[1]!;
	const answer = { ...said, on };
	if (isOver(home.state) || season.closedOn !== null || on > fiscalYearEnd(said.fiscalYear))
		return setAside(tx, actor, id, answer, 'late', now);
	// Consent was taken back, or the home paused, while the list was on its way.
	if (!(await mayVisit(tx, actor, home))) return setAside(tx, actor, id, answer, 'late', now);
	const last = (await lastAnswers(tx, said.fiscalYear, [home.id])).get(home.id);
	if (last && isAnswer(last.result)) {
		const same = last.result === said.result && (said.words === null || said.words === last.words);
		if (same || !isAnswer(said.result)) return 'same';
		if (last.by !== actor.person) return setAside(tx, actor, id, answer, 'differs', now);
	}
	await keepAnswer(tx, actor, id, answer, now);
	return 'kept';
}

/** A home of the own districts that this person may be shown, or could be when the list was made. */
async function findVisited(tx: Reader, actor: Actor, id: string): Promise<Pocket> {
	const [found] = await tx
		.select()
		.from(pocket)
		.where(and(eq(pocket.id, id), eq(pocket.municipality, actor.municipality)));
	const walked = found && (await roundsOf(tx, actor)).has(found.school);
	if (!found || !walked) throw new NotFound('pocket');
	const [agreed] = await tx
		.select({ id: pocketConsent.id })
		.from(pocketConsent)
		.where(and(eq(pocketConsent.pocket, id), inArray(pocketConsent.purpose, ['district', 'public'])))
		.limit(1);
	if (!agreed) throw new NotFound('pocket');
	return found;
}

/** What became of it when it came the first time. */
async function beforeOf(tx: Reader, actor: Actor, id: string, home: string): Promise<Brought | undefined> {
	const [kept] = await tx
		.select({ pocket: pocketConfirmation.pocket, of: pocketConfirmation.municipality })
		.from(pocketConfirmation)
		.where(eq(pocketConfirmation.id, id));
	const [aside] = await tx
		.select({ pocket: pocketAside.pocket, of: pocketAside.municipality, why: pocketAside.why })
		.from(pocketAside)
		.where(eq(pocketAside.id, id));
	const found = kept ?? aside;
	if (found && (found.pocket !== home || found.of !== actor.municipality)) throw new NotFound('answer');
	return kept ? 'kept' : aside?.why;
}

async function setAside(tx: Tx, actor: Actor, id: string, said: Said, why: Aside, now: Date): Promise<Aside> {
	const { pocket: home, fiscalYear, method, result, words, on } = said;
	const { municipality, person: by } = actor;
	const what = { pocket: home, fiscalYear, why, method, result, words, on };
	await tx.insert(pocketAside).values({ id, municipality, ...what, by, at: now });
	await record(tx, actor, 'pocket.setAside', 'pocket', home, { why, fiscalYear });
	return why;
}

/** What waits for the office in a district, beside the answer that holds. */
export async function asidesOf(tx: Reader, actor: Actor, fiscalYear: number, district: string) {
	if (!can(actor, 'pocket.see', { school: district })) throw new NotFound('round');
	const rows = await tx
		.select({
			id: pocketAside.id,
			pocket: pocket.id,
			number: pocket.number,
			name: pocket.name,
			state: pocket.state,
			why: pocketAside.why,
			method: pocketAside.method,
			result: pocketAside.result,
			words: pocketAside.words,
			on: pocketAside.on,
			by: person.name
		})
		.from(pocketAside)
		.innerJoin(pocket, eq(pocket.id, pocketAside.pocket))
		.innerJoin(person, eq(person.id, pocketAside.by))
		.where(
			and(
				eq(pocketAside.municipality, actor.municipality),
				eq(pocketAside.fiscalYear, fiscalYear),
				isNull(pocketAside.settledAt),
				eq(pocket.school, district)
			)
		)
		.orderBy(asc(pocketAside.at), asc(pocketAside.id));
	const homes = [...new Set(rows.map((one) => one.pocket))];
	const holds = await lastAnswers(tx, fiscalYear, homes);
	return rows.map(({ state, ...row }) => {
		const last = holds.get(row.pocket);
		const answer = last && { result: last.result, method: last.method, on: last.on, words: last.words };
		return { ...row, over: isOver(state), holds: answer };
	});
}

/** How many wait, by district. */
export async function asideCounts(tx: Reader, municipality: string, fiscalYear: number): Promise<Map<string, number>> {
	const rows = await tx
		.select({ school: pocket.school, count: sql<number>`count(*)` })
		.from(pocketAside)
		.innerJoin(pocket, eq(pocket.id, pocketAside.pocket))
		.where(
			and(
				eq(pocketAside.municipality, municipality),
				eq(pocketAside.fiscalYear, fiscalYear),
				isNull(pocketAside.settledAt)
			)
		)
		.groupBy(pocket.school);
	return new Map(rows.map((row) => [row.school, row.count]));
}

/** The office takes it, and it holds from now on, or leaves the other one. Once. */
export async function settleAside(tx: Tx, actor: Actor, id: string, end: AsideEnd, now: Date): Promise<void> {
	const [found] = await tx
		.select({ aside: pocketAside, home: pocket })
		.from(pocketAside)
		.innerJoin(pocket, eq(pocket.id, pocketAside.pocket))
		.where(and(eq(pocketAside.id, id), eq(pocketAside.municipality, actor.municipality)));
	if (!found || !can(actor, 'pocket.edit', { school: found.home.school })) throw new NotFound('answer');
	const done = await tx
		.update(pocketAside)
		.set({ settled: end, settledBy: actor.person, settledAt: now })
		.where(and(eq(pocketAside.id, id), isNull(pocketAside.settledAt)));
	if (done.changes !== 1) throw new RuleBroken('error_pockets_not_now');
	const { aside, home } = found;
	if (end === 'taken') {
		await askedIn(tx, home, aside.fiscalYear);
		await keepAnswer(tx, actor, newId(now.getTime()), aside, now);
	}
	await record(tx, actor, 'pocket.settleAside', 'pocket', home.id, { end, why: aside.why });
}
