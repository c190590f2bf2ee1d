/**
 * Two connections to one SQLite file. `db` reads and refuses to write; `transaction()` is the only way to write.
 * Rooms take a `Reader` or a `Tx` as their first argument and never open anything themselves.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { connect, examine, type DatabaseFacts } from './connect.ts';

/** Reads only. A `Tx` is a `Reader` too, so a read can be used inside a verb. */
export type Reader = Pick<
	BetterSQLite3Database,
	'select' | 'selectDistinct' | '$with' | 'with' | '$count' | 'all' | 'get'
>;
/** The open write transaction. */
export type Tx = BetterSQLite3Database & { readonly inTransaction: true };

/** The reading connection (`query_only`). Set by `openDatabase`. It cannot see what a transaction has not committed. */
export let db: Reader;

type Open = { file: string; reader: Database.Database; writer: Database.Database; tx: Tx };
let open: Open | undefined;
const inside = new AsyncLocalStorage<true>();

/**
 * Opens both connections, sets and asserts the pragmas. Throws `Error` with the reason when the file does not hold them.
 * Does not migrate: see `migrate.ts`.
 */
export function openDatabase(file: string): void {
	closeDatabase();
	mkdirSync(dirname(file), { recursive: true });
	const writer = connect(file);
	const reader = connect(file);
	reader.pragma('query_only = ON');
	open = { file, reader, writer, tx: drizzle({ client: writer }) as unknown as Tx };
	db = drizzle({ client: reader });
}

/** What `/healthz` says of the writing connection. Throws when the database is closed or does not answer. */
export function databaseFacts(): DatabaseFacts {
	if (!open) throw new Error('the database is closed');
	return examine(open.writer);
}

/** The raw connections, for the migrator, backup and the self-check only. */
export function connections(): Readonly<Open> {
	if (!open) throw new Error('the database is closed');
	return open;
}

export function closeDatabase(): void {
	if (!open) return;
	open.reader.close();
	open.writer.pragma('wal_checkpoint(TRUNCATE)');
	open.writer.close();
	open = undefined;
}

type Waiting = { work: (tx: Tx) => Promise<unknown>; done: (result: never) => void; failed: (error: unknown) => void };
/** Transactions written so far. This process alone writes the file, so nothing in it changes between two equal numbers. */
export let commits = 0;
const waiting: Waiting[] = [];
let draining = false;
/** At most so many transactions share one fsync. */
const TOGETHER = 64;

/**
 * Runs `work` in a write transaction, committed durably before the promise resolves; whatever it throws undoes its own
 * writes and nobody else's. Writers queue here, and those that wait at the same moment share one COMMIT (each in a savepoint of
 * its own), so that a rush costs one fsync and not a hundred. Nesting is refused: verbs take `tx` and compose. Await nothing slow
 * inside (mail, push, hashing, fetch): every other writer waits.
 */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
	if (inside.getStore()) throw new Error('transactions do not nest: pass the tx on');
	// The queue is drained in the context of whoever came first; without this a verb would speak that person's language.
	const asCaller = AsyncLocalStorage.snapshot();
	return new Promise((done, failed) => {
		waiting.push({ work: (tx) => asCaller(() => inside.run(true, () => work(tx))), done, failed });
		void drain();
	});
}

/** Resolves when no transaction waits or runs: before closing. */
export async function drained(): Promise<void> {
	while (draining) await new Promise(setImmediate);
}

async function drain(): Promise<void> {
	if (draining) return;
	draining = true;
	while (waiting.length > 0) {
		// One turn of the event loop lets the requests that are already here join the group.
		await new Promise(setImmediate);
		await commitTogether(waiting.splice(0, TOGETHER));
	}
	draining = false;
}

async function commitTogether(group: Waiting[]): Promise<void> {
	const answers: (() => void)[] = [];
	let writer: Database.Database | undefined;
	try {
		const connection = connections();
		writer = connection.writer;
		writer.exec('BEGIN IMMEDIATE');
		for (const { work, done, failed } of group) {
			try {
				const result = await savepoint(connection.tx, () => work(connection.tx));
				answers.push(() => done(result as never));
			} catch (error) {
				// SQLITE_FULL and its kin have ended the whole transaction: nobody of this group was stored.
				if (!writer.inTransaction) throw error;
				answers.push(() => failed(error));
			}
		}
		writer.exec('COMMIT');
		commits++;
	} catch (error) {
		// After a failing fsync nobody knows what is on the disk: only a fresh start reads it again.
		if (/^SQLITE_IOERR_(DIR_)?FSYNC/.test(String((error as { code?: unknown }).code))) process.exit(70);
		if (writer?.inTransaction) writer.exec('ROLLBACK');
		for (const one of group) one.failed(error);
		return;
	}
	for (const answer of answers) answer();
}

/**
 * Runs `work` in a savepoint of the open transaction: what it throws undoes its own writes only.
 * Raw SAVEPOINT, because drizzle's nested transaction refuses async work.
 */
export async function savepoint<T>(_tx: Tx, work: () => Promise<T>): Promise<T> {
	const { writer } = connections();
	writer.prepare('SAVEPOINT step').run();
	try {
		const result = await work();
		writer.prepare('RELEASE step').run();
		return result;
	} catch (error) {
		if (writer.inTransaction) {
			writer.prepare('ROLLBACK TO step').run();
			writer.prepare('RELEASE step').run();
		}
		throw error;
	}
}
