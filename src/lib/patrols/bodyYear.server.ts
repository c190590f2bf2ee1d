/** What one body did in a fiscal year: its counted walks with their days, and what it noticed on the way. No names of people. */
import { and, between, count, eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import type { Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { counted } from './counted.server.ts';
import type { FindingState } from './finding.ts';
import { latestAnswer } from './findings.server.ts';
import type { FindingKind } from './log.ts';
import { finding, findingAnswer, logAssociation, logPerson } from './tables.server.ts';
import type { DatedWalk } from './tally.ts';

/** The walks of a body that count in a fiscal year, each with its day and the people of the roster who walked. Through the actor. */
export async function walksOfBody(tx: Reader, actor: Actor, body: string, fiscalYear: number): Promise<DatedWalk[]> {
	const from = counted(tx, actor, fiscalYear);
	const own = and(eq(logAssociation.version, from.version), eq(logAssociation.association, body));
	const walks = await tx
		.with(from)
		.select({
			version: from.version,
			programme: from.programme,
			departedAt: from.departedAt,
			headcount: from.headcount,
			metres: from.metres
		})
		.from(from)
		.innerJoin(logAssociation, own);
	const walkers = await tx
		.with(from)
		.select({ version: from.version, person: logPerson.person })
		.from(from)
		.innerJoin(logAssociation, own)
		.innerJoin(logPerson, eq(logPerson.version, from.version));
	const people = Map.groupBy(walkers, (one) => one.version);
	return walks.map(({ version, programme, departedAt, headcount, metres }) => ({
		...{ programme, runs: 1, personTimes: headcount, metres: metres ?? 0 },
		onDay: jstDay(departedAt),
		bodies: [body],
		people: (people.get(version) ?? []).map((one) => one.person)
	}));
}

export type FindingsOfKind = { kind: FindingKind; states: { state: FindingState; count: number }[] };

/** What a body reported in a fiscal year, by kind, and how far each of it has got by now. */
export async function findingsOfBody(tx: Reader, of: string, body: string, fiscalYear: number) {
	const rows = await tx
		.select({ kind: finding.kind, step: findingAnswer.step, count: count() })
		.from(finding)
		.leftJoin(findingAnswer, latestAnswer)
		.where(
			and(
				eq(finding.municipality, of),
				eq(finding.association, body),
				between(finding.onDay, fiscalYearStart(fiscalYear), fiscalYearEnd(fiscalYear))
			)
		)
		.groupBy(finding.kind, findingAnswer.step);
	return [...Map.groupBy(rows, (row) => row.kind)].map(([kind, states]): FindingsOfKind => ({
		kind,
		states: states.map(({ step, count }) => ({ state: step ?? 'received', count }))
	}));
}
