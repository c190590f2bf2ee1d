/** Inserts for the busiest tables, as statements built once per connection: building the SQL anew costs several times the insert. */
import { getTableColumns, sql, type InferInsertModel } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Tx } from './index.ts';

type Insert = (row: Record<string, unknown>) => void;
const built = new WeakMap<Tx, Map<SQLiteTable, Insert>>();

function insertOf(tx: Tx, table: SQLiteTable): Insert {
	let mine = built.get(tx);
	if (!mine) built.set(tx, (mine = new Map()));
	let found = mine.get(table);
	if (!found) mine.set(table, (found = build(tx, table)));
	return found;
}

function build(tx: Tx, table: SQLiteTable): Insert {
	const columns = Object.entries(getTableColumns(table));
	// Inside `sql` the value is taken as it is: a bare placeholder would encode null as well, and a JSON null is no NULL.
	const slots = Object.fromEntries(columns.map(([name]) => [name, sql`${sql.placeholder(name)}`]));
	const prepared = tx
		.insert(table)
		.values(slots as never)
		.prepare();
	return (row) => {
		const values: Record<string, unknown> = {};
		for (const [name, column] of columns) values[name] = encoded(column, row[name]);
		prepared.run(values);
	};
}

const encoded = (column: { mapToDriverValue(value: unknown): unknown }, value: unknown) =>
	value === null || value === undefined ? null : column.mapToDriverValue(value);

/** Inserts one row. What is left out is null; a `number()` left out is given by the database. */
export function insertRow<T extends SQLiteTable>(tx: Tx, table: T, row: InferInsertModel<T>): void {
	insertOf(tx, table)(row);
}
