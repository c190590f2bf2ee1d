/** The invented town in a database of its own: every room hands in its part, in the order in which they stand on one another. */
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jstDay } from '#lib/calendar/day.ts';
import { closeDatabase, connections, openDatabase, transaction, type Tx } from '#lib/server/db/index.ts';
import { migrate, migrationsIn } from '#lib/server/db/migrate.ts';

type Seed = (tx: Tx, today: string) => Promise<void>;

const rooms = [
	['people', 'seedPeople'],
	['watches', 'seedWatches'],
	['patrols', 'seedPatrols']
] as const;

async function seeds(): Promise<Seed[]> {
	const found: Seed[] = [];
	for (const [room, name] of rooms) {
		const url = new URL(`./${room}.ts`, import.meta.url);
		if (existsSync(fileURLToPath(url))) found.push(((await import(url.href)) as Record<string, Seed>)[name]!);
	}
	return found;
}

/** Writes the town into a new file, replacing what was there. Deterministic but for `today`, which the current weeks hang on. */
export async function seedTown(file: string, today = jstDay(new Date())): Promise<void> {
	for (const rest of ['', '-wal', '-shm']) rmSync(file + rest, { force: true });
	openDatabase(file);
	try {
		migrate(connections().writer, migrationsIn('drizzle'));
		const all = await seeds();
		await transaction(async (tx) => {
			for (const seed of all) await seed(tx, today);
		});
		connections().writer.exec('ANALYZE');
	} finally {
		closeDatabase();
	}
}
