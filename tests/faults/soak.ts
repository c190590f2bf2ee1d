/** `npm run test:soak`: the same tests as in `npm test`, with rounds as long as the promise is serious. Needs a build. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { provideBrowser } from '../browser.ts';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
if (!existsSync('build/handler.js')) {
	console.error('It is not built yet (npm run build).');
	process.exit(1);
}
if (!provideBrowser()) process.exit(1);

const own = process.env.ROUNDS;
const runs: { what: string; rounds: string; command: string[] }[] = [
	{ what: 'kills of the browser', rounds: '200', command: ['tests/faults/client-kill'] },
	{ what: 'kills of the server', rounds: '100', command: ['tests/faults/server.spec', '-g', 'kill -9'] },
	{ what: 'floods, and bodies that never end', rounds: '1', command: ['tests/faults/raw'] }
];

let fine = true;
for (const { what, rounds, command } of runs) {
	console.log(`\n──── ${what}`);
	const args = ['playwright', 'test', '-c', 'tests/playwright.config.ts', ...command, '--project', 'desk'];
	const env = { ...process.env, ROUNDS: own ?? rounds };
	fine = spawnSync('npx', [...args, '--workers', '1'], { stdio: 'inherit', env }).status === 0 && fine;
}

console.log('\n──── six processes at the store');
const race = [
	'test',
	'-c',
	'tests/playwright.config.ts',
	'tests/races/equipment',
	'--project',
	'desk',
	'--workers',
	'1'
];
const moves = { ...process.env, MOVES: process.env.MOVES ?? '10000' };
fine = spawnSync('npx', ['playwright', ...race], { stdio: 'inherit', env: moves }).status === 0 && fine;

console.log('\n──── random schedules through the real engine, and six processes at one op');
const env = { ...process.env, SCHEDULES: process.env.SCHEDULES ?? '5000', TIMES: '2000' };
const units = [
	'vitest',
	'run',
	'tests/unit/sync-engine.test.ts',
	'tests/unit/sync-race.test.ts',
	'--testTimeout=1800000'
];
fine = spawnSync('npx', units, { stdio: 'inherit', env }).status === 0 && fine;
process.exitCode = fine ? 0 : 1;
