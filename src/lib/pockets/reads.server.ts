/** Lines of the register for lists. Exact private data: whoever shows them notes the look (`noteLook`). */
import { and, asc, eq } from 'drizzle-orm';
import { school } from '#lib/people/tables.server.ts';
import { among } from '#lib/server/db/among.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { pocket } from './tables.server.ts';

/** These pockets with their days, by number. */
export async function linesOf(tx: Reader, municipality: string, ids: readonly string[]) {
	return tx
		.select({
			id: pocket.id,
			number: pocket.number,
			name: pocket.name,
			school: school.name,
			town: pocket.town,
			registeredOn: pocket.registeredOn,
			endedOn: pocket.endedOn,
			ending: pocket.ending
		})
		.from(pocket)
		.innerJoin(school, eq(school.id, pocket.school))
		.where(and(eq(pocket.municipality, municipality), among(pocket.id, ids)))
		.orderBy(asc(pocket.number));
}
