/** A real migrated SQLite file for one test file, in a folder of its own. */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { closeDatabase, openDatabase } from '#lib/server/db/index.ts';
import { migrate, migrationsIn } from '#lib/server/db/migrate.ts';

/** Migrated once per state of the migrations and copied from then on: half a second less for every test file. */
function template(): string {
	const migrations = migrationsIn('drizzle');
	const hash = createHash('sha256')
		.update(migrations.map((one) => one.hash).join())
		.digest('hex')
		.slice(0, 16);
	const file = join(tmpdir(), `mimamori-empty-${hash}.db`);
	if (existsSync(file)) return file;
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-'));
	const making = join(folder, 'empty.db');
	const connection = new Database(making);
	migrate(connection, migrations);
	connection.close();
	// Another process may have made it meanwhile: the same bytes, and renaming is one step.
	renameSync(making, file);
	rmSync(folder, { recursive: true });
	return file;
}

/** Opens a fresh database; call the returned function afterwards to close and remove it. */
export function freshDatabase(): { file: string; close: () => void } {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-'));
	const file = join(folder, 'test.db');
	copyFileSync(template(), file);
	openDatabase(file);
	return {
		file,
		close: () => {
			closeDatabase();
			rmSync(folder, { recursive: true });
		}
	};
}
