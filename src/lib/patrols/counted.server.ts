/** Which walks count in a fiscal year: the ground every figure of this room stands on. */
import {
	and,
	count,
	eq,
	exists,
	gt,
	inArray,
	isNull,
	lte,
	notExists,
	notInArray,
	or,
	sql,
	type SQL,
	type SQLWrapper
} from 'drizzle-orm';
import { addMonths, firstOfMonth, instantOf } from '#lib/calendar/day.ts';
import { monthsOfFiscalYear } from '#lib/calendar/fiscal-year.ts';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import { alias } from '#lib/server/db/columns.ts';
import type { Reader } from '#lib/server/db/index.ts';
import type { Programme } from './log.ts';
import { walkedBy } from './open.server.ts';
import { logConfirmation, logMerge, logVersion, logWithdrawal } from './tables.server.ts';

/** Logs whose figures this actor may see: those of the bodies reached, or all. For queries over the latest version. */
function seen(tx: Reader, actor: Actor): SQL | undefined {
	const reached = reachOf(actor, 'figures.see');
	const here = eq(logVersion.municipality, actor.municipality);
	if (reached.all) return here;
	const past = reached.past.map((one) => and(walkedBy(tx, [one.association]), lte(logVersion.onDay, one.upTo)));
	return and(here, or(walkedBy(tx, reached.associations), ...past));
}

/** The latest versions of logs that were neither taken back nor merged into another. */
function stands(tx: Reader): SQL | undefined {
	const newer = alias(logVersion, 'newer');
	return and(
		notExists(
			tx
				.select({ one: newer.number })
				.from(newer)
				.where(and(eq(newer.log, logVersion.log), gt(newer.number, logVersion.number)))
		),
		notInArray(logVersion.log, tx.select({ log: logWithdrawal.log }).from(logWithdrawal)),
		notInArray(logVersion.log, tx.select({ log: logMerge.log }).from(logMerge).where(isNull(logMerge.undoneAt)))
	);
}

const confirmations = (tx: Reader) =>
	tx.select({ one: logConfirmation.version }).from(logConfirmation).where(eq(logConfirmation.version, logVersion.id));

/**
 * Confirmed, and it stands. Each question is asked of an index alone (as is the version itself, `log_version_by_year`), so that a year of
 * 200,000 walks is a matter of a quarter of a second.
 */
export const counts = (tx: Reader): SQL | undefined => and(exists(confirmations(tx)), stands(tx));

/** Logs of a fiscal year that nobody has confirmed yet, those that were sent back among them: they do not count. */
export async function unconfirmedLogs(tx: Reader, actor: Actor, fiscalYear: number): Promise<number> {
	const [found] = await tx
		.select({ logs: count() })
		.from(logVersion)
		.where(and(seen(tx, actor), eq(logVersion.fiscalYear, fiscalYear), notExists(confirmations(tx)), stands(tx)));
	return found?.logs ?? 0;
}

/** The walks that count in a fiscal year, of some activities or all, as far as the actor may see them. One row each. */
export function counted(tx: Reader, actor: Actor, fiscalYear: number, of?: readonly Programme[]) {
	return tx.$with('counted').as(
		tx
			.select({
				version: logVersion.id,
				log: logVersion.log,
				programme: logVersion.programme,
				departedAt: logVersion.departedAt,
				headcount: logVersion.headcount,
				metres: logVersion.metres,
				announced: logVersion.announced
			})
			.from(logVersion)
			.where(
				and(
					seen(tx, actor),
					eq(logVersion.fiscalYear, fiscalYear),
					of && inArray(logVersion.programme, [...of]),
					counts(tx)
				)
			)
	);
}

/** All ids of a query in one cell, '' when there is none; in the order of their index, so that the same ones are the same cell. */
export const inOneCell = (ids: SQLWrapper) => sql<string>`coalesce((${ids}), '')`;
export const joined = (column: SQLWrapper) => ({ ids: sql`group_concat(${column})` });
export const idsOf = (cell: string) => (cell ? cell.split(',') : []);

/** The months of a fiscal year as moments, without a beginning of the first and an end of the last: what counts in the year is in one of them. */
export const monthsAsSpans = (fiscalYear: number) =>
	monthsOfFiscalYear(fiscalYear).map((month, n) => ({
		from: n > 0 ? instantOf(firstOfMonth(month)) : undefined,
		before: n < 11 ? instantOf(firstOfMonth(addMonths(month, 1))) : undefined
	}));

/** A leader's report lists the own bodies, not those they walked with. Undefined: all. */
export function ownBodies(actor: Actor): string[] | undefined {
	const reached = reachOf(actor, 'figures.see');
	return reached.all ? undefined : [...reached.associations, ...reached.past.map((one) => one.association)];
}
