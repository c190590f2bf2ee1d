import { expect, logins, test as base, tilesFromDrawer, watch } from '../journeys/fixtures.ts';
import { crawl, kindOf } from '../journeys/crawl.ts';
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
		const kinds: string[] = [];
		const dead: string[] = [];
		let poisonedPages = 0;
		// Further rows of a list are asked for beside the crawl, only not looked at.
		const further = new Map<string, number>();
		let asking = Promise.resolve();
		await crawl({
			page,
			origin: poisoned.origin,
			async opened(path, status, linkedFrom) {
				kinds.push(path);
				if (!status || status >= 400) dead.push(`${path}: ${status}, linked from ${linkedFrom}`);
				if ((await page.content()).includes('__xss')) poisonedPages++;
			},
			passed(path, linkedFrom) {
				const kind = kindOf(poisoned.origin + path);
				const rows = (further.get(kind) ?? 0) + 1;
				further.set(kind, rows);
				if (rows > rowsOfAList) return;
				asking = asking.then(async () => {
					const { status } = await ask(poisoned, { path, cookie });
					if (status >= 400) dead.push(`${path}: ${status}, linked from ${linkedFrom}`);
				});
			}
		});
		await asking;
		expect(dead).toEqual([]);
		expect(problems).toEqual([]);
		expect(ran, `scripts that ran on ${kinds.join(' ')}`).toBe(0);
		expect(poisonedPages).toBeGreaterThan(0);
		// Home, the front page and at least every entry of the menu.
		expect(kinds.length).toBeGreaterThan(5);
		await context.close();
	});
