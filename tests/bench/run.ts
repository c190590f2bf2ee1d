/**
 * `npm run bench [name…]`: every `tests/bench/*.bench.ts` on the built app, three times each, medians side by side. A bench is a module
 * whose default export measures and returns numbers by name (`once`: long enough in itself to be measured one time); ratios are made within one run, so that a busy machine hurts both sides.
 */
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Figures = Record<string, { value: number; unit: string; aim?: string; fine?: boolean }>;
export type Bench = { default: () => Promise<Figures>; once?: true };

const rounds = Number(process.env.ROUNDS || 3);
const asked = process.argv.slice(2);

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const shown = (value: number) =>
	Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Math.round(value * 100) / 100);

if (!existsSync('build/handler.js')) throw new Error('there is no build to measure: npm run build');
console.log(
	`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}, medians of ${rounds}\n`
);

const files = readdirSync('tests/bench').filter((name) => name.endsWith('.bench.ts'));
for (const file of files.sort()) {
	const name = file.replace(/\.bench\.ts$/, '');
	if (asked.length && !asked.includes(name)) continue;
	const { default: measure, once } = (await import(pathToFileURL(join('tests', 'bench', file)).href)) as Bench;
	const found: Figures[] = [];
	for (let round = 0; round < (once ? 1 : rounds); round++) found.push(await measure());
	console.log(`${name} (load of the machine ${loadavg()[0]!.toFixed(1)})`);
	for (const [what, { unit, aim }] of Object.entries(found[0]!)) {
		const values = found.flatMap((one) => one[what]?.value ?? []);
		const spread = values.map(shown).join(' ');
		console.log(
			`  ${what.padEnd(44)} ${shown(median(values)).padStart(9)} ${unit.padEnd(8)} ${aim ? `aim ${aim}` : ''}  (${spread})`
		);
	}
	console.log('');
}
process.exit(0);
