/** Whether a database file is whole. Opens it on its own, reading only. */
import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';

/** Thrown when a file must not be used as it is. `message` says what to do. */
export class Damaged extends Error {
	constructor(file: string, found: string) {
		super(`${file} is damaged (${found}). Keep the file, and bring back a backup with: npm run restore`);
		this.name = 'Damaged';
	}
}

/** The names of our own tables in a database, `migration` among them. */
export function tablesOf(connection: Database.Database): string[] {
	return connection
		.prepare(
			`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`
		)
		.pluck()
		.all() as string[];
}

/** Rows of every table. */
export function rowCounts(connection: Database.Database): Map<string, number> {
	return new Map(
		tablesOf(connection).map((name) => [
			name,
			connection.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number
		])
	);
}

/** Refuses a file that SQLite finds broken; `thorough` reads every index too (backups), else the quick look of a start. */
export function assertWhole(file: string, thorough = false): void {
	if (!existsSync(file) || statSync(file).size === 0) return;
	let connection: Database.Database | undefined;
	try {
		connection = new Database(file, { readonly: true });
		const found = connection.pragma(thorough ? 'integrity_check(3)' : 'quick_check(3)') as Record<string, string>[];
		const said = found.map((row) => Object.values(row)[0]).join('; ');
		if (said !== 'ok') throw new Damaged(file, said);
		if (thorough) {
			const orphans = (connection.pragma('foreign_key_check') as unknown[]).length;
			if (orphans) throw new Damaged(file, `${orphans} rows without their parent`);
		}
	} catch (error) {
		if (error instanceof Damaged) throw error;
		throw new Damaged(file, (error as Error).message);
	} finally {
		connection?.close();
	}
}
