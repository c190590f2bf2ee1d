/** The jobs of all rooms, in the order in which they are made up for after a stop. */
import { messagesJobs } from './send-messages.ts';
import { callLoans } from '#lib/equipment/dueLoans.server.ts';
import { sweepMessages } from '#lib/people/messages.server.ts';
import { sweepSessions } from '#lib/people/sessions.server.ts';
import { municipality } from '#lib/people/tables.server.ts';
import { emptyLists } from '#lib/pockets/imports.server.ts';
import { countYear } from '#lib/pockets/snapshots.server.ts';
import { removeLooks } from '#lib/reports/looks.server.ts';
import { backupFolder } from '#lib/server/db/backup.ts';
import { keepBackupApart } from '#lib/server/db/backup-run.ts';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import type { Env } from '#lib/server/env.ts';
import type { Job } from '#lib/server/jobs.ts';
import { runInKind } from '#lib/pockets/runIn.ts';
import { emptyRunIns } from '#lib/pockets/runInRetention.server.ts';
import { removeOld, removeSettled } from '#lib/sync/retention.server.ts';
import { materialise } from '#lib/watches/materialise.server.ts';

/** A verified backup every hour; phones then learn how far it reaches. */
function backupJob(env: Env): Job {
	const folder = backupFolder(env.DATABASE, env.BACKUPS);
	return {
		name: 'house.backup',
		cron: '7 * * * *',
		dueAfterHours: 1,
		run: async (now) => {
			const { removed } = await keepBackupApart(env.DATABASE, folder, now);
			return { removed };
		}
	};
}

const shiftsJob: Job = {
	name: 'watches.materialise',
	cron: '10 2 * * *',
	dueAfterHours: 24,
	run: async (now) => {
		const sum: Record<string, number> = {};
		for (const { id } of await db.select({ id: municipality.id }).from(municipality))
			for (const [what, count] of Object.entries(await materialise(db, id, now))) sum[what] = (sum[what] ?? 0) + count;
		return sum;
	}
};

const sessionsJob: Job = {
	name: 'people.sweepSessions',
	cron: '25 2 * * *',
	dueAfterHours: 24,
	run: (now) =>
		transaction(async (tx) => ({ removed: await sweepSessions(tx, now), messages: await sweepMessages(tx, now) }))
};

/** Before people leave the house. */
const loansJob: Job = {
	name: 'equipment.callLoans',
	cron: '0 7 * * *',
	dueAfterHours: 24,
	run: callLoans
};

/** 3月31日現在, counted in the first night it can be, or in the next one after a stop. */
const pocketsJob: Job = {
	name: 'pockets.countYear',
	cron: '10 0 * 4,5 *',
	dueAfterHours: 24,
	run: countYear,
	quiet: true
};

/** Lets SQLite look again at how the rows lie, so that it goes on choosing the right index. */
const optimizeJob: Job = {
	name: 'house.optimize',
	cron: '55 2 * * *',
	dueAfterHours: 24 * 7,
	run: async () => {
		await transaction(async () => void connections().writer.pragma('optimize'));
		return {};
	}
};

const retentionJob: Job = {
	name: 'sync.retention',
	cron: '40 2 * * *',
	dueAfterHours: 24,
	run: async (now) => {
		const { contents = 0, ...others } = await removeOld(now);
		return {
			contents: contents + (await removeSettled(runInKind)),
			...others,
			...(await emptyRunIns(now)),
			lists: await transaction((tx) => emptyLists(tx, now)),
			looks: await transaction((tx) => removeLooks(tx, now))
		};
	}
};

export const houseJobs = (env: Env): Job[] => [
	backupJob(env),
	shiftsJob,
	sessionsJob,
	loansJob,
	pocketsJob,
	retentionJob,
	optimizeJob,
	...messagesJobs(env)
];
