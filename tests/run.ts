/**
 * `npm test`: everything, each step timed; those that only read the sources run beside each other. Ends with one plain line,
 * `N passed, N failed`: tests of vitest and Playwright, and a step without tests of its own (format, lint, types, build) as one.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { provideBrowser } from './browser.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

type Count = { passed: number; failed: number };
type Step = { name: string; command: string[]; count?: (fine: boolean) => Count };

const units = 'test-results/units.json';
const journeys = 'test-results/journeys.json';

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
/** A run that broke off without a report, or that skipped something, has failed. */
const counted = (fine: boolean, passed: number, failed: number): Count => ({
	passed,
	failed: failed || (fine ? 0 : 1)
});

function countUnits(fine: boolean): Count {
	if (!existsSync(units)) return { passed: 0, failed: 1 };
	const found = read(units) as { numPassedTests: number; numFailedTests: number; numPendingTests: number };
	return counted(fine, found.numPassedTests, found.numFailedTests + found.numPendingTests);
}

function countJourneys(fine: boolean): Count {
	if (!existsSync(journeys)) return { passed: 0, failed: 1 };
	const { stats } = read(journeys) as { stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number> };
	return counted(fine, stats.expected, stats.unexpected + stats.flaky + stats.skipped);
}

const npm = (script: string, ...more: string[]) => [
	'npm',
	'run',
	'--silent',
	script,
	...(more.length ? ['--', ...more] : [])
];

/** One after the other; what stands in one row at the same time. */
const steps: Step[][] = [
	[{ name: 'words', command: npm('words') }],
	[
		{ name: 'lint', command: npm('lint') },
		{ name: 'types', command: npm('check') },
		{ name: 'format', command: npm('format:check') }
	],
	[
		{
			name: 'units',
			command: npm('test:unit', '--reporter=default', '--reporter=json', `--outputFile.json=${units}`),
			count: countUnits
		}
	],
	[{ name: 'build', command: npm('build') }],
	[{ name: 'journeys', command: npm('test:e2e'), count: countJourneys }]
];

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });

const lines: string[] = [];
const sum: Count = { passed: 0, failed: 0 };

function report(name: string, seconds: number, { passed, failed }: Count): void {
	sum.passed += passed;
	sum.failed += failed;
	lines.push(
		`${failed ? 'FAILED' : 'ok    '}  ${name.padEnd(10)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(0).padStart(5)} s`
	);
}

/** Runs a command. Its words are seen at once when it runs alone, and in one piece when others run beside it. */
async function ran([command, ...words]: string[], name: string, alone: boolean): Promise<boolean> {
	if (alone) console.log(`\n──── ${name}`);
	const child = spawn(command!, words, { stdio: alone ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
	const said = [child.stdout, child.stderr].map((stream) =>
		stream ? buffer(stream) : Promise.resolve(Buffer.alloc(0))
	);
	const code = await new Promise((done) => child.once('close', done));
	if (!alone) console.log(`\n──── ${name}\n${Buffer.concat(await Promise.all(said)).toString()}`);
	return code === 0;
}

async function step({ name, command, count }: Step, alone: boolean): Promise<void> {
	const started = performance.now();
	const ready = name !== 'journeys' || (existsSync('build/handler.js') && provideBrowser());
	if (!ready) console.error('There is no build or no browser to walk the journeys with.');
	const fine = ready && (await ran(command, name, alone));
	const found = ready && count ? count(fine) : { passed: fine ? 1 : 0, failed: fine ? 0 : 1 };
	report(name, (performance.now() - started) / 1000, found);
}

for (const row of steps) await Promise.all(row.map((one) => step(one, row.length === 1)));

console.log(`\n${lines.join('\n')}\n`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed ? 1 : 0;
