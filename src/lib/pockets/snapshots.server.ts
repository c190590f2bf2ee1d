/** 3月31日現在: the number of pockets as it was counted that day. The rows may be corrected later; what was counted stays. */
import { and, eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { municipality } from '#lib/people/tables.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { transaction, type Reader } from '#lib/server/db/index.ts';
import { movementOf } from './figures.server.ts';
import { pocketSnapshot } from './tables.server.ts';

/**
 * The job of April: counts the year that has ended, of every town, once. Later runs find it counted. After May it is too late to say
 * what the number was that day, and nothing is counted.
 */
export async function countYear(now: Date): Promise<Record<string, number>> {
	const fiscalYear = fiscalYearAt(now) - 1;
	if (jstDay(now) > `${fiscalYear + 1}-05-31`) return { districts: 0 };
	return transaction(async (tx) => {
		let districts = 0;
		for (const { id } of await tx.select({ id: municipality.id }).from(municipality)) {
			if (await snapshotOf(tx, id, fiscalYear)) continue;
			const counted = await movementOf(tx, id, fiscalYear);
			for (const one of counted.districts) {
				await tx.insert(pocketSnapshot).values({
					id: newId(now.getTime()),
					municipality: id,
					fiscalYear,
					school: one.school,
					count: one.end,
					unconfirmed: one.unconfirmed,
					at: now
				});
				districts++;
			}
		}
		return { districts };
	});
}

/** What was counted on 31 March of a fiscal year, and when; undefined where nobody counted. */
export async function snapshotOf(tx: Reader, of: string, fiscalYear: number) {
	const rows = await tx
		.select()
		.from(pocketSnapshot)
		.where(and(eq(pocketSnapshot.municipality, of), eq(pocketSnapshot.fiscalYear, fiscalYear)));
	const [first] = rows;
	if (!first) return undefined;
	return {
		at: first.at,
		count: rows.reduce((sum, one) => sum + one.count, 0),
		unconfirmed: rows.reduce((sum, one) => sum + one.unconfirmed, 0)
	};
}
