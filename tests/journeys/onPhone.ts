/** A phone of its own in a journey: its server behind a net that can be made to fail, and what a person does on it. */
import Database from 'better-sqlite3';
import type { BrowserContext, Page } from '@playwright/test';
import { startProxy, type Fault, type Proxy } from '../faults/chaos-proxy.ts';
import { expect, password, test as base } from './fixtures.ts';

/** The same in a town of its own: `onPhone(inOwnTown())`. */
export const onPhone = (town: typeof base) =>
	town.extend<{ net: Proxy }>({
		net: async ({ server }, use) => {
			const net = await startProxy(server.origin);
			await use(net);
			await net.close();
		},
		baseURL: async ({ net }, use) => use(net.origin)
	});
export const test = onPhone(base);

/** Signs in through the net, opens the phone's screens once, and waits until they are kept for later. */
export async function ready(page: Page, net: Proxy, loginId = 'volunteer'): Promise<void> {
	const form = { loginId, password, next: '' };
	await page.request.post('/login', { form, headers: { origin: net.origin }, maxRedirects: 0 });
	await page.goto('/patrol');
	await expect(page.getByText('当番の情報')).toBeVisible();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** Types a log from memory and waits for the store's word. */
export async function record(page: Page, remarks: string): Promise<void> {
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
export function atServer(file: string, remarks: string): { ops: number; logs: number } {
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

export const isPush = (method: string, path: string) => method === 'POST' && path.startsWith('/api/v1/sync/push');
/** The first pushes fail in these ways, the later ones get through. */
export function failing(net: Proxy, faults: Fault[]): void {
	const left = [...faults];
	net.fault = (method, path) => (isPush(method, path) ? left.shift() : undefined);
}
/** Every push fails in this way until something else is said. */
export function every(net: Proxy, fault: Fault): void {
	net.fault = (method, path) => (isPush(method, path) ? fault : undefined);
}
export const pushes = (net: Proxy) => net.asked.filter(({ method, path }) => isPush(method, path)).length;

export async function sendNow(page: Page): Promise<void> {
	await page.getByRole('button', { name: '今すぐ送る' }).click();
	await expect(page.getByRole('button', { name: '今すぐ送る' })).toBeEnabled();
}
export async function online(context: BrowserContext, is: boolean): Promise<void> {
	await context.setOffline(!is);
}
