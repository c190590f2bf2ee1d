/** The thread of `keepBackupApart`. */
import { parentPort, workerData } from 'node:worker_threads';
import { keepBackup } from './backup-run.ts';

const [database, folder, now] = workerData as [string, string, Date];
parentPort!.postMessage(await keepBackup(database, folder, now));
