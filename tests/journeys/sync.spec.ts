/** Between the phone and the server: a net that fails on purpose. Real Chromium, the built server, the store on the device. */
import Database from 'better-sqlite3';
import type { BrowserContext, Page } from '@playwright/test';
import { startProxy, type Fault, type Proxy } from '../faults/chaos-proxy.ts';
import { axe, expect, fits, password, test as base } from './fixtures.ts';

const test = base.extend<{ net: Proxy }>({
	net: async ({ server }, use) => {
		const net = await startProxy(server.origin);
		await use(net);
		await net.close();
	},
	baseURL: async ({ net }, use) => use(net.origin)
});

/** Signs in through the net, opens the phone's screens once, and waits until they are kept for later. */
async function ready(page: Page, net: Proxy, loginId = 'volunteer'): Promise<void> {
	const form = { loginId, password, next: '' };
	await page.request.post('/login', { form, headers: { origin: net.origin }, maxRedirects: 0 });
	await page.goto('/patrol');
	await expect(page.getByText('当番の情報')).toBeVisible();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** Types a log from memory and waits for the store's word. */
async function record(page: Page, remarks: string): Promise<void> {
	await page.goto('/patrol/manual');
	await page.getByLabel('始まり', { exact: false }).first().fill('06:00');
	await page.getByLabel('終わり', { exact: false }).first().fill('06:30');
	await page.getByLabel('備考', { exact: false }).fill(remarks);
	await page.getByRole('button', { name: 'この内容で保存' }).click();
	const anyway = page.getByRole('button', { name: 'このまま保存' });
	await expect(anyway.or(page.getByRole('heading', { name: 'この端末に保存しました' }))).toBeVisible();
	if (await anyway.isVisible()) await anyway.click();
	await expect(page.getByRole('heading', { name: 'この端末に保存しました' })).toBeVisible();
}

/** How often a log with these remarks stands at the server: as an op, and as an effect. */
function atServer(file: string, remarks: string): { ops: number; logs: number } {
	const db = new Database(file, { readonly: true });
	try {
		const count = (sql: string) => db.prepare(sql).pluck().get(`%${remarks}%`) as number;
		return {
			ops: count('select count(*) from sync_payload where bytes like ?'),
			logs: count('select count(distinct log) from log_version where remarks like ?')
		};
	} finally {
		db.close();
	}
}

const isPush = (method: string, path: string) => method === 'POST' && path.startsWith('/api/v1/sync/push');
/** The first pushes fail in these ways, the later ones get through. */
function failing(net: Proxy, faults: Fault[]): void {
	const left = [...faults];
	net.fault = (method, path) => (isPush(method, path) ? left.shift() : undefined);
}
/** Every push fails in this way until something else is said. */
function every(net: Proxy, fault: Fault): void {
	net.fault = (method, path) => (isPush(method, path) ? fault : undefined);
}
const pushes = (net: Proxy) => net.asked.filter(({ method, path }) => isPush(method, path)).length;

async function sendNow(page: Page): Promise<void> {
	await page.getByRole('button', { name: '今すぐ送る' }).click();
	await expect(page.getByRole('button', { name: '今すぐ送る' })).toBeEnabled();
}
async function online(context: BrowserContext, is: boolean): Promise<void> {
	await context.setOffline(!is);
}

test('opens and records with no network; the answer is lost while sending; it arrives once', async ({
	page,
	context,
	net,
	server
}, info) => {
	const remarks = `圏外の記録 ${info.project.name}`;
	await ready(page, net);
	await online(context, false);
	await page.goto('/patrol');
	await expect(page.getByText('圏外・記録できます')).toBeVisible();
	await record(page, remarks);
	await page.goto('/patrol/sent');
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeVisible();
	await fits(page);
	await axe(page);
	expect(atServer(server.database, remarks)).toEqual({ ops: 0, logs: 0 });

	// Each state lasts until this test ends it: a phone that tries again by itself must not outrun the question asked of it.
	every(net, { is: 'dropAnswer' });
	await online(context, true);
	await expect.poll(() => atServer(server.database, remarks)).toEqual({ ops: 1, logs: 1 });
	await sendNow(page);
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeVisible();

	every(net, { is: 'instead', status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Wi-Fi</h1>' });
	const before = pushes(net);
	await sendNow(page);
	await expect.poll(() => pushes(net)).toBeGreaterThan(before);
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeVisible();

	net.fault = () => undefined;
	await sendNow(page);
	await expect(page.getByRole('heading', { name: '届いた' })).toBeVisible();
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeHidden();
	expect(atServer(server.database, remarks)).toEqual({ ops: 1, logs: 1 });
});

const faults: [string, Fault][] = [
	['the request is lost', { is: 'dropRequest' }],
	['500 before', { is: 'instead', status: 500 }],
	['500 after commit', { is: 'after', status: 500 }],
	['302 of a captive portal', { is: 'instead', status: 302, headers: { location: 'http://127.0.0.1:9/wifi' } }],
	['511 of a captive portal', { is: 'instead', status: 511, body: '<h1>Wi-Fi</h1>' }],
	['401 of a captive portal', { is: 'instead', status: 401, body: '<h1>Wi-Fi</h1>' }],
	['half an answer', { is: 'truncate', bytes: 120 }],
	['the request arrives twice', { is: 'duplicate' }]
];

test('whatever the net does, a record is sent until it has a receipt, and counts once', async ({
	page,
	net,
	server
}, info) => {
	test.setTimeout(120_000);
	await ready(page, net);
	for (const [what, fault] of faults) {
		const remarks = `${what} ${info.project.name}`;
		failing(net, [fault]);
		await record(page, remarks);
		await page.goto('/patrol/sent');
		const waits = page.getByRole('heading', { name: '送信待ち' });
		await expect(waits.or(page.getByRole('heading', { name: '届いた' })).first()).toBeVisible();
		for (let tries = 0; tries < 5 && (await waits.isVisible()); tries++) await sendNow(page);
		await expect(waits, what).toBeHidden();
		expect(atServer(server.database, remarks), what).toEqual({ ops: 1, logs: 1 });
	}
});

test('another person who signs in on the same browser neither sends nor sees what waits', async ({
	page,
	context,
	net,
	server
}, info) => {
	const remarks = `人が替わる ${info.project.name}`;
	await ready(page, net);
	await online(context, false);
	await record(page, remarks);
	every(net, { is: 'dropRequest' });
	await online(context, true);
	await ready(page, net, 'leader');
	await page.goto('/patrol/sent');
	await expect(page.getByRole('heading', { name: '送信状況' })).toBeVisible();
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeHidden();
	net.fault = () => undefined;
	await sendNow(page);
	expect(atServer(server.database, remarks)).toEqual({ ops: 0, logs: 0 });
	await ready(page, net, 'volunteer');
	await expect.poll(() => atServer(server.database, remarks)).toEqual({ ops: 1, logs: 1 });
});

test('a page of the server without a network says so and leads to recording; nothing personal is in a cache', async ({
	page,
	context,
	net
}) => {
	await ready(page, net);
	await page.goto('/home');
	await online(context, false);
	await page.goto('/home');
	await expect(page.getByRole('link', { name: /記録/ }).first()).toBeVisible();
	await fits(page);
	const kept = await page.evaluate(async () => {
		const urls: string[] = [];
		for (const name of await caches.keys())
			for (const request of await (await caches.open(name)).keys())
				urls.push(`${request.method} ${new URL(request.url).pathname}`);
		return urls;
	});
	expect(kept.length).toBeGreaterThan(5);
	expect(
		kept.filter((one) => !/^GET \/(_app\/|patrol|offline|icons?\b|icon\.svg|favicon|manifest|$)/.test(one))
	).toEqual([]);
	await online(context, true);
	await page.goto('/home');
	await expect(page).toHaveURL(/\/home$/);
});
