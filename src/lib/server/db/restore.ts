/** Brings a backup back in place of the database. The server must be stopped; the replaced file stays beside it. */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { flush } from './backup.ts';
import { assertWhole, tablesOf } from './inspect.ts';
import { takeLock } from './lock.ts';
import { pending, type Migration } from './migrate.ts';

/**
 * Verifies the backup, raises the era (phones then offer again what they still hold) and puts the copy in place by renaming.
 * Returns where the replaced file is now. Throws and changes nothing when the backup is damaged, newer than this version, or
 * a server is running.
 */
export function restore(
	file: string,
	backup: string,
	migrations: Migration[],
	now: Date
): { replaced?: string; era?: number } {
	if (!existsSync(backup)) throw new Error(`there is no backup at ${backup}`);
	const release = takeLock(file);
	const coming = `${file}.restoring`;
	try {
		assertWhole(backup, true);
		copyFileSync(backup, coming);
		const era = raiseEra(coming, file, migrations, now);
		flush(coming);
		const replaced = setAside(file, now);
		renameSync(coming, file);
		return { replaced, era };
	} finally {
		for (const rest of ['', '-wal', '-shm', '-journal']) rmSync(coming + rest, { force: true });
		release();
	}
}

/** Higher than any era a phone may have seen, even where the damaged file cannot tell its own: it follows the clock. */
function raiseEra(coming: string, old: string, migrations: Migration[], now: Date): number | undefined {
	const copy = new Database(coming);
	try {
		pending(copy, migrations);
		if (!tablesOf(copy).includes('sync_server')) return undefined;
		const seen = Math.max(eraOf(copy) ?? 0, eraOfFile(old) ?? 0, Math.floor(now.getTime() / 1000) - 1);
		copy.prepare('UPDATE sync_server SET era = ?').run(seen + 1);
		return seen + 1;
	} finally {
		copy.close();
	}
}

const eraOf = (connection: Database.Database) =>
	connection.prepare('SELECT era FROM sync_server').pluck().get() as number | undefined;

function eraOfFile(file: string): number | undefined {
	if (!existsSync(file)) return undefined;
	try {
		const connection = new Database(file, { readonly: true });
		try {
			return eraOf(connection);
		} finally {
			connection.close();
		}
	} catch {
		// Damaged, or older than the table: the clock decides.
		return undefined;
	}
}

/** The replaced file keeps its WAL, which may hold rows that the file alone does not. */
function setAside(file: string, now: Date): string | undefined {
	if (!existsSync(file)) return undefined;
	const aside = `${file}.replaced-${now.toISOString().replaceAll(':', '-')}`;
	for (const rest of ['-shm', '-wal', '']) if (existsSync(file + rest)) renameSync(file + rest, aside + rest);
	return aside;
}
