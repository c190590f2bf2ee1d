/** The yearly rounds of the invented town's refuge homes, and what was counted on each 31 March. */
import { addDays, instantOf } from '#lib/calendar/day.ts';
import { fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { movementOf } from '#lib/pockets/figures.server.ts';
import type { Kind } from '#lib/pockets/pocket.ts';
import { type pocket, pocketConfirmation, pocketSeason, pocketSnapshot } from '#lib/pockets/tables.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { demoId } from '../ids.ts';
import { demoSchools, town } from '../town.ts';

/** A home of the register before it is written. */
export type Row = typeof pocket.$inferInsert & { kind: Kind };

/** As many rows at once as SQLite takes values. */
export async function inParts<T>(all: readonly T[], put: (part: T[]) => Promise<unknown>): Promise<void> {
	for (let n = 0; n < all.length; n += 500) await put(all.slice(n, n + 500));
}

/** 3月31日現在, as the job of each April counted it. */
export async function seedCounts(tx: Tx, today: string): Promise<void> {
	const counted = [2023, 2024, 2025].filter((year) => fiscalYearStart(year + 1) <= today);
	for (const [n, fiscalYear] of counted.entries()) {
		const { districts } = await movementOf(tx, town.municipality, fiscalYear);
		await tx.insert(pocketSnapshot).values(
			districts.map((one, m) => ({
				id: demoId('pockets', 8, n * 100 + m + 1),
				municipality: town.municipality,
				fiscalYear,
				school: one.school,
				count: one.end,
				unconfirmed: one.unconfirmed,
				at: instantOf(fiscalYearStart(fiscalYear + 1), '00:10')
			}))
		);
	}
}

/** The rounds of 令和6 and 令和7: opened in January, nine of ten have answered. */
export async function seedRounds(tx: Tx, all: readonly Row[], today: string): Promise<void> {
	const answers: (typeof pocketConfirmation.$inferInsert)[] = [];
	for (const fiscalYear of [2024, 2025]) {
		const openedOn = `${fiscalYear + 1}-01-10`;
		if (openedOn > today) continue;
		await tx.insert(pocketSeason).values(
			Object.values(demoSchools).map((school, n) => ({
				id: demoId('pockets', 6, (fiscalYear - 2024) * 100 + n + 1),
				municipality: town.municipality,
				fiscalYear,
				school: school.id,
				openedOn,
				by: town.people.guidance,
				at: instantOf(openedOn, '09:00')
			}))
		);
		const asked = all.filter(
			(row) => row.registeredOn && row.registeredOn < openedOn && (!row.endedOn || row.endedOn > openedOn)
		);
		for (const row of asked) {
			const n = row.number! + fiscalYear;
			if (n % 10 === 0) continue;
			const on = addDays(openedOn, 5 + (n % 60));
			answers.push({
				id: demoId('pockets', 7, answers.length + 1),
				municipality: town.municipality,
				pocket: row.id,
				fiscalYear,
				method: (['postcard', 'link', 'visit', 'phone'] as const)[n % 4]!,
				result: n % 17 === 0 ? 'changes' : 'stays',
				on,
				at: instantOf(on, '15:00')
			});
		}
	}
	await inParts(answers, (part) => tx.insert(pocketConfirmation).values(part));
}
