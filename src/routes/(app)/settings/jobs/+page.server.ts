import { db } from '#lib/server/db/index.ts';
import { lastRuns } from '#lib/server/jobs.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({ runs: await lastRuns(db) });
