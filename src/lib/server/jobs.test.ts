import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/database.ts';
import { db } from './db/index.ts';
import { lastRuns, runJob, type Job } from './jobs.ts';

let close: () => void;
beforeAll(() => ({ close } = freshDatabase()));
afterAll(() => close());

const job = (name: string, run: Job['run']): Job => ({ name, cron: '0 0 * * *', dueAfterHours: 24, run });

it('leaves a row for every run, and shows the last of each job with what came of it', async () => {
	const counts = job('a.counts', async () => ({ made: 2 }));
	const fails = job('a.fails', async () => {
		throw new Error('no');
	});
	expect(await runJob(counts, new Date('2026-11-21T02:10:00+09:00'))).toBe(true);
	expect(await runJob(fails, new Date('2026-11-22T02:00:00+09:00'))).toBe(false);
	expect(await runJob(counts, new Date('2026-11-22T02:10:00+09:00'))).toBe(true);
	expect(await lastRuns(db)).toEqual([
		{ job: 'a.counts', at: new Date('2026-11-22T02:10:00+09:00'), done: true },
		{ job: 'a.fails', at: new Date('2026-11-22T02:00:00+09:00'), done: false }
	]);
});

it('of a job that mostly finds nothing, writes down the runs that did something or failed', async () => {
	const counts = [{ sent: 0 }, { sent: 1 }, { sent: 0 }];
	const quiet: Job = { ...job('b.quiet', async () => counts.shift() ?? Promise.reject(new Error('no'))), quiet: true };
	const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 0, minute));
	for (const minute of [1, 2, 3]) expect(await runJob(quiet, at(minute))).toBe(true);
	const of = async () => (await lastRuns(db)).find((one) => one.job === 'b.quiet');
	expect(await of()).toEqual({ job: 'b.quiet', at: at(2), done: true });
	expect(await runJob(quiet, at(4))).toBe(false);
	expect(await of()).toEqual({ job: 'b.quiet', at: at(4), done: false });
});
