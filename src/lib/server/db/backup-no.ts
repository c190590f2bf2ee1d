/** Tells phones how far a verified backup reaches, so that they need not keep what can no longer be lost. */
import Database from 'better-sqlite3';
import { tablesOf } from './inspect.ts';

/** Advances `backupNo` to the last receipt number that a verified backup holds. It never goes back. */
export function advanceBackupNo(file: string, lastNo: number | undefined): void {
	if (lastNo === undefined) return;
	const connection = new Database(file, { timeout: 5000 });
	try {
		connection.pragma('synchronous = FULL');
		if (tablesOf(connection).includes('sync_server'))
			connection.prepare('UPDATE sync_server SET backupNo = ? WHERE backupNo < ?').run(lastNo, lastNo);
	} finally {
		connection.close();
	}
}
