/** Once per run: the invented town as a file that every worker copies. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { addDays, instantOf, jstDay } from '../../src/lib/calendar/day.ts';

/** How long the journeys take at most, in minutes. */
const walk = 15;

/** The town is laid for today: it is not laid when the day would end while its people are on their way. */
async function dayThatLasts(): Promise<void> {
	const left = instantOf(addDays(jstDay(new Date()), 1)).getTime() - Date.now();
	if (left > walk * 60_000) return;
	console.log(`In Japan the day ends in ${Math.ceil(left / 60_000)} minutes: the journeys begin with the new one.`);
	await wait(left + 1000);
}

export default async function lay(): Promise<() => void> {
	await dayThatLasts();
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-journeys-'));
	const file = join(folder, 'town.db');
	execFileSync('node', ['src/demo/seed-cli.ts', file], { stdio: 'inherit' });
	process.env.TOWN_TEMPLATE = file;
	return () => rmSync(folder, { recursive: true, force: true });
}
