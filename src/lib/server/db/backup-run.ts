/**
 * One backup with everything that belongs to it. `keepBackup` takes the thread of whoever calls; `keepBackupApart` is for a server,
 * which must go on answering while a copy is read back: on a file of 150 MB that takes longer than a second, every hour.
 */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { backUp, prune } from './backup.ts';
import { advanceBackupNo } from './backup-no.ts';

export type Kept = { file: string; removed: number };

/** Makes a verified backup, tells the phones how far it reaches and removes what need not be kept. Throws when none was made. */
export async function keepBackup(database: string, folder: string, now: Date): Promise<Kept> {
	const { file, lastNo } = await backUp(database, folder, now);
	advanceBackupNo(database, lastNo);
	return { file, removed: prune(folder, now) };
}

/** The same in a thread of its own. */
export async function keepBackupApart(database: string, folder: string, now: Date): Promise<Kept> {
	// From the sources, as the migrations: the bundle has no file for it.
	const worker = new Worker(resolve('src/lib/server/db/backup-thread.ts'), { workerData: [database, folder, now] });
	// Rejects with what the thread threw.
	const [kept] = (await once(worker, 'message')) as [Kept];
	return kept;
}
