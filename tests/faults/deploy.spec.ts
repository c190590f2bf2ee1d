/** Deploys under open pages of the office: what was looked at is kept for two builds, what was not comes with the new one. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from '../journeys/fixtures.ts';
import { otherTab, ready, test } from './field.ts';
import { deployNext } from './next-build.ts';

const { version } = JSON.parse(readFileSync('build/client/_app/version.json', 'utf8')) as { version: string };

/** Marks this life of the page: a new one has no mark. */
const mark = (page: Page) => page.evaluate(() => void (document.documentElement.dataset.sameLife = 'yes'));
const sameLife = (page: Page) => page.locator('html[data-same-life]');

async function follow(page: Page, href: string): Promise<void> {
	await page.locator(`nav a[href="${href}"]`).first().click();
	await expect(page).toHaveURL(new RegExp(`${href}$`));
	await expect(page.locator(`nav a[href="${href}"][aria-current="page"]`).first()).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Without the worker's own caches nothing old is left: neither at the server, nor with the browser. */
async function forget(page: Page): Promise<void> {
	await (await page.context().newCDPSession(page)).send('Network.clearBrowserCache');
}

/** Every address in the caches, and what kind of answer lies there. */
const kept = (page: Page) =>
	page.evaluate(async () => {
		const found: { cache: string; path: string; method: string; type: string }[] = [];
		for (const cache of await caches.keys())
			for (const request of await (await caches.open(cache)).keys()) {
				const type = (await (await caches.open(cache)).match(request))?.headers.get('content-type') ?? '';
				found.push({ cache, path: new URL(request.url).pathname, method: request.method, type });
			}
		return found;
	});

/** Waits until every hashed file this page has loaded is kept: the worker answers first and writes then. */
const written = (page: Page) =>
	expect
		.poll(() =>
			page.evaluate(async () => {
				const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
				const files = loaded.filter((name) => name.includes('/_app/immutable/') && !name.includes('captive'));
				const found = await Promise.all(files.map((name) => caches.match(name, { ignoreVary: true })));
				return files.filter((_name, n) => !found[n]);
			})
		)
		.toEqual([]);

/** Asks for the new version, and lets it in from this page. */
async function update(page: Page): Promise<void> {
	await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())!.update()));
	await mark(page);
	// Its worker fetches all files of the field first.
	await page.getByRole('button', { name: '更新する' }).click({ timeout: 60_000 });
	await expect(sameLife(page)).toHaveCount(0);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('an office page that is open during a deploy goes on: seen screens from the old build, others from the new one', async ({
	page,
	net
}) => {
	await ready(page, net, 'leader');
	await page.goto('/patrols');
	await follow(page, '/findings');
	await written(page);
	const other = await otherTab(page, '/patrols');
	const third = await otherTab(page, '/patrols');
	for (const tab of [other, third]) await mark(tab);
	deployNext(net, version);
	await forget(page);
	// The new version waits: the old worker gives what it has.
	await follow(other, '/findings');
	await expect(sameLife(other)).toHaveCount(1);
	// The new version is in: its worker gives what the old one had.
	await update(page);
	await forget(page);
	await follow(third, '/findings');
	await expect(sameLife(third)).toHaveCount(1);
	// A screen nobody has opened is in no cache and not at the server: it comes whole, of the new build, without an error between.
	await follow(third, '/members');
	await expect(sameLife(third)).toHaveCount(0);
	expect(await third.content()).toContain('/immutable/next/');
	expect((await kept(page)).some(({ path }) => !path.includes('/next/') && path.includes('/immutable/'))).toBe(true);
	// A page that still loads would find its files gone with the next deploy.
	await third.waitForLoadState('networkidle');
	// One more build: of the first nothing stays, of the second what was seen.
	deployNext(net, version, 'third');
	await update(page);
	await expect
		.poll(async () => {
			const files = (await kept(page)).map(({ path }) => path).filter((path) => path.includes('/immutable/'));
			return {
				first: files.filter((path) => !/next|third/.test(path)).length,
				second: files.some((path) => path.includes('/next/')),
				third: files.some((path) => path.includes('/third/'))
			};
		})
		.toEqual({ first: 0, second: true, third: true });
});

test('the caches hold files of the app and nothing of a person: no page of the office, no data, no answer of the API', async ({
	page,
	net
}) => {
	await ready(page, net, 'leader');
	await page.goto('/patrols');
	await follow(page, '/findings');
	await written(page);
	await page.evaluate(() => fetch('/api/v1/sync/pull').then((answer) => answer.text()));
	// A login page of somebody else's network in the place of a file is shown to nobody twice.
	net.fault = (_method, path) =>
		path.includes('/immutable/captive')
			? { is: 'instead', status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Wi-Fi</h1>' }
			: undefined;
	await page.evaluate(() => fetch('/_app/immutable/captive.js').then((answer) => answer.text()));
	const found = await kept(page);
	const built = found.filter(({ path }) => /^\/_app\/immutable\/.+\.(js|css|svg|png|woff2)$/.test(path));
	expect(built.some(({ cache, type }) => cache === 'mp-files' && type.includes('javascript'))).toBe(true);
	expect(found.filter(({ path }) => path.includes('captive'))).toEqual([]);
	expect(found.filter(({ method }) => method !== 'GET')).toEqual([]);
	const rest = found.filter((one) => !built.includes(one) && !/\.(svg|png|webmanifest|ico)$/.test(one.path));
	// Pages that were built ahead, the same for everybody, and the names of the builds' own files.
	expect(
		rest
			.map(({ path }) => path)
			.filter((path) => !/^\/((pocket-)?offline|patrol(\/.*)?|_app\/(last|before))$/.test(path))
	).toEqual([]);
});
