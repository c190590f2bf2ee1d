/**
 * What this room counts for the year: runs, person-times (延べ), distinct people (実) and metres, from the latest versions of
 * confirmed logs that were neither taken back nor merged into another. Metres are added as they are; kilometres are rounded
 * only where they are printed.
 */
import { and, count, countDistinct, desc, eq, gte, inArray, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { association } from '#lib/people/tables.server.ts';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { weeklyRule } from '#lib/watches/tables.server.ts';
import type { Cursor } from './filter.ts';
import type { Programme } from './log.ts';
import { isLatest, walkedBy } from './open.server.ts';
import {
	log,
	logAssociation,
	logConfirmation,
	logMerge,
	logPerson,
	logVersion,
	logWithdrawal
} from './tables.server.ts';
import { inService } from './vehicle.ts';
import { vehicles } from './vehicles.server.ts';

/** runs 回数 · personTimes 延べ人数 · people 実人数 (of the roster) · metres */
export type Figures = { runs: number; personTimes: number; people: number; metres: number };

/** Logs whose figures this actor may see: those of the bodies reached, or all. For queries over the latest version. */
function seen(tx: Reader, actor: Actor): SQL | undefined {
	const reached = reachOf(actor, 'figures.see');
	const here = eq(logVersion.municipality, actor.municipality);
	if (reached.all) return here;
	const past = reached.past.map((one) => and(walkedBy(tx, [one.association]), lte(logVersion.onDay, one.upTo)));
	return and(here, or(walkedBy(tx, reached.associations), ...past));
}

/** The versions that count in a fiscal year, as far as the actor may see them. One row per walk. */
export function counted(tx: Reader, actor: Actor, fiscalYear: number) {
	return tx.$with('counted').as(
		tx
			.select({
				version: logVersion.id,
				log: logVersion.log,
				programme: logVersion.programme,
				departedAt: logVersion.departedAt,
				headcount: logVersion.headcount,
				metres: logVersion.metres
			})
			.from(logVersion)
			.innerJoin(log, isLatest)
			.innerJoin(logConfirmation, eq(logConfirmation.version, logVersion.id))
			.leftJoin(logWithdrawal, eq(logWithdrawal.log, log.id))
			.leftJoin(logMerge, and(eq(logMerge.log, log.id), isNull(logMerge.undoneAt)))
			.where(
				and(seen(tx, actor), eq(logVersion.fiscalYear, fiscalYear), isNull(logWithdrawal.log), isNull(logMerge.id))
			)
	);
}
type Counted = ReturnType<typeof counted>;

const figureColumns = (from: Counted) => ({
	runs: count(),
	personTimes: sql<number>`coalesce(sum(${from.headcount}), 0)`.mapWith(Number),
	metres: sql<number>`coalesce(sum(${from.metres}), 0)`.mapWith(Number)
});

/** Per programme, over everything the actor may see: a joint patrol is one run here. */
export async function byProgramme(tx: Reader, actor: Actor, fiscalYear: number): Promise<Map<Programme, Figures>> {
	const from = counted(tx, actor, fiscalYear);
	const rows = await tx
		.with(from)
		.select({ programme: from.programme, ...figureColumns(from) })
		.from(from)
		.groupBy(from.programme);
	const people = await tx
		.with(from)
		.select({ programme: from.programme, people: countDistinct(logPerson.person) })
		.from(from)
		.innerJoin(logPerson, eq(logPerson.version, from.version))
		.groupBy(from.programme);
	const distinct = new Map(people.map((row) => [row.programme, row.people]));
	return new Map(
		rows.map(({ programme, ...row }) => [programme, { ...row, people: distinct.get(programme) ?? 0 }] as const)
	);
}

/** 実人数 over several programmes: somebody who walked in two of them is one person, so this is not the sum of the lines. */
export async function distinctPeople(
	tx: Reader,
	actor: Actor,
	fiscalYear: number,
	programmes: readonly Programme[]
): Promise<number> {
	const from = counted(tx, actor, fiscalYear);
	const [row] = await tx
		.with(from)
		.select({ people: countDistinct(logPerson.person) })
		.from(from)
		.innerJoin(logPerson, eq(logPerson.version, from.version))
		.where(inArray(from.programme, [...programmes]));
	return row?.people ?? 0;
}

export type BodyFigures = Figures & { association: string; name: string; programme: Programme };

/** Per body and programme: a joint patrol is one run for each body that walked, with everybody who walked. */
export async function byAssociation(tx: Reader, actor: Actor, fiscalYear: number): Promise<BodyFigures[]> {
	const from = counted(tx, actor, fiscalYear);
	const by = [logAssociation.association, from.programme] as const;
	const rows = await tx
		.with(from)
		.select({ association: logAssociation.association, programme: from.programme, ...figureColumns(from) })
		.from(from)
		.innerJoin(logAssociation, eq(logAssociation.version, from.version))
		.where(ownBodies(actor))
		.groupBy(...by);
	const people = await tx
		.with(from)
		.select({
			association: logAssociation.association,
			programme: from.programme,
			people: countDistinct(logPerson.person)
		})
		.from(from)
		.innerJoin(logAssociation, eq(logAssociation.version, from.version))
		.innerJoin(logPerson, eq(logPerson.version, from.version))
		.where(ownBodies(actor))
		.groupBy(...by);
	const distinct = new Map(people.map((row) => [`${row.association} ${row.programme}`, row.people]));
	const names = await tx
		.select({ id: association.id, name: association.name })
		.from(association)
		.where(eq(association.municipality, actor.municipality))
		.orderBy(association.kana);
	const rowsOf = Map.groupBy(rows, (row) => row.association);
	return names.flatMap(({ id, name }) =>
		(rowsOf.get(id) ?? []).map((row) => ({ ...row, name, people: distinct.get(`${id} ${row.programme}`) ?? 0 }))
	);
}

/** Which of the counted logs to list: those behind one number. */
export type Behind = { programmes?: readonly Programme[] | undefined; association?: string | undefined };

/** The rows behind a number, newest first, a page at a time by key. No names: who sees figures need not see people. */
export async function rowsBehind(tx: Reader, actor: Actor, fiscalYear: number, behind: Behind, after?: Cursor) {
	const from = counted(tx, actor, fiscalYear);
	const walked = tx
		.select({ version: logAssociation.version })
		.from(logAssociation)
		.where(and(eq(logAssociation.association, behind.association ?? ''), ownBodies(actor)));
	const rows = await tx
		.with(from)
		.select({
			log: from.log,
			version: from.version,
			programme: from.programme,
			departedAt: from.departedAt,
			headcount: from.headcount,
			metres: from.metres
		})
		.from(from)
		.where(
			and(
				behind.programmes && inArray(from.programme, [...behind.programmes]),
				behind.association ? inArray(from.version, walked) : undefined,
				after && lte(from.departedAt, after.departedAt),
				after && or(lt(from.departedAt, after.departedAt), lt(from.log, after.log))
			)
		)
		.orderBy(desc(from.departedAt), desc(from.log))
		.limit(rowsAPage + 1);
	const page = rows.slice(0, rowsAPage);
	return { rows: page, next: rows.length > rowsAPage ? page.at(-1) : undefined };
}
const rowsAPage = 100;

/** A leader's report lists the own bodies, not those they walked with. */
function ownBodies(actor: Actor): SQL | undefined {
	const reached = reachOf(actor, 'figures.see');
	if (reached.all) return undefined;
	return inArray(logAssociation.association, [...reached.associations, ...reached.past.map((one) => one.association)]);
}

/** 車両数: cars in service on 31 March of the fiscal year. */
export async function carsOf(tx: Reader, municipality: string, fiscalYear: number) {
	const lastDay = fiscalYearEnd(fiscalYear);
	return (await vehicles(tx, municipality)).filter((car) => inService(car, lastDay));
}

/** 週n回の登校パトロール: the weekdays (0 = Sunday) of the rules of the weekly school run that held in the fiscal year. */
export async function schoolRunWeekdays(tx: Reader, municipality: string, fiscalYear: number): Promise<number[]> {
	const rules = await tx
		.select({ times: weeklyRule.times })
		.from(weeklyRule)
		.where(
			and(
				eq(weeklyRule.municipality, municipality),
				eq(weeklyRule.programme, 'cityCarSchool'),
				lte(weeklyRule.startOn, fiscalYearEnd(fiscalYear)),
				gte(weeklyRule.endOn, fiscalYearStart(fiscalYear))
			)
		);
	return [...new Set(rules.flatMap((rule) => Object.keys(rule.times).map(Number)))].toSorted((a, b) => a - b);
}
