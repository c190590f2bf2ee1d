/**
 * Opens and closes the house: lock, database, jobs. Called by the hooks' `init`, so that it lives inside the bundle with the one
 * queue of writers.
 */
import { version } from '$app/environment';
import { eq } from 'drizzle-orm';
import { administratorExists, setupToken } from '#lib/people/setup.server.ts';
import { municipality } from '#lib/people/tables.server.ts';
import { houseJobs } from './house-jobs.ts';
import { waysOf } from './send-messages.ts';
import { openWays } from '#lib/people/messages.server.ts';
import { endApart } from '#lib/server/db/apart.ts';
import { closeDatabase, db, drained, transaction } from '#lib/server/db/index.ts';
import { backupFolder } from '#lib/server/db/backup.ts';
import { takeLock } from '#lib/server/db/lock.ts';
import { openMigrated } from '#lib/server/db/open.ts';
import { rescueKey } from '#lib/sync/keys.server.ts';
import { askForApp } from '#lib/sync/self.server.ts';
import type { Env } from '#lib/server/env.ts';
import { startJobs } from '#lib/server/jobs.ts';
import { openLog } from '#lib/server/log.ts';

/** Opens everything or throws with the reason. The returned function finishes what is under way and closes. */
export async function openHouse(env: Env): Promise<() => Promise<void>> {
	openLog(env.LOG_LEVEL);
	askForApp(env.MIN_APP, version);
	openWays(waysOf(env));
	const release = takeLock(env.DATABASE);
	try {
		await openMigrated(env.DATABASE, env.MIGRATIONS, backupFolder(env.DATABASE, env.BACKUPS), new Date());
		if (!env.DEMO) await refuseDemoPeople();
		if (!(await administratorExists(db))) await printSetupLink(env);
		// Made here and not at the first question for it: looking changes nothing.
		await rescueKey(new Date());
	} catch (error) {
		closeDatabase();
		release();
		throw error;
	}
	const stopJobs = startJobs(houseJobs(env));
	return async () => {
		await stopJobs();
		await drained();
		await endApart();
		closeDatabase();
		release();
	};
}

/** The invented people sign in by button: in a real installation they would be an open door. */
async function refuseDemoPeople(): Promise<void> {
	const [demo] = await db.select().from(municipality).where(eq(municipality.demo, true)).limit(1);
	if (demo)
		throw new Error(
			`the database holds the invented town (${demo.name}): it serves as a demo only (npm run demo), never as an installation`
		);
}

/** Not through the log: a link is a key, and logs are copied. */
async function printSetupLink(env: Env): Promise<void> {
	const token = await transaction((tx) => setupToken(tx, new Date()));
	console.log(
		`There is no administrator yet. Set the municipality up with this link, once:\n\n  ${new URL(`/setup?token=${token}`, env.ORIGIN).href}\n`
	);
}
