/** Records of children are kept for a short time: then their content goes, and only the number of them stays. */
import { and, eq, isNull, lt } from 'drizzle-orm';
import { municipality } from '#lib/people/tables.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { RUN_IN_DAYS } from './runIn.ts';
import { runIn, runInContact, runInNotice } from './tables.server.ts';

const DAY = 86_400_000;

/** Empties what is older than its town allows, closed or not. Returns how many. Run twice it does nothing more. */
export async function emptyRunIns(now: Date): Promise<{ runIns: number }> {
	const towns = await db.select({ id: municipality.id, settings: municipality.settings }).from(municipality);
	let emptied = 0;
	for (const { id, settings } of towns) {
		const before = new Date(now.getTime() - (settings.runInDays ?? RUN_IN_DAYS) * DAY);
		emptied += await transaction(async (tx) => {
			const old = and(eq(runIn.municipality, id), isNull(runIn.emptiedAt), lt(runIn.reportedAt, before));
			const ids = (await tx.select({ id: runIn.id }).from(runIn).where(old)).map((one) => one.id);
			if (ids.length === 0) return 0;
			await tx
				.update(runIn)
				.set({
					...{ pocket: null, by: null, area: null, happened: null, suspect: null, description: null },
					...{ grade: null, children: null, words: null, handedTo: null, handedAt: null, review: null },
					emptiedAt: now
				})
				.where(old);
			for (const one of ids) {
				await tx.delete(runInContact).where(eq(runInContact.runIn, one));
				await tx.delete(runInNotice).where(eq(runInNotice.runIn, one));
			}
			await record(tx, { municipality: id }, 'runIn.empty', 'runIns', 'retention', { count: ids.length });
			return ids.length;
		});
	}
	return { runIns: emptied };
}
