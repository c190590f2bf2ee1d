/** `npm run backup`: one verified backup now, while the server may be running. */
import { checkEnv } from '#lib/server/env.ts';
import { backupFolder } from './backup.ts';
import { keepBackup } from './backup-run.ts';

const env = checkEnv({ ORIGIN: 'http://localhost', ...process.env });
const folder = backupFolder(env.DATABASE, env.BACKUPS);
try {
	const { file, removed } = await keepBackup(env.DATABASE, folder, new Date());
	console.log(`verified backup: ${file} (${removed} older ones removed)`);
} catch (error) {
	console.error(`no backup was made: ${(error as Error).message}`);
	process.exitCode = 1;
}
