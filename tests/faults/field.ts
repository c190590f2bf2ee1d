/** A phone in a real browser behind a net that fails on purpose: signing in, recording, sending. */
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { password, tilesFromDrawer, test as base } from '../journeys/fixtures.ts';
import { startProxy, type Fault, type Proxy } from './chaos-proxy.ts';

/** The journeys' test with a failing net of its own between page and server. */
export const test = base.extend<{ net: Proxy; page: Page }>({
	net: async ({ server }, use) => {
		const net = await startProxy(server.origin);
		await use(net);
		await net.close();
	},
	baseURL: async ({ net }, use) => use(net.origin)
});

/** The phone of somebody else. */
export async function otherPhone(page: Page, net: Proxy): Promise<Page> {
	const context = await page.context().browser()!.newContext({ baseURL: net.origin, locale: 'ja-JP' });
	await tilesFromDrawer(context);
	return context.newPage();
}

/** Signs in through the net, opens the phone's screens once, and waits until they are kept for later. */
export async function ready(page: Page, net: Proxy, loginId = 'volunteer'): Promise<void> {
	const form = { loginId, password, next: '' };
	await page.request.post(`${net.origin}/login`, { form, headers: { origin: net.origin }, maxRedirects: 0 });
	await page.goto(`${net.origin}/patrol`);
	await expect(page.getByText('当番の情報')).toBeVisible();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** Opens an address where this phone was signed in. */
async function go(page: Page, path: string): Promise<void> {
	const at = new URL(page.url());
	await page.goto(at.protocol.startsWith('http') ? at.origin + path : path);
}

/** Fills the form of a past patrol, up to the button that saves it. */
export async function fill(page: Page, remarks: string): Promise<void> {
	await go(page, '/patrol/manual');
	await page.getByLabel('始まり', { exact: false }).first().fill('06:00');
	await page.getByLabel('終わり', { exact: false }).first().fill('06:30');
	await page.getByLabel('備考', { exact: false }).fill(remarks);
}

export const saved = (page: Page) => page.getByRole('heading', { name: 'この端末に保存しました' });
export const saveButton = (page: Page) => page.getByRole('button', { name: 'この内容で保存' });

/** Saves what is filled in, and waits for the store's word. */
export async function save(page: Page): Promise<void> {
	await saveButton(page).click();
	const anyway = page.getByRole('button', { name: 'このまま保存' });
	await expect(anyway.or(saved(page))).toBeVisible();
	if (await anyway.isVisible()) await anyway.click();
	await expect(saved(page)).toBeVisible();
}

export async function record(page: Page, remarks: string): Promise<string> {
	await fill(page, remarks);
	await save(page);
	return remarks;
}

export const isPush = (method: string, path: string) => method === 'POST' && path.startsWith('/api/v1/sync/push');
/** Every push fails in this way until something else is said; undefined lets them through. */
export function every(net: Proxy, fault: Fault | undefined): void {
	net.fault = (method, path) => (isPush(method, path) ? fault : undefined);
}
export const pushes = (net: Proxy) => net.asked.filter(({ method, path }) => isPush(method, path)).length;
export const online = (context: BrowserContext, is: boolean) => context.setOffline(!is);

export const waits = (page: Page) => page.getByRole('heading', { name: '送信待ち' });
export const delivered = (page: Page) => page.getByRole('heading', { name: '届いた' });

/** Presses 今すぐ送る and waits until the run is over. */
export async function sendNow(page: Page): Promise<void> {
	await page.getByRole('button', { name: '今すぐ送る' }).click();
	await expect(page.getByRole('button', { name: '今すぐ送る' })).toBeEnabled();
}

/** Lets everything through and sends until nothing waits. */
export async function drain(page: Page, net: Proxy): Promise<void> {
	net.fault = () => undefined;
	await go(page, '/patrol/sent');
	await expect(async () => {
		await sendNow(page);
		await expect(delivered(page)).toBeVisible({ timeout: 500 });
		await expect(waits(page)).toBeHidden({ timeout: 500 });
	}).toPass();
}

/** A second screen of the same browser. */
export async function otherTab(page: Page, address = '/patrol'): Promise<Page> {
	const tab = await page.context().newPage();
	await tab.goto(address);
	return tab;
}

/** Sets out without a planned watch and comes to the form at the end. */
export async function walk(page: Page): Promise<void> {
	await go(page, '/patrol');
	await page.getByRole('button', { name: '当番なしで記録' }).click();
	await page.getByRole('button', { name: '出発する' }).click();
	await expect(page.getByRole('button', { name: '終わる' })).toBeVisible();
}
