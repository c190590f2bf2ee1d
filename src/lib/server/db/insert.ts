/**
 * Inserts for the busiest tables: the SQL is put together once, and a row goes straight to the statement. Building an insert anew, or
 * letting the builder fill its placeholders, costs several times the insert itself.
 */
import { getTableColumns, sql, type InferInsertModel } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { connections, type Tx } from './index.ts';

type Column = { mapToDriverValue(value: unknown): unknown };
type Insert = { columns: [name: string, column: Column][]; text: string };
const built = new WeakMap<SQLiteTable, Insert>();

function insertInto(tx: Tx, table: SQLiteTable): Insert {
	let known = built.get(table);
	if (!known) {
		const columns = Object.entries(getTableColumns(table));
		const slots = Object.fromEntries(columns.map(([name]) => [name, sql`${sql.placeholder(name)}`]));
		const { sql: text, params } = tx
			.insert(table)
			.values(slots as never)
			.toSQL();
		const slotted = params.map((slot) => (slot as { name?: string }).name).join();
		if (slotted !== Object.keys(slots).join()) throw new Error(`the slots of ${text} are not the columns in order`);
		built.set(table, (known = { columns, text }));
	}
	return known;
}

/** Inserts one row, in the open transaction. What is left out is null; a `number()` left out is given by the database. */
export function insertRow<T extends SQLiteTable>(tx: Tx, table: T, row: InferInsertModel<T>): void {
	const { columns, text } = insertInto(tx, table);
	const values = columns.map(([name, column]) => {
		const value = (row as Record<string, unknown>)[name];
		return value === null || value === undefined ? null : column.mapToDriverValue(value);
	});
	connections().writer.prepare(text).run(values);
}
