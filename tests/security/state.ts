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

/** Ids of rows of other municipalities, a few of every table. */
export function foreignIds(file: string, municipality: string): string[] {
	const database = new Database(file, { readonly: true });
	try {
		return tablesOf(database).flatMap((table) => {
			const columns = (database.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name);
			if (!columns.includes('id') || !columns.includes('municipality')) return [];
			const rows = database.prepare(`SELECT id FROM "${table}" WHERE municipality <> ? LIMIT 3`).pluck();
			return rows.all(municipality) as string[];
		});
	} finally {
		database.close();
	}
}

/** The lines of the trail in the order they were written: what was done, by whom. */
export function trailOf(file: string): string[] {
	const database = new Database(file, { readonly: true });
	try {
		return database
			.prepare(`SELECT deed || ' ' || coalesce(person, 'job') FROM trail ORDER BY rowid`)
			.pluck()
			.all() as string[];
	} finally {
		database.close();
	}
}
