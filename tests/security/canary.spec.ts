import type { Page } from '@playwright/test';
import { expect, logins, test as base, tilesFromDrawer, watch } from '../journeys/fixtures.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { ask, cookieOf } from './ask.ts';
import { poison } from './poison.ts';

/** A server in whose database every word that somebody typed carries markup. */
const test = base.extend<object, { poisoned: Server }>({
	poisoned: [
		async ({}, use) => {
			const server = await startServer(process.env.TOWN_TEMPLATE);
			await server.stop();
			expect(poison(server.database)).toBeGreaterThan(10);
			await server.start();
			await use(server);
			await server.remove();
		},
		{ scope: 'worker' }
	]
});

/** Addresses of ours that a page links to: pages and files, as they stand, without the place on the page. */
async function linksOf(page: Page, origin: string): Promise<string[]> {
	const all = await page.$$eval('a[href]', (links) => links.map((link) => (link as HTMLAnchorElement).href));
	return all.filter((href) => href.startsWith(`${origin}/`)).map((href) => href.split('#', 1)[0]!);
}

/** A path with its ids taken out: one row of a list stands for all of them. */
const shape = (url: string) => new URL(url).pathname.replace(/[0-9a-f-]{36}|\d{4}(-\d\d){0,2}/g, ':id');

/** Leaves the sign-in alone, and does not hand a file to the browser. */
const isPage = (url: string) => !/\/(logout|csv|held)$|\.(ics|csv|json|png)$/.test(new URL(url).pathname);

/** More kinds of pages than any role has; a crawl that comes this far goes in circles, and says so. */
const ceiling = 80;

/** So many rows of the same list are tried. */
const rowsOfAList = 12;

for (const login of logins)
	test(`every link shown to ${login} opens, and what people typed stays text on every page behind it`, async ({
		browser,
		poisoned
	}) => {
		test.setTimeout(240_000);
		const context = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
		const problems = watch(context);
		await tilesFromDrawer(context);
		let ran = 0;
		await context.exposeFunction('__xss', () => void ran++);
		const cookie = await cookieOf(poisoned, login);
		const [name, value] = cookie.split('; ')[0]!.split('=');
		await context.addCookies([{ name: name!, value: value!, url: poisoned.origin }]);
		const page = await context.newPage();
		page.on('dialog', (dialog) => void dialog.dismiss().then(() => ran++));
		const from = new Map<string, string>(['/home', '/'].map((path) => [`${poisoned.origin}${path}`, 'the start']));
		const opened = new Map<string, string>();
		const dead: string[] = [];
		let poisonedPages = 0;
		// Further rows of a list are asked for beside the crawl, only not looked at.
		const further = new Map<string, number>();
		let asking = Promise.resolve();
		const askFor = async (path: string) => {
			const { status } = await ask(poisoned, { path, cookie });
			if (status >= 400) dead.push(`${path}: ${status}, linked from ${from.get(poisoned.origin + path)}`);
		};
		// A map may grow while it is walked: what a page links to is appended.
		for (const [url, linkedFrom] of from) {
			const path = url.slice(poisoned.origin.length);
			if (!isPage(url) || opened.has(shape(url))) {
				const rows = (further.get(shape(url)) ?? 0) + 1;
				further.set(shape(url), rows);
				if (rows <= rowsOfAList) asking = asking.then(() => askFor(path));
				continue;
			}
			opened.set(shape(url), path);
			expect(opened.size, `kinds of pages of ${login}: the crawl does not end`).toBeLessThanOrEqual(ceiling);
			const answer = await page.goto(url, { waitUntil: 'load' });
			if (!answer || answer.status() >= 400) dead.push(`${path}: ${answer?.status()}, linked from ${linkedFrom}`);
			if ((await page.content()).includes('__xss')) poisonedPages++;
			for (const next of await linksOf(page, poisoned.origin)) if (!from.has(next)) from.set(next, path);
		}
		await asking;
		expect(dead).toEqual([]);
		expect(problems).toEqual([]);
		expect(ran, `scripts that ran on ${[...opened.values()].join(' ')}`).toBe(0);
		expect(poisonedPages).toBeGreaterThan(0);
		// Home, the front page and at least every entry of the menu.
		expect(opened.size).toBeGreaterThan(5);
		await context.close();
	});
