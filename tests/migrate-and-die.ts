/** A process that migrates `<file>` with the SQL of `<sql>` and kills itself before its n-th statement. Run by the migration test. */
import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrate, migration, migrationsIn } from '#lib/server/db/migrate.ts';

const [file, sql, at] = process.argv.slice(2) as [string, string, string];
let left = Number(at);
migrate(new Database(file), [...migrationsIn('drizzle'), migration('9999_test', readFileSync(sql, 'utf8'))], () => {
	if (left-- === 0) process.kill(process.pid, 'SIGKILL');
});
