/** Verbs of 継続確認: the round of a school district is opened, answers are written down, a district ends as a whole. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt, fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { school } from '#lib/people/tables.server.ts';
import { among } from '#lib/server/db/among.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { endingOf, type Method, type Result } from './confirmation.ts';
import { isOver } from './pocket.ts';
import { end, findPocket, step, type By } from './pockets.server.ts';
import { pocket, pocketConfirmation, pocketPlate, pocketSeason, type Pocket } from './tables.server.ts';

/** Opens the round of the running fiscal year in these districts, or only in those where it is not open yet. Returns how many are new. */
export async function openRound(
	tx: Tx,
	actor: Actor,
	{ fiscalYear, schools }: { fiscalYear: number; schools: readonly string[] },
	now: Date
): Promise<number> {
	if (!can(actor, 'pocket.edit', {})) throw new NotFound('round');
	if (fiscalYear !== fiscalYearAt(now)) throw new RuleBroken('error_rounds_year');
	if (schools.length === 0) throw new RuleBroken('error_choose', 'schools');
	const here = await tx
		.select({ id: school.id })
		.from(school)
		.where(and(eq(school.municipality, actor.municipality), among(school.id, schools)));
	if (here.length !== new Set(schools).size) throw new NotFound('school');
	const opened = await tx
		.insert(pocketSeason)
		.values(
			here.map(({ id }) => ({
				id: newId(now.getTime()),
				municipality: actor.municipality,
				fiscalYear,
				school: id,
				openedOn: jstDay(now),
				by: actor.person,
				at: now
			}))
		)
		.onConflictDoNothing()
		.returning({ id: pocketSeason.id });
	if (opened.length)
		await record(tx, actor, 'pocket.openRound', 'pocketSeason', String(fiscalYear), { schools: opened.length });
	return opened.length;
}

/** The round of a home's district that began after the home was registered, whether it is over or not. */
export async function roundOf(tx: Reader, home: Pocket, fiscalYear: number) {
	const [season] = await tx
		.select()
		.from(pocketSeason)
		.where(
			and(
				eq(pocketSeason.municipality, home.municipality),
				eq(pocketSeason.fiscalYear, fiscalYear),
				eq(pocketSeason.school, home.school)
			)
		);
	if (!season || home.registeredOn === null || home.registeredOn >= season.openedOn)
		throw new RuleBroken('error_rounds_not_asked');
	return season;
}

/** The round in which a home is asked: it was registered before the round began, and neither the home nor the round is over. */
export async function askedIn(tx: Reader, home: Pocket, fiscalYear: number) {
	const season = await roundOf(tx, home, fiscalYear);
	if (season.closedOn !== null || isOver(home.state)) throw new RuleBroken('error_rounds_not_asked');
	return season;
}

export type Answer = { pocket: string; fiscalYear: number; method: Method; result: Result; words: string | null };

/** Writes an answer under the id of its form: sent twice it is one. Returns whether it is new. Who may is the caller's to ask. */
export async function keepAnswer(
	tx: Tx,
	by: By,
	id: string,
	{ pocket: home, fiscalYear, method, result, words, on }: Answer & { on: string },
	now: Date
): Promise<boolean> {
	const [before] = await tx.select().from(pocketConfirmation).where(eq(pocketConfirmation.id, id));
	if (before && (before.municipality !== by.municipality || before.pocket !== home)) throw new NotFound('answer');
	if (before) return false;
	await tx.insert(pocketConfirmation).values({
		id,
		municipality: by.municipality,
		pocket: home,
		fiscalYear,
		method,
		result,
		words,
		on,
		by: by.person ?? null,
		at: now
	});
	await step(tx, by, home, 'confirm', now, { on, words, facts: { result, method, fiscalYear: String(fiscalYear) } });
	return true;
}

/**
 * An answer the office writes down, whatever came until 31 March, also afterwards. One that the home goes leaves it registered until
 * the office ends it: with `end` it does so in the same step.
 */
export async function answer(
	tx: Tx,
	actor: Actor,
	id: string,
	{ end: ends = false, ...said }: Answer & { on: string; end?: boolean },
	now: Date
): Promise<boolean> {
	const home = await findPocket(tx, actor, 'pocket.edit', said.pocket);
	if (await isKept(tx, actor, id, home.id)) return false;
	const season = await askedIn(tx, home, said.fiscalYear);
	if (said.on > jstDay(now)) throw new RuleBroken('error_pockets_future', 'on');
	if (said.on < season.openedOn || said.on > fiscalYearEnd(said.fiscalYear))
		throw new RuleBroken('error_rounds_days', 'on');
	const ending = endingOf(said.result);
	if (ends && !ending) throw new RuleBroken('error_rounds_no_ending', 'result');
	await keepAnswer(tx, actor, id, said, now);
	if (ends && ending) await end(tx, actor, home.id, { on: said.on, ending, words: said.words }, now);
	return true;
}

/** A form that comes again after its home ended with it is still the same answer. */
async function isKept(tx: Reader, actor: Actor, id: string, home: string): Promise<boolean> {
	const [kept] = await tx
		.select({ pocket: pocketConfirmation.pocket, of: pocketConfirmation.municipality })
		.from(pocketConfirmation)
		.where(eq(pocketConfirmation.id, id));
	if (kept && (kept.pocket !== home || kept.of !== actor.municipality)) throw new NotFound('answer');
	return kept !== undefined;
}

/** What closing a district would end: its registered homes, the plates at their doors, and what is still on its way and stays. */
export async function closingOf(tx: Reader, actor: Actor, district: string) {
	if (!can(actor, 'pocket.edit', {})) throw new NotFound('round');
	const here = and(eq(pocket.municipality, actor.municipality), eq(pocket.school, district));
	const rows = await tx
		.select({ id: pocket.id, state: pocket.state })
		.from(pocket)
		.where(and(here, inArray(pocket.state, ['registered', 'paused', 'applied', 'explained'])));
	const homes = rows.filter(({ state }) => state === 'registered' || state === 'paused').map(({ id }) => id);
	const plates = await tx
		.select({ id: pocketPlate.id })
		.from(pocketPlate)
		.where(and(among(pocketPlate.pocket, homes), isNull(pocketPlate.returnedOn)));
	return { homes, plates: plates.length, waiting: rows.length - homes.length };
}

/**
 * 学区の終了: every home of a district that is left ends on this day, in one step. Their plates stand as not returned until each has
 * come back. `homes`: how many the clerk was shown; another number, and nothing happens.
 */
export async function closeDistrict(
	tx: Tx,
	actor: Actor,
	{ fiscalYear, school: district, on, homes }: { fiscalYear: number; school: string; on: string; homes: number },
	now: Date
): Promise<void> {
	const closing = await closingOf(tx, actor, district);
	const season = and(
		eq(pocketSeason.municipality, actor.municipality),
		eq(pocketSeason.fiscalYear, fiscalYear),
		eq(pocketSeason.school, district)
	);
	const [found] = await tx.select().from(pocketSeason).where(season);
	if (!found) throw new NotFound('round');
	if (found.closedOn !== null) throw new RuleBroken('error_pockets_not_now');
	if (closing.homes.length !== homes)
		throw new RuleBroken('error_rounds_moved', 'form', { count: closing.homes.length });
	if (on > jstDay(now)) throw new RuleBroken('error_pockets_future', 'on');
	if (on < found.openedOn || on > fiscalYearEnd(fiscalYear)) throw new RuleBroken('error_rounds_days', 'on');
	await tx.update(pocketSeason).set({ closedOn: on }).where(season);
	for (const id of closing.homes) await end(tx, actor, id, { on, ending: 'districtClosed', words: null }, now);
	await record(tx, actor, 'pocket.closeDistrict', 'school', district, {
		fiscalYear,
		homes: closing.homes.length,
		plates: closing.plates
	});
}
