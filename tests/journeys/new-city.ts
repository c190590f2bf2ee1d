/** A city that begins with nothing: an empty installation, set up by its link, with the people of its offices. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { pathToFileURL } from 'node:url';
import { expect, tilesFromDrawer, watch } from './fixtures.ts';
import { startServer, type Server } from './server.ts';

/** Long, and of nobody's name. */
const password = '川の土手を歩く夕方六時';

/** Somebody of the city at a screen of their own. `secret` is that of the telephone, where there is one. */
export type Somebody = { page: Page; name: string; loginId: string; secret?: string };

export type NewCity = {
	server: Server;
	admin: Somebody;
	/** What any screen wrote to its console. */
	problems: () => string[];
	/** The administrator gives an account with a role, and the person makes it theirs by the link. */
	join: (name: string, loginId: string, role: string, place: string) => Promise<Somebody>;
	/** The administrator lets the role of this person go on for the fiscal year after this one. */
	extend: (who: Somebody) => Promise<void>;
	/** A browser of its own, nobody signed in. */
	screen: (options?: Parameters<Browser['newContext']>[0]) => Promise<{ context: BrowserContext; page: Page }>;
	/** The server stops, and starts again with its clock at another time. */
	waitUntil: (then: Date) => Promise<void>;
	/** Signs in anew, as one must after weeks. */
	enter: (who: Somebody) => Promise<void>;
	remove: () => Promise<void>;
};

export async function newCity(browser: Browser): Promise<NewCity> {
	const env: Record<string, string> = { DEMO: '' };
	const server = await startServer(undefined, env);
	const problems: string[][] = [];
	const contexts: BrowserContext[] = [];
	let ahead = 0;
	const now = () => Date.now() + ahead;

	const screen: NewCity['screen'] = async (options = {}) => {
		const context = await browser.newContext({
			...{ locale: 'ja-JP', timezoneId: 'Asia/Tokyo', baseURL: server.origin, serviceWorkers: 'block' },
			...options
		});
		contexts.push(context);
		problems.push(watch(context));
		await tilesFromDrawer(context);
		return { context, page: await context.newPage() };
	};
	/** The second factor at the first sign-in: the telephone is bound, the codes for paper are put away. */
	const bindTelephone = async (page: Page): Promise<string> => {
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('認証アプリをつなぐ');
		const secret = (await page.locator('code').innerText()).replaceAll(' ', '');
		await typeCode(page, secret);
		await page.getByRole('button', { name: '控えました' }).click();
		return secret;
	};
	const typeCode = async (page: Page, secret: string) => {
		const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now() });
		await page.locator('[name=code]').fill(code);
		await page.getByRole('button', { name: '入る', exact: true }).click();
	};
	const signIn = async (page: Page, loginId: string) => {
		await page.goto('/login');
		await page.locator('[name=loginId]').fill(loginId);
		await page.locator('[name=password]').fill(password);
		await page.getByRole('button', { name: '入る', exact: true }).click();
	};

	const { page } = await screen();
	await page.goto(/http\S+\/setup\?token=\S+/.exec(server.output())![0]);
	await page.locator('[name=city]').fill('新しい市');
	await page.locator('[name=name]').fill('初代 管理');
	await page.locator('[name=loginId]').fill('kanri');
	await page.locator('[name=password]').fill(password);
	await page.getByRole('button', { name: '設定して、入る画面へ' }).click();
	const admin: Somebody = { page, name: '初代 管理', loginId: 'kanri', secret: await bindTelephone(page) };
	await expect(page).toHaveURL(/\/settings$/);

	return {
		server,
		admin,
		problems: () => problems.flat(),
		screen,
		join: async (name, loginId, role, place) => {
			await admin.page.goto('/staff');
			await admin.page.locator('[name=name]').fill(name);
			await admin.page.locator('[name=loginId]').fill(loginId);
			await admin.page.locator('[name=role]').selectOption(role);
			await admin.page.locator('[name=place]').selectOption({ label: place });
			await admin.page.getByRole('button', { name: '加えて、リンクを作る' }).click();
			const link = await admin.page.getByTestId('password-link').innerText();
			const { page } = await screen();
			await page.goto(link);
			await page.locator('[name=password]').fill(password);
			await page.getByRole('button', { name: '決める' }).click();
			await expect(page).toHaveURL(/\/login$/);
			await signIn(page, loginId);
			const staff = role !== 'leader';
			const secret = staff ? await bindTelephone(page) : undefined;
			await expect(page).toHaveURL(/\/home$/);
			return { page, name, loginId, ...(secret ? { secret } : {}) };
		},
		extend: async ({ name }) => {
			await admin.page.goto('/staff');
			await admin.page.getByRole('link', { name, exact: true }).click();
			await admin.page.getByRole('button', { name: '次の年度も続ける' }).click();
			await expect(admin.page.getByText('保存しました')).toBeVisible();
		},
		waitUntil: async (then) => {
			ahead = then.getTime() - Date.now();
			await server.stop();
			env.NODE_OPTIONS = `--import ${pathToFileURL('tests/journeys/later.ts').href}`;
			env.LATER = String(ahead);
			await server.start();
		},
		enter: async ({ page, loginId, secret }) => {
			await page.context().clearCookies();
			await signIn(page, loginId);
			if (secret) await typeCode(page, secret);
			await expect(page).toHaveURL(/\/home$/);
		},
		remove: async () => {
			for (const context of contexts) await context.close();
			await server.remove();
		}
	};
}
