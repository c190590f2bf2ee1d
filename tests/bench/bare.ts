/** What a read costs SQLite alone: its statements as they were asked, once more and by themselves. */
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Reader } from '#lib/server/db/index.ts';

/** Listens to `read` on a file and runs its statements again, bare rows and nothing made of them. The median of three in milliseconds. */
export async function bare(file: string, read: (tx: Reader) => Promise<unknown>): Promise<number> {
	const connection = new Database(file, { readonly: true });
	const asked: { sql: string; params: unknown[] }[] = [];
	const logQuery = (sql: string, params: unknown[]) => void asked.push({ sql, params });
	try {
		await read(drizzle({ client: connection, logger: { logQuery } }));
		const times = [0, 1, 2].map(() => {
			const started = performance.now();
			for (const { sql, params } of asked)
				connection
					.prepare(sql)
					.raw()
					.all(...params);
			return performance.now() - started;
		});
		return times.sort((a, b) => a - b)[1]!;
	} finally {
		connection.close();
	}
}
