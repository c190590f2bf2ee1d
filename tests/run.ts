/**
 * `npm test`: everything, one step after the other, each timed. Ends with one plain line, `N passed, N failed`: tests of vitest
 * and Playwright, and a step without tests of its own (format, lint, types, build) as one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
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

const steps: Step[] = [
	{ name: 'words', command: npm('words') },
	{ name: 'format', command: npm('format:check') },
	{ name: 'lint', command: npm('lint') },
	{ name: 'types', command: npm('check') },
	{
		name: 'units',
		command: npm('test:unit', '--reporter=default', '--reporter=json', `--outputFile.json=${units}`),
		count: countUnits
	},
	{ name: 'build', command: npm('build') },
	{ name: 'journeys', command: npm('test:e2e'), count: countJourneys }
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

for (const { name, command, count } of steps) {
	console.log(`\n──── ${name}`);
	const started = performance.now();
	const ready = name !== 'journeys' || (existsSync('build/handler.js') && provideBrowser());
	if (!ready) console.error('There is no build or no browser to walk the journeys with.');
	const fine = ready && spawnSync(command[0]!, command.slice(1), { stdio: 'inherit' }).status === 0;
	const found = ready && count ? count(fine) : { passed: fine ? 1 : 0, failed: fine ? 0 : 1 };
	report(name, (performance.now() - started) / 1000, found);
}

console.log(`\n${lines.join('\n')}\n`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed ? 1 : 0;
