/** What the house itself keeps. Of the whole installation, so without a municipality. */
import { count, flag, id, index, instant, json, table, text } from './db/columns.ts';

/** Each run of a job, and what it did in numbers. */
export const jobRun = table(
	'job_run',
	{ id: id(), job: text(), at: instant(), ms: count(), done: flag(), counts: json<Record<string, number>>() },
	(t) => [index('job_run_by_job').on(t.job, t.at)]
);
