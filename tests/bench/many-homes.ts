/** The invented town with so many refuge homes as are asked for: each agreed to be shown to everybody, so that all of them are on the map. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, count, eq, max } from 'drizzle-orm';
import { instantOf, jstDay } from '#lib/calendar/day.ts';
import { consentVersion, type Purpose } from '#lib/pockets/consent.ts';
import { addressFold } from '#lib/pockets/fold.ts';
import { kinds } from '#lib/pockets/kinds.ts';
import { pocket, pocketConsent } from '#lib/pockets/tables.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { closeDatabase, connections, openDatabase, transaction } from '#lib/server/db/index.ts';
import { homeOf } from '../../src/demo/pockets/homes.ts';
import { seedTown } from '../../src/demo/seed.ts';
import { town } from '../../src/demo/town.ts';

const of = town.municipality;
const purposes: readonly Purpose[] = ['public', 'district'];
const on = '2020-04-01';
/** So many rows in one insert. */
const part = 400;

/** A file with `homes` registered refuge homes; it is gone when the process ends. */
export async function manyHomes(homes: number): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-bench-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	const file = join(folder, 'town.db');
	await seedTown(file, jstDay(new Date()));
	openDatabase(file);
	try {
		await transaction(async (tx) => {
			const here = and(eq(pocket.municipality, of), eq(pocket.state, 'registered'));
			const [there] = await tx.select({ rows: count() }).from(pocket).where(here);
			const [last] = await tx.select({ number: max(pocket.number) }).from(pocket);
			const first = (last?.number ?? 0) + 1;
			const missing = Array.from({ length: homes - there!.rows }, (_, n) => first + n);
			for (let n = 0; n < missing.length; n += part) {
				const rows = missing.slice(n, n + part).map((number) => {
					const { roll: _, phone, ...home } = homeOf(number, kinds[number % kinds.length]!);
					return { id: newId(), number, phone, ...home };
				});
				await tx.insert(pocket).values(
					rows.map(({ id, ...home }) => ({
						id,
						municipality: of,
						state: 'registered' as const,
						...home,
						addressFold: addressFold(home.town + home.address),
						way: 'office' as const,
						appliedOn: on,
						explainedOn: on,
						registeredOn: on,
						changedAt: instantOf(on)
					}))
				);
				await tx.insert(pocketConsent).values(
					rows.flatMap((row) =>
						purposes.map((purpose) => ({
							id: newId(),
							municipality: of,
							pocket: row.id,
							purpose,
							version: consentVersion,
							text: '',
							givenOn: on,
							at: instantOf(on)
						}))
					)
				);
			}
		});
		connections().writer.exec('ANALYZE');
	} finally {
		closeDatabase();
	}
	return file;
}
