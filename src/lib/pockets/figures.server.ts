/** Why the number of pockets moved in a fiscal year: start + new − ended by reason = end. Feeds measure 6 of the yearly table. */
import { and, asc, count, eq, gt, gte, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { addDays } from '#lib/calendar/day.ts';
import { school } from '#lib/people/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { isConfirming } from './confirmation.ts';
import { endings, registeredOnDay, yearOf, type Ending } from './pocket.ts';
import { pocket, pocketConfirmation, pocketSeason } from './tables.server.ts';

/** What a number of the movement counts; each opens its rows. */
export const moved = ['start', 'added', 'ended', 'end', 'unconfirmed'] as const;
export type Moved = (typeof moved)[number];

export type Movement = {
	start: number;
	added: number;
	ended: Record<Ending, number>;
	endedAll: number;
	end: number;
	/** Of `end`: asked in the round of this year, and nobody has said that it stays. */
	unconfirmed: number;
};
export type DistrictMovement = Movement & { school: string; name: string };

const none = (): Movement => ({
	start: 0,
	added: 0,
	ended: Object.fromEntries(endings.map((ending) => [ending, 0])) as Record<Ending, number>,
	endedAll: 0,
	end: 0,
	unconfirmed: 0
});

type Counted = {
	id: string;
	school: string;
	name: string;
	registeredOn: string;
	endedOn: string | null;
	ending: Ending | null;
};

/** Every pocket that was registered on some day of the fiscal year, or on the day before it. */
async function countedIn(tx: Reader, municipality: string, fiscalYear: number): Promise<Counted[]> {
	const { from, to } = yearOf(fiscalYear);
	const rows = await tx
		.select({
			id: pocket.id,
			school: pocket.school,
			name: school.name,
			registeredOn: pocket.registeredOn,
			endedOn: pocket.endedOn,
			ending: pocket.ending
		})
		.from(pocket)
		.innerJoin(school, eq(school.id, pocket.school))
		.where(
			and(
				eq(pocket.municipality, municipality),
				isNotNull(pocket.registeredOn),
				lte(pocket.registeredOn, to),
				or(isNull(pocket.endedOn), gt(pocket.endedOn, addDays(from, -1)))
			)
		)
		.orderBy(asc(school.kana), asc(school.id), asc(pocket.number));
	return rows.flatMap(({ registeredOn, ...row }) => (registeredOn === null ? [] : [{ ...row, registeredOn }]));
}

/** Asked in the round of this fiscal year, and the last answer of the year, if there is one, does not say that it stays. */
async function unconfirmedIn(tx: Reader, municipality: string, fiscalYear: number) {
	const seasons = await tx
		.select({ school: pocketSeason.school, openedOn: pocketSeason.openedOn })
		.from(pocketSeason)
		.where(and(eq(pocketSeason.municipality, municipality), eq(pocketSeason.fiscalYear, fiscalYear)));
	const answers = await tx
		.select({ pocket: pocketConfirmation.pocket, result: pocketConfirmation.result })
		.from(pocketConfirmation)
		.where(and(eq(pocketConfirmation.municipality, municipality), eq(pocketConfirmation.fiscalYear, fiscalYear)))
		.orderBy(pocketConfirmation.at, pocketConfirmation.id);
	const opened = new Map(seasons.map((one) => [one.school, one.openedOn]));
	const stays = new Map(answers.map((one) => [one.pocket, isConfirming(one.result)]));
	return (one: Counted): boolean => {
		const openedOn = opened.get(one.school);
		return openedOn !== undefined && one.registeredOn < openedOn && !stays.get(one.id);
	};
}

/** What one pocket counts for in a fiscal year. */
function partsOf(one: Counted, fiscalYear: number, isUnconfirmed: (one: Counted) => boolean): Moved[] {
	const { from, to } = yearOf(fiscalYear);
	const atEnd = registeredOnDay(one, to);
	return [
		registeredOnDay(one, addDays(from, -1)) ? 'start' : 'added',
		...(atEnd ? (['end'] as const) : (['ended'] as const)),
		...(atEnd && isUnconfirmed(one) ? (['unconfirmed'] as const) : [])
	];
}

/**
 * The movement of a fiscal year, of the whole town and per school district, from the rows. `end` is counted, not worked out:
 * start + added − endedAll = end is a property of the rows.
 */
export async function movementOf(
	tx: Reader,
	municipality: string,
	fiscalYear: number
): Promise<{ town: Movement; districts: DistrictMovement[] }> {
	const isUnconfirmed = await unconfirmedIn(tx, municipality, fiscalYear);
	const town = none();
	const districts = new Map<string, DistrictMovement>();
	for (const one of await countedIn(tx, municipality, fiscalYear)) {
		const own = districts.get(one.school) ?? { school: one.school, name: one.name, ...none() };
		districts.set(one.school, own);
		for (const part of partsOf(one, fiscalYear, isUnconfirmed))
			for (const into of [town, own])
				if (part === 'ended') {
					into.ended[one.ending ?? 'other']++;
					into.endedAll++;
				} else into[part]++;
	}
	return { town, districts: [...districts.values()] };
}

/**
 * The movement of the whole town as the database adds it up: registered on the day before the year, new, and ended by reason. Says what
 * `movementOf` says, without a look at each home.
 */
export async function movedIn(
	tx: Reader,
	municipality: string,
	fiscalYear: number
): Promise<Pick<Movement, 'start' | 'added' | 'ended' | 'endedAll'>> {
	const { from, to } = yearOf(fiscalYear);
	const how = sql<Ending | null>`case when ${pocket.endedOn} <= ${to} then coalesce(${pocket.ending}, 'other') end`;
	const rows = await tx
		.select({ how, homes: count(), start: sql<number>`sum(${lt(pocket.registeredOn, from)})` })
		.from(pocket)
		.where(
			and(
				eq(pocket.municipality, municipality),
				lte(pocket.registeredOn, to),
				or(isNull(pocket.endedOn), gte(pocket.endedOn, from))
			)
		)
		.groupBy(how);
	const { start, added, ended, endedAll } = none();
	const sums = { start, added, ended, endedAll };
	for (const row of rows) {
		sums.start += row.start;
		sums.added += row.homes - row.start;
		if (!row.how) continue;
		sums.ended[row.how] += row.homes;
		sums.endedAll += row.homes;
	}
	return sums;
}

/** 登録数 as it is printed: registered at the end of a fiscal year, without the unconfirmed where the town leaves them out. */
export async function registeredIn(
	tx: Reader,
	municipality: string,
	fiscalYear: number,
	leaveOutUnconfirmed: boolean
): Promise<number> {
	if (leaveOutUnconfirmed) {
		const { town } = await movementOf(tx, municipality, fiscalYear);
		return town.end - town.unconfirmed;
	}
	const { to } = yearOf(fiscalYear);
	const [found] = await tx
		.select({ n: count() })
		.from(pocket)
		.where(
			and(
				eq(pocket.municipality, municipality),
				lte(pocket.registeredOn, to),
				or(isNull(pocket.endedOn), gt(pocket.endedOn, to))
			)
		);
	return found?.n ?? 0;
}

/** Ids of the pockets a number of the movement counts, in the order of the register. */
export async function idsBehind(
	tx: Reader,
	municipality: string,
	fiscalYear: number,
	what: { moved: Moved; school?: string | undefined; ending?: Ending | undefined }
): Promise<string[]> {
	const isUnconfirmed = await unconfirmedIn(tx, municipality, fiscalYear);
	return (await countedIn(tx, municipality, fiscalYear))
		.filter((one) => what.school === undefined || one.school === what.school)
		.filter((one) => what.ending === undefined || one.ending === what.ending)
		.filter((one) => partsOf(one, fiscalYear, isUnconfirmed).includes(what.moved))
		.map((one) => one.id);
}
