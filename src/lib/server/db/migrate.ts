/** Brings the file to this version of the schema: every `drizzle/*.sql` in order, each in one transaction of its own. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { rowCounts, tablesOf } from './inspect.ts';

export type Migration = { name: string; sql: string; hash: string };

/** The numbered SQL files of a folder, in order. */
export function migrationsIn(folder: string): Migration[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith('.sql'))
		.sort()
		.map((file) => migration(file.replace(/\.sql$/, ''), readFileSync(join(folder, file), 'utf8')));
}

/** A migration from its SQL. The hash tells later whether it was edited. */
export function migration(name: string, sql: string): Migration {
	return { name, sql, hash: createHash('sha256').update(sql).digest('hex') };
}

/**
 * What is missing in a file. Throws when the file is newer than the code, or when an applied migration was edited:
 * then nothing may be written to it.
 */
export function pending(connection: Database.Database, migrations: Migration[]): Migration[] {
	const known = new Set(migrations.map((one) => one.name));
	const hasTable = connection.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'migration'`).get();
	const rows = hasTable ? (connection.prepare('SELECT name, hash FROM migration').all() as Migration[]) : [];
	const applied = new Map(rows.map((row) => [row.name, row.hash]));
	for (const name of applied.keys())
		if (!known.has(name)) throw new Error(`the database was written by a newer version (${name})`);
	for (const one of migrations)
		if (applied.has(one.name) && applied.get(one.name) !== one.hash)
			throw new Error(`migration ${one.name} was edited after it had been applied`);
	return migrations.filter((one) => !applied.has(one.name));
}

/**
 * Applies what is missing and returns the names applied. Foreign keys are off *outside* the transaction: rebuilding a table
 * with them on runs DROP TABLE's implicit DELETE and takes the children along. Before COMMIT no row may have lost its parent, no
 * table its rows, no table its triggers. Throws and leaves the file as it was when any of this fails.
 *
 * A migration that means to remove rows, tables or triggers says so in comment lines of its own:
 * `-- expect rows: <table>` or `-- expect gone: <table or trigger>`.
 */
export function migrate(
	connection: Database.Database,
	migrations: Migration[],
	/** Called before each statement: tests pull the plug here. */
	step: () => void = () => undefined
): string[] {
	const missing = pending(connection, migrations);
	if (missing.length === 0) return [];
	connection.exec(
		'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, hash TEXT NOT NULL, appliedAt INTEGER NOT NULL)'
	);
	for (const one of missing) apply(connection, one, step);
	// A new index of which nothing is known looks better than an old one that is known: a list of loans took minutes until the night.
	if (connection.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'`).get()) connection.exec('ANALYZE');
	return missing.map((one) => one.name);
}

function apply(connection: Database.Database, one: Migration, step: () => void): void {
	connection.pragma('foreign_keys = OFF');
	// Renaming the new copy of a table onto the old name must not look at guards of other tables that name it; a real renaming must.
	connection.pragma(`legacy_alter_table = ${/RENAME TO/i.test(one.sql) && one.sql.includes('__new_') ? 'ON' : 'OFF'}`);
	connection.exec('BEGIN IMMEDIATE');
	try {
		const before = { rows: rowCounts(connection), triggers: triggersOf(connection) };
		for (const statement of statementsOf(one.sql)) {
			step();
			connection.exec(statement);
		}
		step();
		assertNothingLost(connection, one, before);
		assertSchemaReads(connection);
		connection.prepare('INSERT INTO migration VALUES (?, ?, ?)').run(one.name, one.hash, Date.now());
		step();
		connection.exec('COMMIT');
	} catch (error) {
		if (connection.inTransaction) connection.exec('ROLLBACK');
		throw error;
	} finally {
		connection.pragma('legacy_alter_table = OFF');
		connection.pragma('foreign_keys = ON');
	}
}

type Standing = { rows: Map<string, number>; triggers: Set<string> };

function assertNothingLost(connection: Database.Database, one: Migration, before: Standing): void {
	const broken = connection.pragma('foreign_key_check') as unknown[];
	if (broken.length) throw new Error(`${one.name} leaves ${broken.length} rows without their parent`);
	const rows = rowCounts(connection);
	const [moved, gone] = [declared(one, 'rows'), declared(one, 'gone')];
	for (const [table, count] of before.rows) {
		const now = rows.get(table);
		if (now === undefined && !gone.has(table)) throw new Error(`${one.name} drops the table ${table}`);
		if (now !== undefined && now !== count && !moved.has(table))
			throw new Error(`${one.name} leaves ${now} of ${count} rows in ${table}`);
	}
	// Rebuilding a table silently drops the guards on it.
	const triggers = triggersOf(connection);
	for (const trigger of before.triggers)
		if (!triggers.has(trigger) && !gone.has(trigger)) throw new Error(`${one.name} loses the trigger ${trigger}`);
}

/** SQLite reads every guard and view again when a table is renamed: one that no longer fits is found here and not by a volunteer. */
function assertSchemaReads(connection: Database.Database): void {
	connection.pragma('legacy_alter_table = OFF');
	connection.exec('ALTER TABLE migration RENAME TO migration_read; ALTER TABLE migration_read RENAME TO migration');
	const tables = tablesOf(connection);
	for (const table of tables)
		for (const key of connection.pragma(`foreign_key_list("${table}")`) as { table: string }[])
			if (!tables.includes(key.table)) throw new Error(`${table} points at ${key.table}, which is not there`);
}

function declared(one: Migration, what: 'rows' | 'gone'): Set<string> {
	const lines = [...one.sql.matchAll(new RegExp(`^-- expect ${what}: *(\\w+)`, 'gm'))];
	return new Set(lines.map((line) => line[1]!));
}

function triggersOf(connection: Database.Database): Set<string> {
	return new Set(connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all() as string[]);
}

const statementsOf = (sql: string) => sql.split('--> statement-breakpoint').filter((part) => part.trim());
