/** How soon a server answers, what a small page costs it, and how many first visits it serves in a second. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../journeys/server.ts';
import type { Figures } from './run.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

const fetchOnce = (port: number, path: string) =>
	new Promise<void>((done, failed) =>
		get({ host: '127.0.0.1', port, path, agent, headers: { host: `localhost:${port}` } }, (answer) => {
			answer.resume();
			answer.on('end', done);
		}).on('error', failed)
	);

/** Requests per second with 16 at once for two seconds. */
async function rate(port: number, path: string): Promise<number> {
	const until = performance.now() + 2000;
	let count = 0;
	const started = performance.now();
	await Promise.all(
		Array.from({ length: 16 }, async () => {
			while (performance.now() < until) {
				await fetchOnce(port, path);
				count++;
			}
		})
	);
	return (count * 1000) / (performance.now() - started);
}

export default async function measure(): Promise<Figures> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-bench-'));
	const file = join(folder, 'town.db');
	execFileSync('node', ['src/demo/seed-cli.ts', file]);
	const started = performance.now();
	const server = await startServer(file, { LOG_LEVEL: 'info' });
	const ready = performance.now() - started;
	try {
		await rate(server.port, '/healthz');
		return {
			'start to first answer': { value: ready, unit: 'ms' },
			'/healthz': { value: await rate(server.port, '/healthz'), unit: '/s' },
			'first page, nobody signed in': { value: await rate(server.port, '/'), unit: '/s' }
		};
	} finally {
		await server.remove();
		rmSync(folder, { recursive: true });
	}
}
