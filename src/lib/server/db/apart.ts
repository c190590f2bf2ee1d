/**
 * Long reads in a thread of their own. SQLite answers in the thread that asks it, and while the figures of a million walks are added up
 * there, no phone could hand in its log. So what may take long asks through `readApart`: the same queries on a third connection, beside
 * which this thread goes on serving.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { connections, type Reader } from './index.ts';

export type Question = { no: number; sql: string; params: unknown[]; method: 'run' | 'all' | 'values' | 'get' };
export type Answer = { no: number; rows?: unknown; error?: string };

type Asked = { done: (rows: unknown) => void; failed: (error: Error) => void };
type Thread = { file: string; worker: Worker; asked: Map<number, Asked> };

let thread: Thread | undefined;
let questions = 0;
let last: Promise<unknown> = Promise.resolve();
const inside = new AsyncLocalStorage<true>();

/** Begun at the first long read; when it fails, whoever waits is told and the next read begins another. */
function running(): Thread {
	const { file } = connections();
	if (thread?.file === file) return thread;
	void thread?.worker.terminate();
	// From the sources, as the migrations: the bundle has no file for it.
	const worker = new Worker(resolve('src/lib/server/db/apart-thread.ts'), { workerData: file });
	const begun: Thread = { file, worker, asked: new Map() };
	const ended = (error: Error) => {
		if (thread === begun) thread = undefined;
		for (const one of begun.asked.values()) one.failed(error);
		begun.asked.clear();
	};
	worker.on('error', ended);
	worker.on('exit', () => ended(new Error('the reading thread has ended')));
	worker.on('message', ({ no, rows, error }: Answer) => {
		const one = begun.asked.get(no);
		begun.asked.delete(no);
		if (error === undefined) one?.done(rows);
		else one?.failed(new Error(error));
	});
	worker.unref();
	return (thread = begun);
}

const ask = (sql: string, params: unknown[], method: Question['method']) =>
	new Promise<unknown>((done, failed) => {
		const { worker, asked } = running();
		const question: Question = { no: ++questions, sql, params, method };
		asked.set(question.no, { done, failed });
		worker.postMessage(question);
	});

// Rooms await what they read, so that they do not notice that this one takes its time.
const reader = drizzle(async (sql, params, method) => ({
	rows: (await ask(sql, params, method)) as never
})) as unknown as Reader;

async function inSnapshot<T>(work: (tx: Reader) => Promise<T>): Promise<T> {
	await ask('BEGIN', [], 'run');
	try {
		return await inside.run(true, () => work(reader));
	} finally {
		// Where the thread has ended, so has what it read.
		await ask('COMMIT', [], 'run').catch(() => undefined);
	}
}

/**
 * Reads in the other thread, one after the other, each in a snapshot of its own: everything that was committed when it begins, and nothing
 * that comes in between two of its queries. Not for what is quick: every question goes there and back.
 */
export function readApart<T>(work: (tx: Reader) => Promise<T>): Promise<T> {
	if (inside.getStore()) throw new Error('long reads do not nest: pass the tx on');
	const found = last.then(() => inSnapshot(work));
	last = found.catch(() => undefined);
	return found;
}

/** Lets the reads under way end, then the thread: before the database is closed. */
export async function endApart(): Promise<void> {
	await last;
	await thread?.worker.terminate();
	thread = undefined;
}
