/** From a file on disk to an open, whole, migrated database, or an error that says what to do. */
import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { backUp } from './backup.ts';
import { connections, openDatabase } from './index.ts';
import { assertWhole } from './inspect.ts';
import { migrate, migrationsIn, pending } from './migrate.ts';

/**
 * Refuses a damaged or newer file, keeps a verified backup before it migrates one that holds anything, and opens it.
 * Returns the names of the migrations applied.
 */
export async function openMigrated(file: string, folder: string, backups: string, now: Date): Promise<string[]> {
	assertWhole(file);
	const migrations = migrationsIn(folder);
	if (existsSync(file) && statSync(file).size > 0 && missing(file, migrations).length > 0)
		await backUp(file, backups, now);
	openDatabase(file);
	return migrate(connections().writer, migrations);
}

function missing(file: string, migrations: Parameters<typeof pending>[1]) {
	const connection = new Database(file, { readonly: true });
	try {
		return pending(connection, migrations);
	} finally {
		connection.close();
	}
}
