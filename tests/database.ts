/** A real migrated SQLite file for one test file, in a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, connections, openDatabase } from '#lib/server/db/index.ts';
import { migrate, migrationsIn } from '#lib/server/db/migrate.ts';

/** Opens a fresh database; call the returned function afterwards to close and remove it. */
export function freshDatabase(): { file: string; close: () => void } {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-'));
	const file = join(folder, 'test.db');
	openDatabase(file);
	migrate(connections().writer, migrationsIn('drizzle'));
	return {
		file,
		close: () => {
			closeDatabase();
			rmSync(folder, { recursive: true });
		}
	};
}
