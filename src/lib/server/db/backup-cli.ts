/** `npm run backup`: one verified backup now, while the server may be running. */
import { checkEnv } from '#lib/server/env.ts';
import { backUp, backupFolder, prune } from './backup.ts';
import { advanceBackupNo } from './backup-no.ts';

const env = checkEnv({ ORIGIN: 'http://localhost', ...process.env });
const folder = backupFolder(env.DATABASE, env.BACKUPS);
try {
	const made = await backUp(env.DATABASE, folder, new Date());
	advanceBackupNo(env.DATABASE, made.lastNo);
	console.log(`verified backup: ${made.file} (${prune(folder, new Date())} older ones removed)`);
} catch (error) {
	console.error(`no backup was made: ${(error as Error).message}`);
	process.exitCode = 1;
}
