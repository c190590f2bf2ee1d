/**
 * What this room counts for the year: runs, person-times (延べ), distinct people (実) and metres, from the latest versions of
 * confirmed logs that were neither taken back nor merged into another. Metres are added as they are; kilometres are rounded
 * only where they are printed.
 */
import { and, count, eq, exists, gte, inArray, lt, lte, ne, sql, sum } from 'drizzle-orm';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { association } from '#lib/people/tables.server.ts';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { weeklyRule } from '#lib/watches/tables.server.ts';
import { counted, idsOf, inOneCell, joined, monthsAsSpans, ownBodies } from './counted.server.ts';
import type { Programme } from './log.ts';
import { finding, findingPhoto, log, logAssociation, logPerson } from './tables.server.ts';
import { tallied, type Figures, type Walks, type YearTally } from './tally.ts';
import { inService } from './vehicle.ts';
import { vehicles } from './vehicles.server.ts';

/** The walks of a year by activity, bodies and people: of the whole town a month at a time, so that others are served in between. */
async function* walksOf(tx: Reader, actor: Actor, fiscalYear: number): AsyncGenerator<Walks[]> {
	const from = counted(tx, actor, fiscalYear);
	const bodies = tx
		.select(joined(logAssociation.association))
		.from(logAssociation)
		.where(eq(logAssociation.version, from.version));
	const people = tx.select(joined(logPerson.person)).from(logPerson).where(eq(logPerson.version, from.version));
	const whole = { from: undefined, before: undefined };
	for (const span of reachOf(actor, 'figures.see').all ? monthsAsSpans(fiscalYear) : [whole]) {
		const walks = tx
			.with(from)
			.select({
				programme: from.programme,
				headcount: from.headcount,
				metres: from.metres,
				crew: inOneCell(bodies).as('crew'),
				walkers: inOneCell(people).as('walkers')
			})
			.from(from)
			.where(and(span.from && gte(from.departedAt, span.from), span.before && lt(from.departedAt, span.before)))
			.as('walks');
		// Bare rows: with ten thousand of them, naming the fields costs as much as finding them.
		const rows = (await tx
			.select({
				programme: walks.programme,
				runs: count(),
				personTimes: sum(walks.headcount),
				metres: sql`coalesce(sum(${walks.metres}), 0)`,
				crew: walks.crew,
				walkers: walks.walkers
			})
			.from(walks)
			.groupBy((row) => [row.programme, row.crew, row.walkers])
			.values()) as [Programme, number, number, number, string, string][];
		yield rows.map(([programme, runs, personTimes, metres, bodies, people]) => ({
			...{ programme, runs, personTimes, metres },
			...{ bodies: idsOf(bodies), people: idsOf(people) }
		}));
	}
}

/** The year added up, as far as the actor may see it. Asked of the rows each time. */
export const tallyOf = (tx: Reader, actor: Actor, fiscalYear: number): Promise<YearTally> =>
	tallied(walksOf(tx, actor, fiscalYear));

export type BodyFigures = Figures & { association: string; name: string; programme: Programme };

/** The lines of each body in the order of their readings; for those who see their own body only, without the ones they walked with. */
export async function linesOfBodies(tx: Reader, actor: Actor, { byBody }: YearTally): Promise<BodyFigures[]> {
	const own = ownBodies(actor);
	const names = await tx
		.select({ id: association.id, name: association.name })
		.from(association)
		.where(and(eq(association.municipality, actor.municipality), own && inArray(association.id, own)))
		.orderBy(association.kana);
	return names.flatMap(({ id, name }) =>
		[...(byBody.get(id) ?? [])].map(([programme, figures]) => ({ ...figures, association: id, name, programme }))
	);
}

/** Photos of what was noticed on the counted walks of one body in a fiscal year. */
export async function photosOf(tx: Reader, actor: Actor, body: string, fiscalYear: number): Promise<number> {
	const from = counted(tx, actor, fiscalYear);
	const [found] = await tx
		.with(from)
		.select({ photos: count() })
		.from(from)
		.innerJoin(logAssociation, and(eq(logAssociation.version, from.version), eq(logAssociation.association, body)))
		.innerJoin(finding, eq(finding.log, from.log))
		.innerJoin(findingPhoto, eq(findingPhoto.finding, finding.id));
	return found?.photos ?? 0;
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

/**
 * With whom the joint patrols of a fiscal year were walked: the bodies beside the one that recorded it, once each, in the order in which
 * the town wrote them down.
 */
export async function jointBodiesIn(tx: Reader, actor: Actor, fiscalYear: number) {
	const from = counted(tx, actor, fiscalYear, ['joint']);
	return tx
		.with(from)
		.selectDistinct({ id: association.id, kind: association.kind, name: association.name })
		.from(from)
		.innerJoin(logAssociation, eq(logAssociation.version, from.version))
		.innerJoin(association, eq(association.id, logAssociation.association))
		.innerJoin(log, eq(log.id, from.log))
		.where(ne(logAssociation.association, log.association))
		.orderBy(association.id);
}

/** The businesses that patrolled in a fiscal year, once each. Asked business by business: they are few, and one walk is enough. */
export async function businessesWhoWalked(tx: Reader, actor: Actor, fiscalYear: number): Promise<string[]> {
	const from = counted(tx, actor, fiscalYear);
	const walked = tx
		.with(from)
		.select({ one: from.version })
		.from(from)
		.innerJoin(logAssociation, eq(logAssociation.version, from.version))
		.where(eq(logAssociation.association, association.id));
	const rows = await tx
		.select({ id: association.id })
		.from(association)
		.where(and(eq(association.municipality, actor.municipality), eq(association.kind, 'business'), exists(walked)));
	return rows.map(({ id }) => id);
}
