/** 継続確認 as the guidance office reads it: how far each district is, and the homes of one. Exact private data: the caller notes the look. */
import { and, asc, eq, gte, isNotNull, isNull, lt, or } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { school } from '#lib/people/tables.server.ts';
import { among } from '#lib/server/db/among.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { standing, type Result, type Standing } from './confirmation.ts';
import { isOver } from './pocket.ts';
import { pocket, pocketLink, pocketPlate, pocketSeason } from './tables.server.ts';
import { asideCounts } from './visitAnswers.server.ts';
import { lastAnswers } from './visits.server.ts';

/** A round that was opened, with the school it is of. */
async function seasonsOf(tx: Reader, municipality: string, fiscalYear: number) {
	const rows = await tx
		.select({ school: pocketSeason.school, openedOn: pocketSeason.openedOn, closedOn: pocketSeason.closedOn })
		.from(pocketSeason)
		.where(and(eq(pocketSeason.municipality, municipality), eq(pocketSeason.fiscalYear, fiscalYear)));
	return new Map(rows.map((row) => [row.school, row]));
}

/** Homes asked in a round: registered before it began, and not ended before. Those that end while it runs go on being counted. */
const asked = (municipality: string, district: string, openedOn: string) =>
	and(
		eq(pocket.municipality, municipality),
		eq(pocket.school, district),
		isNotNull(pocket.registeredOn),
		lt(pocket.registeredOn, openedOn),
		or(isNull(pocket.endedOn), gte(pocket.endedOn, openedOn))
	);

export type Progress = {
	school: string;
	name: string;
	openedOn: string | null;
	closedOn: string | null;
	asked: number;
	/** Homes by the answer that holds; `none`: nobody has asked or answered yet, `gone`: ended without an answer. Adds up to `asked`. */
	by: Partial<Record<Result | 'none' | 'gone', number>>;
	/** Those that go and whose registration the office has not ended yet. */
	leaving: number;
	/** Answers that were set aside and wait for the office. */
	asides: number;
};

/** How far the round of a fiscal year is, in every school district of the town. */
export async function progressOf(tx: Reader, municipality: string, fiscalYear: number): Promise<Progress[]> {
	const seasons = await seasonsOf(tx, municipality, fiscalYear);
	const asides = await asideCounts(tx, municipality, fiscalYear);
	const schools = await tx
		.select({ id: school.id, name: school.name })
		.from(school)
		.where(eq(school.municipality, municipality))
		.orderBy(asc(school.kana), asc(school.id));
	return Promise.all(
		schools.map(async ({ id, name }) => {
			const season = seasons.get(id);
			const found: Progress = {
				school: id,
				name,
				openedOn: null,
				closedOn: null,
				asked: 0,
				by: {},
				leaving: 0,
				asides: asides.get(id) ?? 0
			};
			if (!season) return found;
			const homes = await tx
				.select({ id: pocket.id, state: pocket.state })
				.from(pocket)
				.where(asked(municipality, id, season.openedOn));
			const answers = await lastAnswers(
				tx,
				fiscalYear,
				homes.map((one) => one.id)
			);
			for (const home of homes) {
				const result = answers.get(home.id)?.result;
				const part = result ?? (isOver(home.state) ? 'gone' : 'none');
				found.by[part] = (found.by[part] ?? 0) + 1;
				if (standing(home.state, result) === 'leaving') found.leaving++;
			}
			return { ...found, openedOn: season.openedOn, closedOn: season.closedOn, asked: homes.length };
		})
	);
}

/** The round of one district with every home that is asked in it, by number. `NotFound` where it was never opened. */
export async function districtRound(tx: Reader, actor: Actor, fiscalYear: number, district: string) {
	const [here] = await tx
		.select({ id: school.id, name: school.name })
		.from(school)
		.where(and(eq(school.id, district), eq(school.municipality, actor.municipality)));
	const season = (await seasonsOf(tx, actor.municipality, fiscalYear)).get(district);
	if (!here || !season || !can(actor, 'pocket.see', { school: district })) throw new NotFound('round');
	const rows = await tx
		.select({
			id: pocket.id,
			number: pocket.number,
			state: pocket.state,
			kind: pocket.kind,
			name: pocket.name,
			town: pocket.town,
			address: pocket.address,
			phone: pocket.phone,
			linkAt: pocketLink.at
		})
		.from(pocket)
		.leftJoin(pocketLink, and(eq(pocketLink.pocket, pocket.id), eq(pocketLink.fiscalYear, fiscalYear)))
		.where(asked(actor.municipality, district, season.openedOn))
		.orderBy(asc(pocket.number));
	const answers = await lastAnswers(
		tx,
		fiscalYear,
		rows.map((one) => one.id)
	);
	const homes = rows.map((row) => {
		const last = answers.get(row.id);
		const answer = last && { result: last.result, method: last.method, on: last.on, words: last.words };
		return { ...row, answer, standing: standing(row.state, last?.result) };
	});
	return { ...here, openedOn: season.openedOn, closedOn: season.closedOn, homes };
}
export type DistrictRound = Awaited<ReturnType<typeof districtRound>>;
export type RoundHome = DistrictRound['homes'][number];

/** How many stand where. */
export const countsIn = (homes: readonly { standing: Standing }[]): Record<Standing, number> => {
	const counts: Record<Standing, number> = { open: 0, confirmed: 0, leaving: 0, ended: 0 };
	for (const { standing: where } of homes) counts[where]++;
	return counts;
};

/** Plates at the doors of homes that have ended: still to come back. */
export async function platesOut(tx: Reader, homes: readonly RoundHome[]): Promise<number> {
	const ended = homes.filter((one) => one.standing === 'ended').map((one) => one.id);
	const rows = await tx
		.select({ id: pocketPlate.id })
		.from(pocketPlate)
		.where(and(among(pocketPlate.pocket, ended), isNull(pocketPlate.returnedOn)));
	return rows.length;
}

/**
 * What the round asks of the office on its home page: districts to be opened (in November and December: to be prepared), homes that have not
 * answered where it is open, answers to look at.
 */
export async function roundCalls(tx: Reader, actor: Actor, now: Date) {
	const month = Number(jstDay(now).slice(5, 7));
	const season = month <= 3 ? 'open' : month >= 11 ? 'prepare' : 'none';
	const calls = { season, unopened: 0, left: 0, asides: 0 } as const;
	if (season === 'none' || !can(actor, 'pocket.edit', {})) return calls;
	const districts = await progressOf(tx, actor.municipality, fiscalYearAt(now));
	const running = districts.filter((one) => one.openedOn !== null && one.closedOn === null);
	return {
		season,
		unopened: districts.filter((one) => one.openedOn === null).length,
		left: running.reduce((sum, { by }) => sum + (by.none ?? 0) + (by.silent ?? 0), 0),
		asides: districts.reduce((sum, one) => sum + one.asides, 0)
	};
}
