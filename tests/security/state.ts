/** What a database holds, to see that something refused has changed nothing. */
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { tablesOf } from '#lib/server/db/inspect.ts';

/** Noted by merely coming by: when a session was last seen, what the jobs did. */
const passing = new Set(['session', 'job_run', 'known_device', 'sync_server']);

/** A hash of the rows of every table. */
export function stateOf(file: string): Record<string, string> {
	const database = new Database(file, { readonly: true });
	try {
		const tables = tablesOf(database).filter((table) => !passing.has(table));
		return Object.fromEntries(
			tables.map((table) => {
				const hash = createHash('sha256');
				for (const row of database.prepare(`SELECT * FROM "${table}" ORDER BY rowid`).raw().iterate())
					hash.update(JSON.stringify(row));
				return [table, hash.digest('hex')];
			})
		);
	} finally {
		database.close();
	}
}

/** Ids of rows that belong to others: to another municipality, or within it to a body that is not among `own`. */
export function foreignIds(file: string, municipality: string, own?: readonly string[]): Map<string, string[]> {
	const database = new Database(file, { readonly: true });
	try {
		const found = new Map<string, string[]>();
		for (const table of tablesOf(database)) {
			const columns = (database.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name);
			if (!columns.includes('id') || !columns.includes('municipality')) continue;
			if (own && !columns.includes('association')) continue;
			const rows = database
				.prepare(
					own
						? `SELECT id FROM "${table}" WHERE municipality = ? AND association NOT IN (${own.map(() => '?').join()}) LIMIT 3`
						: `SELECT id FROM "${table}" WHERE municipality <> ? LIMIT 3`
				)
				.pluck()
				.all(municipality, ...(own ?? [])) as string[];
			if (rows.length) found.set(table, rows);
		}
		return found;
	} finally {
		database.close();
	}
}
