/**
 * Compiles each SQL text once per connection. Drizzle asks for a new statement at every query, and compiling took a quarter of the
 * time of a sign-up; the texts of the house are few and carry their values as parameters.
 */
import type Database from 'better-sqlite3';

/** Lists of ids make texts of many lengths: the oldest unused one goes. */
const REMEMBERED = 400;

/** The connection as drizzle uses it, with statements kept. Raw users of the connection are not touched. */
export function remembering(connection: Database.Database): Database.Database {
	const kept = new Map<string, Database.Statement>();
	const prepare = (sql: string): Database.Statement => {
		const known = kept.get(sql);
		const statement = known ?? connection.prepare(sql);
		// Whoever used it last may have asked for arrays instead of rows.
		if (known?.reader) known.raw(false);
		kept.delete(sql);
		kept.set(sql, statement);
		if (kept.size > REMEMBERED) kept.delete(kept.keys().next().value!);
		return statement;
	};
	return new Proxy(connection, {
		get: (target, key) => {
			if (key === 'prepare') return prepare;
			const value: unknown = Reflect.get(target, key, target);
			return typeof value === 'function' ? (value.bind(target) as unknown) : value;
		}
	});
}
