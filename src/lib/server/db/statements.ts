/**
 * Compiles each SQL text once per connection. Drizzle asks for a new statement at every query, and compiling took a quarter of the
 * time of a sign-up; the texts of the house are few and carry their values as parameters.
 */
import type Database from 'better-sqlite3';

/** Lists of ids make texts of many lengths: the least used one goes. */
const REMEMBERED = 400;

/** From now on this connection keeps its statements. One is used at once or not at all, so one per text is enough. */
export function rememberStatements(connection: Database.Database): void {
	const compile = connection.prepare.bind(connection) as (sql: string) => Database.Statement;
	const kept = new Map<string, Database.Statement>();
	const prepare = (sql: string): Database.Statement => {
		const known = kept.get(sql);
		// Whoever iterates keeps the statement for itself.
		if (known?.busy) return compile(sql);
		const statement = known ?? compile(sql);
		if (known) kept.delete(sql);
		else if (kept.size >= REMEMBERED) kept.delete(kept.keys().next().value!);
		kept.set(sql, statement);
		// Whoever used it last may have asked for arrays, or for the first column alone.
		return statement.reader ? statement.raw(false).pluck(false) : statement;
	};
	connection.prepare = prepare as typeof connection.prepare;
}
