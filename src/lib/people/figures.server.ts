/** What this room counts for the year. */
import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { association, associationEnding } from './tables.server.ts';

/** 覚書: the businesses whose memorandum stands at the end of a fiscal year. */
export async function memorandaIn(tx: Reader, municipality: string, fiscalYear: number): Promise<string[]> {
	const end = fiscalYearEnd(fiscalYear);
	const rows = await tx
		.select({ id: association.id })
		.from(association)
		.leftJoin(associationEnding, eq(associationEnding.association, association.id))
		.where(
			and(
				eq(association.municipality, municipality),
				eq(association.kind, 'business'),
				lte(association.memorandumOn, end),
				or(isNull(associationEnding.endedOn), gt(associationEnding.endedOn, end))
			)
		);
	return rows.map(({ id }) => id);
}
