/** Why the number of pockets moved in a fiscal year: start + new − ended by reason = end. Feeds measure 6 of the yearly table. */
import { and, asc, eq, isNotNull, lte, or, gt, isNull } from 'drizzle-orm';
import { addDays } from '#lib/calendar/day.ts';
import { school } from '#lib/people/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { endings, registeredOnDay, yearOf, type Ending } from './pocket.ts';
import { pocket } from './tables.server.ts';

export type Movement = { start: number; added: number; ended: Record<Ending, number>; endedAll: number; end: number };
export type DistrictMovement = Movement & { school: string; name: string };

const none = (): Movement => ({
	start: 0,
	added: 0,
	ended: Object.fromEntries(endings.map((ending) => [ending, 0])) as Record<Ending, number>,
	endedAll: 0,
	end: 0
});

/** The movement of one pocket, as a sum of movements would take it. */
function count(
	into: Movement,
	one: { registeredOn: string; endedOn: string | null; ending: Ending | null },
	year: number
) {
	const { from, to } = yearOf(year);
	if (registeredOnDay(one, addDays(from, -1))) into.start++;
	else into.added++;
	if (one.endedOn !== null && one.endedOn <= to) {
		into.ended[one.ending ?? 'other']++;
		into.endedAll++;
	}
	if (registeredOnDay(one, to)) into.end++;
}

/**
 * The movement of a fiscal year, of the whole town and per school district, from the rows. `end` is counted, not worked out:
 * start + added − endedAll = end is a property of the rows.
 */
export async function movementOf(
	tx: Reader,
	municipality: string,
	fiscalYear: number
): Promise<{ town: Movement; districts: DistrictMovement[] }> {
	const { from, to } = yearOf(fiscalYear);
	const rows = await tx
		.select({
			school: pocket.school,
			name: school.name,
			registeredOn: pocket.registeredOn,
			endedOn: pocket.endedOn,
			ending: pocket.ending
		})
		.from(pocket)
		.innerJoin(school, eq(school.id, pocket.school))
		.where(
			and(
				eq(pocket.municipality, municipality),
				isNotNull(pocket.registeredOn),
				lte(pocket.registeredOn, to),
				or(isNull(pocket.endedOn), gt(pocket.endedOn, addDays(from, -1)))
			)
		)
		.orderBy(asc(school.kana), asc(school.id));
	const town = none();
	const districts = new Map<string, DistrictMovement>();
	for (const row of rows) {
		if (row.registeredOn === null) continue;
		const own = districts.get(row.school) ?? { school: row.school, name: row.name, ...none() };
		districts.set(row.school, own);
		for (const into of [town, own]) count(into, { ...row, registeredOn: row.registeredOn }, fiscalYear);
	}
	return { town, districts: [...districts.values()] };
}
