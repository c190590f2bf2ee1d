import type { Page } from '@playwright/test';
import { expect, logins, test as base, tilesFromDrawer, watch } from '../journeys/fixtures.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { cookieOf } from './ask.ts';
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

/** Pages of ours that a page links to, without those that sign out or hand out files. */
async function linksOf(page: Page, origin: string): Promise<string[]> {
	const all = await page.$$eval('a[href]', (links) =>
		links.filter((link) => !link.hasAttribute('download')).map((link) => (link as HTMLAnchorElement).href)
	);
	return all.filter((href) => href.startsWith(`${origin}/`) && !/logout|\.(ics|csv|json|png)(\?|$)/.test(href));
}

/** A path with its ids taken out: one row of a list stands for all of them. */
const shape = (url: string) => new URL(url).pathname.replace(/[0-9a-f-]{36}|\d{4}(-\d\d){0,2}/g, ':id');

for (const login of logins)
	test(`what people typed stays text on every page that ${login} can reach`, async ({ browser, poisoned }) => {
		test.setTimeout(240_000);
		const context = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
		const problems = watch(context);
		await tilesFromDrawer(context);
		let ran = 0;
		await context.exposeFunction('__xss', () => void ran++);
		const [name, value] = (await cookieOf(poisoned, login)).split('; ')[0]!.split('=');
		await context.addCookies([{ name: name!, value: value!, url: poisoned.origin }]);
		const page = await context.newPage();
		page.on('dialog', (dialog) => void dialog.dismiss().then(() => ran++));
		const waiting = [`${poisoned.origin}/home`, `${poisoned.origin}/`];
		const seen = new Set<string>();
		const failed: string[] = [];
		let poisonedPages = 0;
		while (waiting.length > 0 && seen.size < 80) {
			const url = waiting.shift()!;
			if (seen.has(shape(url))) continue;
			seen.add(shape(url));
			const answer = await page.goto(url, { waitUntil: 'load' });
			// Where a role's own way in ends is judged by the walk of the doors; here only what a page does with words.
			if (!answer || (answer.status() >= 400 && answer.status() !== 404)) failed.push(`${url}: ${answer?.status()}`);
			if ((await page.content()).includes('__xss')) poisonedPages++;
			waiting.push(...(await linksOf(page, poisoned.origin)));
		}
		expect(failed).toEqual([]);
		expect(problems).toEqual([]);
		expect(ran, `scripts that ran on ${[...seen].join(' ')}`).toBe(0);
		expect(poisonedPages).toBeGreaterThan(0);
		expect(seen.size).toBeGreaterThan(1);
		await context.close();
	});
