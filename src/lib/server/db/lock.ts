/** One process at a time: two servers on one file would be two queues of writers and two clocks of jobs. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/**
 * Holds `<file>.lock` exclusively until the returned function is called or the process ends, however it ends: the lock is the
 * operating system's, so a killed server leaves none behind. Throws when another process holds it.
 */
export function takeLock(file: string): () => void {
	mkdirSync(dirname(file), { recursive: true });
	const lock = new Database(`${file}.lock`, { timeout: 500 });
	try {
		lock.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		lock.close();
		if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
		throw new Error(`another process has ${file} open (stop it first)`, { cause: error });
	}
	return () => lock.close();
}
