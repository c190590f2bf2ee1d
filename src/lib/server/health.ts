/** What `/healthz` answers: the promises of the database, read from it and not from what we once set. */
import packageJson from '../../../package.json' with { type: 'json' };
import { sql } from 'drizzle-orm';
import type { DatabaseFacts } from './db/connect.ts';
import { databaseFacts, db } from './db/index.ts';

export const version = packageJson.version;

export type Health =
	{ status: 'ok'; version: string; database: DatabaseFacts } | { status: 'unavailable'; reason: string };

/** Healthy means: both connections answer and hold what we promise. The reason is a fixed sentence or an SQLite code. */
export async function health(): Promise<Health> {
	try {
		const database = databaseFacts();
		await db.get(sql`select count(*) from migration`);
		if (database.journal !== 'wal' || database.synchronous !== 2 || !database.foreignKeys)
			return { status: 'unavailable', reason: 'the database does not hold its promises' };
		return { status: 'ok', version, database };
	} catch (thrown) {
		const code = (thrown as { code?: unknown }).code;
		return {
			status: 'unavailable',
			reason: typeof code === 'string' ? code : 'the database does not answer'
		};
	}
}
