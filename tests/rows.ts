/** Rows in every table of a database, made from its schema alone, so that a table added tomorrow is filled as well. */
import type Database from 'better-sqlite3';
import { tablesOf } from '#lib/server/db/inspect.ts';

type Column = { name: string; type: string };
type Key = { table: string; from: string; to: string | null };

/** The value of a column in the n-th row: the parent's own value where it points at one, so that every key finds its row. */
function value(connection: Database.Database, table: string, column: string, n: number): string | number {
	const keys = connection.pragma(`foreign_key_list("${table}")`) as Key[];
	const key = keys.find((one) => one.from === column);
	if (key) {
		const to = key.to ?? primaryKeyOf(connection, key.table);
		if (key.table !== table || to !== column) return value(connection, key.table, to, n);
	}
	const { type } = columnsOf(connection, table).find((one) => one.name === column)!;
	if (/INT/i.test(type)) return n + 1;
	return /REAL/i.test(type) ? n + 0.5 : `${table}.${column}.${n}`;
}

export const columnsOf = (connection: Database.Database, table: string) =>
	connection.pragma(`table_info("${table}")`) as Column[];

const primaryKeyOf = (connection: Database.Database, table: string) =>
	(connection.pragma(`table_info("${table}")`) as (Column & { pk: number })[]).find((one) => one.pk === 1)!.name;

/**
 * Puts `rows` rows into every table that has none. Guards and checks are set aside while it does: these rows mean nothing, they
 * are only there to be lost.
 */
export function fillEveryTable(connection: Database.Database, rows = 2): void {
	const triggers = connection.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all() as {
		name: string;
		sql: string;
	}[];
	connection.pragma('foreign_keys = OFF');
	connection.pragma('ignore_check_constraints = ON');
	// One commit for all of it: hundreds of guards, each written through to the disk, are half a minute.
	connection.exec('BEGIN');
	for (const { name } of triggers) connection.exec(`DROP TRIGGER "${name}"`);
	for (const table of tablesOf(connection)) {
		if (table === 'migration' || connection.prepare(`SELECT 1 FROM "${table}"`).get()) continue;
		const columns = columnsOf(connection, table).map(({ name }) => name);
		const insert = connection.prepare(
			`INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join()}) VALUES (${columns.map(() => '?').join()})`
		);
		for (let n = 0; n < rows; n++) insert.run(columns.map((column) => value(connection, table, column, n)));
	}
	for (const { sql } of triggers) connection.exec(sql);
	connection.exec('COMMIT');
	connection.pragma('ignore_check_constraints = OFF');
	connection.pragma('foreign_keys = ON');
}

/** The migration drizzle-kit writes when a table has to be built anew: copy, drop, rename, indexes and guards again. */
export function rebuilding(connection: Database.Database, table: string): string {
	const parts = connection
		.prepare(`SELECT type, sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL`)
		.all(table) as { type: string; sql: string }[];
	const create = parts.find(({ type }) => type === 'table')!.sql;
	const copy = create.replace(/^CREATE TABLE [`"]?\w+[`"]?/i, `CREATE TABLE \`__new_${table}\``);
	return [
		'PRAGMA foreign_keys=OFF;',
		`${copy};`,
		`INSERT INTO \`__new_${table}\` SELECT * FROM \`${table}\`;`,
		`DROP TABLE \`${table}\`;`,
		`ALTER TABLE \`__new_${table}\` RENAME TO \`${table}\`;`,
		'PRAGMA foreign_keys=ON;',
		...parts.filter(({ type }) => type !== 'table').map(({ sql }) => `${sql};`)
	].join('\n--> statement-breakpoint\n');
}
