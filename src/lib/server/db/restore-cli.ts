/** `npm run restore -- <backup>`: brings a backup back; without a name it lists them. The server must be stopped. */
import { checkEnv } from '#lib/server/env.ts';
import { backupFolder, backupsIn } from './backup.ts';
import { migrationsIn } from './migrate.ts';
import { restore } from './restore.ts';

const env = checkEnv({ ORIGIN: 'http://localhost', ...process.env });
const asked = process.argv[2];
if (!asked) {
	const backups = backupsIn(backupFolder(env.DATABASE, env.BACKUPS));
	console.log('Usage: npm run restore -- <backup>\n');
	console.log(backups.length ? backups.map(({ file }) => `  ${file}`).join('\n') : 'there are no backups yet');
} else {
	try {
		const { replaced, era } = restore(env.DATABASE, asked, migrationsIn(env.MIGRATIONS), new Date());
		console.log(`restored ${env.DATABASE} from ${asked}`);
		if (replaced) console.log(`the replaced file is kept as ${replaced}`);
		if (era !== undefined) console.log(`era ${era}: phones will offer again what they still hold`);
	} catch (error) {
		console.error(`nothing was changed: ${(error as Error).message}`);
		process.exitCode = 1;
	}
}
