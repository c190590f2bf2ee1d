/** Brings the file to this version of the schema: every `drizzle/*.sql` in order, each in one transaction of its own. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';

export type Migration = { name: string; sql: string; hash: string };

/** The numbered SQL files of a folder, in order. */
export function migrationsIn(folder: string): Migration[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith('.sql'))
		.sort()
		.map((file) => {
			const sql = readFileSync(join(folder, file), 'utf8');
			return { name: file.replace(/\.sql$/, ''), sql, hash: createHash('sha256').update(sql).digest('hex') };
		});
}

/**
 * Applies what is missing and returns the names applied. Foreign keys are off outside the transaction (rebuilding a table
 * with them on deletes its children), checked inside it before COMMIT. Throws and changes nothing when the file is newer than
 * the code, when an applied migration was edited, or when a check fails.
 */
export function migrate(connection: Database.Database, migrations: Migration[]): string[] {
	connection.exec(
		'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, hash TEXT NOT NULL, appliedAt INTEGER NOT NULL)'
	);
	const applied = new Map(
		(connection.prepare('SELECT name, hash FROM migration').all() as Migration[]).map((row) => [row.name, row.hash])
	);
	const known = new Set(migrations.map((one) => one.name));
	for (const name of applied.keys())
		if (!known.has(name)) throw new Error(`the database was written by a newer version (${name})`);
	const done: string[] = [];
	for (const one of migrations) {
		const hash = applied.get(one.name);
		if (hash === one.hash) continue;
		if (hash) throw new Error(`migration ${one.name} was edited after it had been applied`);
		apply(connection, one);
		done.push(one.name);
	}
	return done;
}

function apply(connection: Database.Database, one: Migration): void {
	connection.pragma('foreign_keys = OFF');
	connection.exec('BEGIN IMMEDIATE');
	try {
		connection.exec(one.sql);
		const broken = connection.pragma('foreign_key_check') as unknown[];
		if (broken.length) throw new Error(`${one.name} leaves ${broken.length} rows without their parent`);
		connection.prepare('INSERT INTO migration VALUES (?, ?, ?)').run(one.name, one.hash, Date.now());
		connection.exec('COMMIT');
	} catch (error) {
		if (connection.inTransaction) connection.exec('ROLLBACK');
		throw error;
	} finally {
		connection.pragma('foreign_keys = ON');
	}
}
