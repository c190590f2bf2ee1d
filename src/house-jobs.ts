/** The jobs of all rooms, in the order in which they are made up for after a stop. */
import { advanceBackupNo } from '#lib/server/db/backup-no.ts';
import { backUp, backupFolder, prune } from '#lib/server/db/backup.ts';
import type { Env } from '#lib/server/env.ts';
import type { Job } from '#lib/server/jobs.ts';

export function houseJobs(env: Env): Job[] {
	const folder = backupFolder(env.DATABASE, env.BACKUPS);
	const backup: Job = {
		name: 'house.backup',
		cron: '7 * * * *',
		dueAfterHours: 1,
		run: async (now) => {
			const { lastNo } = await backUp(env.DATABASE, folder, now);
			advanceBackupNo(env.DATABASE, lastNo);
			return { removed: prune(folder, now) };
		}
	};
	return [backup];
}
