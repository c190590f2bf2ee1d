/**
 * Work that nobody waits for, by the clock of Japan, in this process. Rooms hand in their jobs; each run leaves a row with what
 * it did in numbers, so that a person can see when it last ran.
 */
import { Cron } from 'croner';
import { and, desc, eq, lt, max } from 'drizzle-orm';
import { db, transaction, type Reader } from './db/index.ts';
import { newId } from './db/ids.ts';
import { log, ofThrown } from './log.ts';
import { jobRun } from './tables.server.ts';

export type Job = {
	/** `room.job`, e.g. `watches.materialise`. */
	name: string;
	/** Minute hour day month weekday, JST; six fields begin with seconds. */
	cron: string;
	/** Hours after which a missed run is made up for at the next start. */
	dueAfterHours: number;
	/** Does the work (opening its own transactions) and returns counts for the record. Must be harmless when run twice. */
	run: (now: Date) => Promise<Record<string, number>>;
	/** Runs often and mostly finds nothing: only a run that did something is written down. */
	quiet?: boolean;
};

const keepRunsFor = 35 * 24 * 3_600_000;

/** Runs one job now and writes down what it did. A failure is logged and recorded, never thrown: the next job goes on. */
export async function runJob(job: Job, now: Date): Promise<boolean> {
	const started = performance.now();
	let counts: Record<string, number> = {};
	let done = true;
	try {
		counts = await job.run(now);
	} catch (thrown) {
		done = false;
		log('error', 'job', { job: job.name, ...ofThrown(thrown) });
	}
	if (job.quiet && done && Object.values(counts).every((count) => count === 0)) return true;
	const ms = Math.round(performance.now() - started);
	await transaction(async (tx) => {
		await tx.insert(jobRun).values({ id: newId(now.getTime()), job: job.name, at: now, ms, done, counts });
		await tx.delete(jobRun).where(and(eq(jobRun.job, job.name), lt(jobRun.at, new Date(now.getTime() - keepRunsFor))));
	});
	log('info', 'job', { job: job.name, ms, counts });
	return done;
}

/** The last run of a job, whatever came of it. */
export async function lastRun(reader: Reader, name: string): Promise<typeof jobRun.$inferSelect | undefined> {
	const [row] = await reader.select().from(jobRun).where(eq(jobRun.job, name)).orderBy(desc(jobRun.at)).limit(1);
	return row;
}

/** The last run of every job that ever ran here, the newest first. */
export async function lastRuns(reader: Reader): Promise<{ job: string; at: Date; done: boolean }[]> {
	const latest = reader
		.select({ job: jobRun.job, at: max(jobRun.at).as('latest') })
		.from(jobRun)
		.groupBy(jobRun.job)
		.as('latest');
	return reader
		.select({ job: jobRun.job, at: jobRun.at, done: jobRun.done })
		.from(jobRun)
		.innerJoin(latest, and(eq(jobRun.job, latest.job), eq(jobRun.at, latest.at)))
		.orderBy(desc(jobRun.at));
}

/**
 * Starts the clocks and makes up for what was missed while the server was off, one job after the other.
 * The returned function stops the clocks and waits for a job under way.
 */
export function startJobs(jobs: readonly Job[]): () => Promise<void> {
	let chain: Promise<unknown> = Promise.resolve();
	let stopped = false;
	const soon = (job: Job) => {
		chain = chain.then(() => (stopped ? undefined : runJob(job, new Date()))).catch(() => undefined);
	};
	const clocks = jobs.map((job) => new Cron(job.cron, { name: undefined, timezone: 'Asia/Tokyo' }, () => soon(job)));
	chain = (async () => {
		for (const job of jobs) {
			const last = await lastRun(db, job.name);
			const due = !last?.done || Date.now() - last.at.getTime() > job.dueAfterHours * 3_600_000;
			if (due && !stopped) await runJob(job, new Date());
		}
	})().catch((thrown) => log('error', 'job', ofThrown(thrown)));
	return async () => {
		stopped = true;
		for (const clock of clocks) clock.stop();
		await chain;
	};
}
