/**
 * The map of refuge homes on a slow phone: Chromium with a quarter of the processor, no tiles, the chunk of the built app beside plain
 * leaflet.markercluster in the same run. And what many homes cost the server: the public answer, and the pack of a phone.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from '@playwright/test';
import { installedChromium } from '../browser.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { percentile } from './field.ts';
import { manyHomes } from './many-homes.ts';
import { draw, watchFrames } from './map-page.ts';
import { cost, signIn } from './page-cost.ts';
import type { Figures } from './run.ts';

const require = createRequire(import.meta.url);
const SLOWER = 4;
const sizes = [
	{ count: 1_016, first: 250, pan: 20 },
	{ count: 50_000, first: 800, pan: 60 }
] as const;
const styles = [
	require.resolve('leaflet/dist/leaflet.css'),
	require.resolve('leaflet.markercluster/dist/MarkerCluster.css'),
	'src/lib/map/map.css'
];

/** Where the build has put the map of refuge homes. */
function chunkOfMap(): string {
	type Manifest = Record<string, { file: string }>;
	const manifest = JSON.parse(readFileSync('.svelte-kit/output/client/.vite/manifest.json', 'utf8')) as Manifest;
	const chunk = manifest['src/lib/pockets/pinMap.client.ts'];
	if (!chunk) throw new Error('the build has no map');
	return `/${chunk.file}`;
}

/** Drags the map to and fro with the finger of a mouse. */
async function pan(page: Page): Promise<number[]> {
	const at = { x: 180, y: 300 };
	const pane = page.locator('.leaflet-map-pane');
	const before = await pane.getAttribute('style');
	await page.evaluate(watchFrames);
	for (let turn = 0; turn < 4; turn++) {
		const [from, to] = turn % 2 ? [-120, 120] : [120, -120];
		await page.mouse.move(at.x + from, at.y + from / 2);
		await page.mouse.down();
		await page.mouse.move(at.x + to, at.y + to / 2, { steps: 40 });
		await page.mouse.up();
		if (turn === 0 && (await pane.getAttribute('style')) === before) throw new Error('the map does not move');
	}
	return page.evaluate(() => window.paces.slice(1));
}

async function measured(browser: Browser, server: Server, count: number, chunk?: string) {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true });
	try {
		const page = await context.newPage();
		await context.route(/^https:/, (route) => route.abort());
		await context.route('**/bench', (route) =>
			route.fulfill({
				contentType: 'text/html',
				body: `<!doctype html><style>${styles.map((path) => readFileSync(path, 'utf8')).join('')}</style><div class="map-box" style="height: 600px"></div>`
			})
		);
		await page.goto(`${server.origin}/bench`);
		for (const part of chunk ? [] : ['leaflet/dist/leaflet.js', 'leaflet.markercluster/dist/leaflet.markercluster.js'])
			await page.addScriptTag({ path: require.resolve(part) });
		const slow = await context.newCDPSession(page);
		await slow.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
		const first = await page.evaluate(draw, { count, chunk });
		const pins = await page.locator(chunk ? '.map-pin' : '.marker-cluster, .map-pin').count();
		if (pins === 0) throw new Error('no pin has come');
		return { first, frames: await pan(page) };
	} finally {
		await context.close();
	}
}

async function ofServer(found: Figures, count: number): Promise<void> {
	const server = await startServer(await manyHomes(count));
	const name = count.toLocaleString('en');
	try {
		const cookie = await signIn(server, 'volunteer');
		const asked = performance.now();
		const answer = await fetch(`${server.origin}/api/v1/pockets.geojson`);
		await answer.text();
		found[`${name}: geojson after a change`] = { value: performance.now() - asked, unit: 'ms' };
		found[`${name}: geojson, unchanged`] = { value: await cost(server, '', '/api/v1/pockets.geojson'), unit: 'ms' };
		const pull = await fetch(`${server.origin}/api/v1/sync/pull`, { headers: { cookie } });
		found[`${name}: pack of a volunteer`] = { value: (await pull.text()).length / 1_000, unit: 'kB' };
		found[`${name}: pull`] = { value: await cost(server, cookie, '/api/v1/sync/pull'), unit: 'ms' };
	} finally {
		await server.remove();
	}
}

export default async function measure(): Promise<Figures> {
	const found: Figures = {};
	const server = await startServer(undefined);
	const browser = await chromium.launch({ executablePath: installedChromium(), args: ['--no-sandbox'] });
	try {
		for (const { count, first, pan } of sizes) {
			const name = `${count.toLocaleString('en')} pins`;
			const ours = await measured(browser, server, count, chunkOfMap());
			const theirs = await measured(browser, server, count);
			for (const [whose, { first: ms, frames }] of Object.entries({ ours, markercluster: theirs })) {
				const aim = whose === 'ours';
				found[`${name}, ${whose}: first frame`] = { value: ms, unit: 'ms', ...(aim && { aim: `≤ ${first}` }) };
				found[`${name}, ${whose}: pan, p95`] = {
					value: percentile(frames, 95),
					unit: 'ms',
					...(aim && { aim: `≤ ${pan}` })
				};
				found[`${name}, ${whose}: pan, longest frame`] = { value: Math.max(...frames), unit: 'ms' };
			}
		}
	} finally {
		await browser.close();
		await server.remove();
	}
	for (const { count } of sizes) await ofServer(found, count);
	return found;
}
