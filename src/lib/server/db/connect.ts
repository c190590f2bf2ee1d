/** One connection to the SQLite file. Apart from `index.ts`, so that a thread which only reads need not load what builds queries. */
import Database from 'better-sqlite3';
import { rememberStatements } from './statements.ts';

/** The oldest SQLite we run on: before it, a checkpoint on a second connection could lose a WAL frame. */
const OLDEST_SQLITE = [3, 51, 3];

/** One connection with the pragmas set and asserted. A re-opened WAL file falls back to synchronous=NORMAL otherwise. */
export function connect(file: string): Database.Database {
	const connection = new Database(file);
	connection.pragma('busy_timeout = 5000');
	connection.pragma('journal_mode = WAL');
	connection.pragma('synchronous = FULL');
	connection.pragma('foreign_keys = ON');
	// A rush writes a thousand pages in a few commits, and each time it would stop to copy them.
	connection.pragma('wal_autocheckpoint = 4000');
	connection.pragma('trusted_schema = OFF');
	rememberStatements(connection);
	const found = examine(connection);
	const version = found.sqlite.split('.').map(Number);
	const tooOld = OLDEST_SQLITE.some(
		(part, i) => version[i]! < part && OLDEST_SQLITE.slice(0, i).every((p, j) => version[j] === p)
	);
	if (found.journal !== 'wal' || found.synchronous !== 2 || !found.foreignKeys || tooOld)
		throw new Error(`the database does not hold its promises: ${JSON.stringify(found)}`);
	return connection;
}

export type DatabaseFacts = {
	engine: 'sqlite';
	journal: string;
	synchronous: number;
	foreignKeys: boolean;
	sqlite: string;
};

/** What a connection says of itself. */
export function examine(connection: Database.Database): DatabaseFacts {
	return {
		engine: 'sqlite',
		journal: String(connection.pragma('journal_mode', { simple: true })),
		synchronous: Number(connection.pragma('synchronous', { simple: true })),
		foreignKeys: connection.pragma('foreign_keys', { simple: true }) === 1,
		sqlite: String(connection.prepare('select sqlite_version()').pluck().get())
	};
}
