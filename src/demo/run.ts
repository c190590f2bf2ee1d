/**
 * `npm run demo`: builds where the build is missing or older than the sources, lays out the invented town in `.demo/` (anew each
 * day, because the current weeks hang on today) and opens it.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jstDay } from '#lib/calendar/day.ts';
import { seedTown } from './seed.ts';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const generated = join('src', 'lib', 'words');

/** Every source the build or the town is made of. */
function sources(path: string): string[] {
	if (path === generated || !existsSync(path)) return [];
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path).flatMap((name) => sources(join(path, name)));
}

const all = ['src', 'static', 'drizzle', 'package.json', 'svelte.config.js', 'vite.config.ts'].flatMap(sources);

function buildIfStale(): void {
	const built = join('build', 'handler.js');
	const newest = Math.max(...all.map((file) => statSync(file).mtimeMs));
	if (existsSync(built) && statSync(built).mtimeMs >= newest) return;
	console.log('Building (once) …');
	const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { encoding: 'utf8' });
	if (status === 0) return;
	console.error(stdout, stderr, '\nThe build failed.');
	process.exit(1);
}

async function seedIfStale(file: string): Promise<void> {
	const hash = createHash('sha256')
		.update(jstDay(new Date()))
		.update(process.env.DEMO_PASSWORD ?? '');
	for (const name of all.filter((one) => /^(src.(demo|lib)|drizzle)/.test(one) && /\.(ts|sql)$/.test(one)))
		hash.update(readFileSync(name));
	const stamp = `${file}.stamp`;
	const now = hash.digest('hex');
	if (existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
	console.log('Laying out the invented town …');
	await seedTown(file);
	writeFileSync(stamp, now);
}

mkdirSync('.demo', { recursive: true });
const file = join('.demo', 'town.db');
buildIfStale();
await seedIfStale(file);

const port = process.env.PORT || '3000';
Object.assign(process.env, {
	PORT: port,
	ORIGIN: process.env.ORIGIN || `http://localhost:${port}`,
	DATABASE: file,
	BACKUPS: join('.demo', 'backups'),
	DEMO: '1',
	LOG_LEVEL: process.env.LOG_LEVEL || 'warn'
});
await import('../main.ts');
