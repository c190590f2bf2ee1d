/** JavaScript of a first visit, as gzip sends it: what the page itself asks for, the worker, and what the worker fetches ahead. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser } from '@playwright/test';
import { installedChromium } from '../browser.ts';
import { password } from '../journeys/fixtures.ts';
import { startServer } from '../journeys/server.ts';
import type { Figures } from './run.ts';

const zipped = (path: string) => gzipSync(readFileSync(join('build', 'client', path)), { level: 9 }).length / 1000;

async function firstVisit(browser: Browser, origin: string, path: string) {
	const context = await browser.newContext();
	const page = await context.newPage();
	const form = { loginId: 'volunteer', password, next: '' };
	await page.request.post(`${origin}/login`, { form, headers: { origin }, maxRedirects: 0 });
	const byPage = new Set<string>();
	const byWorker = new Set<string>();
	context.on('request', (request) => {
		const { pathname } = new URL(request.url());
		if (pathname.endsWith('.js') && existsSync(join('build', 'client', pathname)))
			(request.serviceWorker() ? byWorker : byPage).add(pathname);
	});
	await page.goto(origin + path);
	await page.evaluate(async () => void (await navigator.serviceWorker.ready));
	await page.waitForTimeout(1000);
	await context.close();
	byPage.delete('/service-worker.js');
	const sum = (paths: Iterable<string>) => [...paths].reduce((kB, one) => kB + zipped(one), 0);
	return { page: sum(byPage), ahead: sum([...byWorker].filter((one) => !byPage.has(one))) };
}

export default async function measure(): Promise<Figures> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-bench-'));
	const file = join(folder, 'town.db');
	execFileSync('node', ['src/demo/seed-cli.ts', file]);
	const server = await startServer(file);
	const browser = await chromium.launch({ executablePath: installedChromium(), args: ['--no-sandbox'] });
	try {
		const home = await firstVisit(browser, server.origin, '/home');
		const field = await firstVisit(browser, server.origin, '/patrol');
		const worker = zipped('/service-worker.js');
		return {
			home: { value: home.page, unit: 'kB gz', aim: '≤ 60', fine: home.page <= 60 },
			'field shell with worker': {
				value: field.page + worker,
				unit: 'kB gz',
				aim: '≤ 110',
				fine: field.page + worker <= 110
			},
			'fetched ahead by the worker': { value: field.ahead, unit: 'kB gz' }
		};
	} finally {
		await browser.close();
		await server.remove();
		rmSync(folder, { recursive: true });
	}
}
