/** What this room counts of findings for the year: how many lie with each section, and how many of them are settled. */
import { and, between, count, eq, inArray, sql } from 'drizzle-orm';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { latestAnswer } from './findings.server.ts';
import { finding, findingAnswer } from './tables.server.ts';

export type FindingYear = { section: string; findings: number; settled: number };

/**
 * Findings noticed in a fiscal year by the section that has them now, and those of them that were answered for good: 対応済 or 対応不可.
 * One that was passed on counts for the section it was passed on to, and for no other.
 */
export async function findingsIn(tx: Reader, municipality: string, fiscalYear: number): Promise<FindingYear[]> {
	const desk = sql<string>`coalesce(${findingAnswer.section}, ${finding.section})`;
	return tx
		.select({
			section: desk,
			findings: count(),
			settled: sql<number>`coalesce(sum(${inArray(findingAnswer.step, ['done', 'notPossible'])}), 0)`
		})
		.from(finding)
		.leftJoin(findingAnswer, latestAnswer)
		.where(
			and(
				eq(finding.municipality, municipality),
				between(finding.onDay, fiscalYearStart(fiscalYear), fiscalYearEnd(fiscalYear))
			)
		)
		.groupBy(desk);
}
