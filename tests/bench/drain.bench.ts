/**
 * How long a phone needs to deliver 200 waiting logs once the net is back, on Lighthouse's "slow 4G" (150 ms there and back,
 * 1.6 Mbit/s down, 750 kbit/s up; not its figures for throttling by request, which are longer): from the browser's `online` until
 * the last receipt stands in the store. Once more with a processor four times slower, as a phone's is.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { installedChromium } from '../browser.ts';
import { record } from '../faults/field.ts';
import { atServer } from '../faults/oracle.ts';
import { multiply } from '../faults/outbox.ts';
import { password, tilesFromDrawer } from '../journeys/fixtures.ts';
import { startServer } from '../journeys/server.ts';
import type { Figures } from './run.ts';

const LOGS = 200;
const slow4G = { latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const remarks = '緑町交差点の北の街路灯が切れかけている。公園の西側が暗い。';

/** Begins to wait in the page: from `online` until nothing is queued. Resolves with the function that asks for the milliseconds. */
async function stopwatch(page: Page): Promise<() => Promise<number>> {
	await page.evaluate(async () => {
		const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('mp-store:'))!.name!;
		const base = await new Promise<IDBDatabase>((done) => {
			const request = indexedDB.open(name);
			request.onsuccess = () => done(request.result);
		});
		const waiting = (state: string) =>
			new Promise<number>((done) => {
				const range = IDBKeyRange.bound([state, 0], [state, Infinity]);
				const request = base.transaction('ops').objectStore('ops').index('state').count(range);
				request.onsuccess = () => done(request.result);
			});
		let started: number | undefined;
		addEventListener('online', () => (started ??= performance.now()), { capture: true });
		const channel = new BroadcastChannel(name);
		const watch = { took: 0, done: new Promise<void>(() => undefined) };
		watch.done = new Promise((done) => {
			channel.onmessage = async () => {
				if (started === undefined || (await waiting('queued')) + (await waiting('held')) > 0) return;
				watch.took ||= performance.now() - started;
				done();
			};
		});
		Object.assign(globalThis, { watch });
	});
	return () =>
		page.evaluate(async () => {
			const { watch } = globalThis as unknown as { watch: { took: number; done: Promise<void> } };
			await watch.done;
			return watch.took;
		});
}

/** Seconds, bytes and pushes of one phone on one server. */
async function drain(processor: number): Promise<{ seconds: number; bytes: number; pushes: number }> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-bench-'));
	const file = join(folder, 'town.db');
	execFileSync('node', ['src/demo/seed-cli.ts', file]);
	const server = await startServer(file);
	const browser = await chromium.launch({ executablePath: installedChromium(), args: ['--no-sandbox'] });
	try {
		const context = await browser.newContext({ baseURL: server.origin, locale: 'ja-JP' });
		await tilesFromDrawer(context);
		const page = await context.newPage();
		const form = { loginId: 'volunteer', password, next: '' };
		await page.request.post(`${server.origin}/login`, { form, headers: { origin: server.origin }, maxRedirects: 0 });
		await page.goto(`${server.origin}/patrol`);
		await page.getByText('当番の情報').waitFor();
		await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
		const sizes: number[] = [];
		page.on('request', (request) => {
			if (request.url().endsWith('/sync/push')) sizes.push(request.postDataBuffer()?.length ?? 0);
		});
		const devtools = await context.newCDPSession(page);
		const net = (offline: boolean) => devtools.send('Network.emulateNetworkConditions', { offline, ...slow4G });
		await net(true);
		await record(page, remarks);
		await multiply(page, LOGS, 'different');
		await page.goto(`${server.origin}/patrol`);
		await page.getByText(`${LOGS}件`).first().waitFor();
		await devtools.send('Emulation.setCPUThrottlingRate', { rate: processor });
		const took = await stopwatch(page);
		sizes.length = 0;
		await net(false);
		const ms = await took();
		const arrived = atServer(server.database, remarks).length;
		if (arrived !== LOGS) throw new Error(`${arrived} of ${LOGS} arrived`);
		return { seconds: ms / 1000, bytes: sizes.reduce((sum, one) => sum + one, 0), pushes: sizes.length };
	} finally {
		await browser.close();
		await server.remove();
		rmSync(folder, { recursive: true });
	}
}

export default async function measure(): Promise<Figures> {
	const [desk, phone] = [await drain(1), await drain(4)];
	return {
		'200 logs on slow 4G': { value: desk.seconds, unit: 's', aim: '≤ 1.5', fine: desk.seconds <= 1.5 },
		'the same, processor four times slower': { value: phone.seconds, unit: 's' },
		'bytes they took': { value: desk.bytes / 1000, unit: 'kB' },
		'pushes they took': { value: desk.pushes, unit: '' }
	};
}
