/**
 * What each programme did in a fiscal year, for the table of the measures: sums that the database makes, however many logs there are. The
 * rows are those of `figures.server.ts`.
 */
import { count, countDistinct, eq, sql, type SQLWrapper } from 'drizzle-orm';
import { addDays } from '#lib/calendar/day.ts';
import type { Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { counted } from './counted.server.ts';
import type { Programme } from './log.ts';
import { logPerson } from './tables.server.ts';

/** runs 回数 · personTimes 延べ人数 · metres · announced: runs on which something was announced (広報). */
export type Sums = { runs: number; personTimes: number; metres: number; announced: number };

/** Added up over some activities, without people and bodies: a table of many figures asks for no more. */
export async function sumsOf(tx: Reader, actor: Actor, fiscalYear: number, of: readonly Programme[]): Promise<Sums> {
	const from = counted(tx, actor, fiscalYear, of);
	const added = (column: SQLWrapper) => sql<number>`coalesce(sum(${column}), 0)`;
	const [found] = await tx
		.with(from)
		.select({
			runs: count(),
			personTimes: added(from.headcount),
			metres: added(from.metres),
			announced: added(from.announced)
		})
		.from(from);
	return found!;
}

/** The day in Japan an instant falls on, counted from 1 January 1970: asked of the moment of departure, the index has what is needed. */
const dayNumber = (at: SQLWrapper) => sql<number>`((${at} + 32400000) / 86400000)`;

/** 実人数: people of the roster who walked in a programme, each once. */
export async function walkersIn(tx: Reader, actor: Actor, fiscalYear: number, programme: Programme): Promise<number> {
	const from = counted(tx, actor, fiscalYear, [programme]);
	const [found] = await tx
		.with(from)
		.select({ people: countDistinct(logPerson.person) })
		.from(from)
		.innerJoin(logPerson, eq(logPerson.version, from.version));
	return found?.people ?? 0;
}

/** The days on which a programme ran, each with its number of runs. */
export async function runDaysIn(
	tx: Reader,
	actor: Actor,
	fiscalYear: number,
	programme: Programme
): Promise<Map<string, number>> {
	const from = counted(tx, actor, fiscalYear, [programme]);
	const day = dayNumber(from.departedAt);
	const rows = await tx.with(from).select({ day, runs: count() }).from(from).groupBy(day);
	return new Map(rows.map(({ day, runs }) => [addDays('1970-01-01', day), runs]));
}
