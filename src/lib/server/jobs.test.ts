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
