/** What the database of a running server says, where a screen would not tell one thing from two. */
import Database from 'better-sqlite3';
import type { Server } from './server.ts';

/** The first column of each row. */
export function rowsIn(server: Pick<Server, 'database'>, sql: string, ...values: string[]): string[] {
	const database = new Database(server.database, { readonly: true });
	try {
		return database
			.prepare(sql)
			.pluck()
			.all(...values) as string[];
	} finally {
		database.close();
	}
}
