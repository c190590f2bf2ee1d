/**
 * What every journey stands on: a server of its worker, map tiles from a drawer instead of the network, and a page that fails
 * the journey when it writes an error to the console or breaks its Content-Security-Policy.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { demoLogins } from '../../src/demo/town.ts';
import { startServer, type Server } from './server.ts';

export { expect } from '@playwright/test';

export const logins = demoLogins;
export type Login = (typeof logins)[number];
export const password = 'mimamori-demo';

const tile = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
	'base64'
);

type Watched = {
	/** Lets this journey see errors that match, because it causes them. */
	expectProblems: (pattern: RegExp) => void;
};

/** A server with a town of its own, for as long as its worker lives. */
async function ownTown({}, use: (server: Server) => Promise<void>): Promise<void> {
	const server = await startServer(process.env.TOWN_TEMPLATE);
	await use(server);
	await server.remove();
}

export const test = base.extend<Watched, { server: Server }>({
	server: [ownTown, { scope: 'worker' }],
	baseURL: async ({ server }, use) => use(server.origin),
	expectProblems: async ({ context }, use) => {
		const expected: RegExp[] = [];
		const problems = watch(context);
		await tilesFromDrawer(context);
		await use((pattern) => void expected.push(pattern));
		expect(problems.filter((problem) => !expected.some((pattern) => pattern.test(problem)))).toEqual([]);
	},
	page: async ({ page, expectProblems }, use) => {
		void expectProblems;
		await use(page);
	}
});

/**
 * For journeys that look at everything there is, or change who is who: a town into which no other file writes. The function is made anew
 * for each file: fixtures of the same function are one fixture, and their towns one town.
 */
export const inOwnTown = () =>
	test.extend<object, { server: Server }>({ server: [async ({}, use) => ownTown({}, use), { scope: 'worker' }] });

/**
 * For screens of the office: `test.use(withoutWorker)`. Each test begins in a browser that has nothing yet, and fetching the whole shell
 * for the street takes a third of its time; that the worker stands in nobody's way is shown where the worker is the subject.
 */
export const withoutWorker = { serviceWorkers: 'block' } as const;

/** Collects console errors, uncaught exceptions and broken policies of every page of a context. */
export function watch(context: BrowserContext): string[] {
	const problems: string[] = [];
	context.on('console', (message) => {
		if (message.type() !== 'error') return;
		// The browser's own line about an answer ≥ 400 or a cut network is not an error of ours.
		if (/^Failed to load resource/.test(message.text())) return;
		problems.push(`console: ${message.text()} (${message.location().url})`);
	});
	context.on('weberror', (problem) => void problems.push(`uncaught: ${problem.error().message}`));
	void context.addInitScript(() =>
		addEventListener('securitypolicyviolation', (event) =>
			console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`)
		)
	);
	return problems;
}

/** Answers whatever is asked of other hosts: a map tile with a small picture, everything else with nothing. */
export async function tilesFromDrawer(context: BrowserContext): Promise<void> {
	await context.route(/^https?:\/\/(?!localhost|127\.0\.0\.1)/, (route) =>
		/\.(png|jpg|webp)(\?|$)/.test(route.request().url())
			? route.fulfill({ body: tile, contentType: 'image/png', headers: { 'access-control-allow-origin': '*' } })
			: route.abort()
	);
}

/** Signs one of the invented people in on this page's browser. */
export async function signIn(page: Page, loginId: Login): Promise<void> {
	const origin = new URL((await page.request.get('/healthz')).url()).origin;
	const answer = await page.request.post('/login', {
		form: { loginId, password, next: '' },
		headers: { origin, accept: 'text/html' },
		maxRedirects: 0
	});
	expect(answer.status(), `${loginId} signs in`).toBe(303);
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails when axe finds anything against WCAG 2.2 AA on the page as it is now. */
export async function axe(page: Page): Promise<void> {
	await there(page);
	const found = await new AxeBuilder({ page })
		// Without it a second page is opened for each look, to join frames of other origins: there are none, and it takes as long again.
		.setLegacyMode(true)
		.options({ runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] })
		.analyze();
	const said = found.violations.map(
		({ id, help, nodes }) => `${id}: ${help} → ${nodes.map((node) => node.target.join(' ')).join(', ')}`
	);
	expect(said, `axe on ${page.url()}`).toEqual([]);
}

/** Words are found before the style sheets have come and while the next screen is being put up: judged is what a person sees. */
async function there(page: Page): Promise<void> {
	await page.waitForLoadState('load');
	await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
}

/** How wide the page is, px. Not innerWidth: a phone shrinks a page that is too wide until it fits, and would call it well. */
export async function widthOf(page: Page): Promise<number> {
	await there(page);
	return page.evaluate(() => document.documentElement.scrollWidth);
}

/** Nothing may be wider than the screen. */
export async function fits(page: Page): Promise<void> {
	expect(await widthOf(page), `width of ${page.url()}`).toBeLessThanOrEqual(page.viewportSize()!.width);
}

/** Types a day `YYYY-MM-DD` into the three boxes of a date, of a page or of one of its forms. */
export async function fillDay(page: Page | Locator, label: string | RegExp, day: string): Promise<void> {
	const group = page.getByRole('group', { name: label });
	const parts = day.split('-');
	for (const [n, box] of ['年', '月', '日'].entries())
		await group.getByRole('textbox', { name: box, exact: true }).fill(parts[n] ?? '');
}
