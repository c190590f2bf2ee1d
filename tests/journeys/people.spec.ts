/** Signing in, joining by a leader's code, handing the role over, one's own devices, the first setup. */
import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { axe, expect, fits, password, signIn, test, watch, withoutWorker } from './fixtures.ts';
import { startServer } from './server.ts';

test.use(withoutWorker);

// These walk through many pages, each looked at by axe.
test.describe.configure({ timeout: 180_000 });

/** Pictures for people to look at, where a folder is named. */
async function shot(page: Page, name: string): Promise<void> {
	const folder = process.env.SHOTS;
	if (!folder) return;
	mkdirSync(folder, { recursive: true });
	await page.screenshot({ path: `${folder}/${name}-${page.viewportSize()!.width}.png`, fullPage: true });
}

async function clean(page: Page, name: string): Promise<void> {
	await fits(page);
	await axe(page);
	await shot(page, name);
}

/** The leader adds a member by name and makes the card. Returns the code on it. */
async function cardFor(page: Page, name: string): Promise<string> {
	await page.goto('/members');
	await page.getByText('人を加える').click();
	await page.locator('[name=name]').fill(name);
	await page.getByRole('button', { name: '加える' }).click();
	await expect(page.getByText(`${name}さんを加えました`)).toBeVisible();
	await page.getByRole('link', { name }).click();
	await page.getByRole('button', { name: '招待カードを作る' }).click();
	return page.getByTestId('invitation-code').innerText();
}

test('sign-in by id and password, wrong once, and out again', async ({ page }) => {
	await page.goto('/members');
	await expect(page).toHaveURL(/\/login\?next=%2Fmembers/);
	await clean(page, 'login');
	await page.locator('[name=loginId]').fill('ＬＥＡＤＥＲ');
	await page.locator('[name=password]').fill('not this one');
	await page.getByRole('button', { name: '入る', exact: true }).click();
	await expect(page.getByRole('alert')).toContainText('IDまたはパスワードが違います');
	await expect(page.locator('[name=password]')).toHaveValue('');
	await clean(page, 'login-wrong');
	await page.locator('[name=password]').fill(password);
	await page.getByRole('button', { name: '入る', exact: true }).click();
	await expect(page).toHaveURL(/\/members$/);
	await clean(page, 'members');
	const cookie = (await page.context().cookies()).find((one) => one.name === 'mp')!;
	expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
	await page.goto('/logout');
	await clean(page, 'logout');
	await page.getByRole('button', { name: 'この端末から出る' }).click();
	await expect(page).toHaveURL((url) => url.pathname === '/');
	await page.goto('/members');
	await expect(page).toHaveURL(/\/login/);
	// The old cookie opens nothing any more.
	await page.context().addCookies([cookie]);
	await page.goto('/members');
	await expect(page).toHaveURL(/\/login/);
});

test('one button per invented person', async ({ page }) => {
	for (const name of ['髙橋 和子', '山﨑 正一', '清水 直樹']) {
		await page.goto('/login');
		await page.getByRole('button', { name }).click();
		await expect(page).toHaveURL(/\/home$/);
		await page.context().clearCookies();
	}
});

test('a member joins by the card: who invites, consent, signed in; the code opens once', async ({
	page,
	browser,
	server
}) => {
	await signIn(page, 'leader');
	const name = `鈴木 ${page.viewportSize()!.width}`;
	const code = await cardFor(page, name);
	expect(code).toMatch(/^[346789A-HJKMNP-RTV-Y]{4}-[346789A-HJKMNP-RTV-Y]{4}$/);
	await expect(page.getByRole('img', { name: '招待のQRコード' })).toBeVisible();
	await clean(page, 'card');

	const phone = await browser.newContext({ viewport: page.viewportSize(), locale: 'ja-JP', baseURL: server.origin });
	const problems = watch(phone);
	const theirs = await phone.newPage();
	await theirs.goto('/join');
	await clean(theirs, 'join');
	await theirs.locator('[name=code]').fill(code.toLowerCase().replace('-', ' '));
	await theirs.getByRole('button', { name: '次へ' }).click();
	await expect(theirs.getByRole('heading', { level: 1 })).toContainText(name);
	await expect(theirs.getByText('本町北町会の山﨑 正一さんからの招待です')).toBeVisible();
	await theirs.getByRole('button', { name: 'この端末で使いはじめる' }).click();
	await expect(theirs.getByRole('alert')).toContainText('同意の欄');
	await clean(theirs, 'join-consent');
	await theirs.getByLabel('読みました。同意します').check();
	await theirs.getByRole('button', { name: 'この端末で使いはじめる' }).click();
	await expect(theirs).toHaveURL(/\/welcome$/);
	await clean(theirs, 'welcome');
	await theirs.goto('/devices');
	await expect(theirs.getByText('この端末', { exact: true })).toBeVisible();
	await clean(theirs, 'devices');
	await theirs.goto('/members');
	await expect(theirs.getByRole('rowheader', { name })).toBeVisible();
	await expect(theirs.getByText('042-')).toHaveCount(0);
	await shot(theirs, 'members-volunteer');

	const late = await browser.newContext({ viewport: page.viewportSize(), locale: 'ja-JP', baseURL: server.origin });
	const second = await late.newPage();
	await second.goto(`/join/${code.replace('-', '')}`);
	await expect(second.getByRole('heading', { level: 1 })).toHaveText('この番号は使えません');
	await clean(second, 'join-over');
	expect(problems).toEqual([]);
	await phone.close();
	await late.close();
});

test('inside LINE the page says so and leads out', async ({ browser, server }) => {
	const line = await browser.newContext({
		baseURL: server.origin,
		locale: 'ja-JP',
		userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1.15 Mobile/15E148 Safari Line/14.0.0'
	});
	const leader = await line.newPage();
	await signIn(leader, 'leader');
	const code = await cardFor(leader, `中 ${Date.now()}`);
	await line.clearCookies();
	await leader.goto(`/join/${code.replace('-', '')}`);
	await expect(leader.getByRole('link', { name: 'ブラウザーで開く' })).toHaveAttribute('href', /openExternalBrowser=1/);
	await line.close();
});

test('a device that is taken out is out at its next request', async ({ page, browser, server }) => {
	await signIn(page, 'volunteer');
	const lost = await browser.newContext({
		baseURL: server.origin,
		userAgent: 'Mozilla/5.0 (Linux; Android 15) Chrome/131.0 Mobile Safari/537.36'
	});
	const there = await lost.newPage();
	await signIn(there, 'volunteer');
	await page.goto('/devices');
	await page.getByRole('button', { name: 'この端末を外す Android の電話 の Chrome' }).first().click();
	await expect(page.getByText('端末を外しました')).toBeVisible();
	await there.goto('/devices');
	await expect(there).toHaveURL(/\/login/);
	const held = await page.request.get('/devices/held');
	expect(await held.json()).toMatchObject({ name: '髙橋 和子', memberships: [{ association: '本町北町会' }] });
	await lost.close();
});

test('the role is handed to a member who came in by code', async ({ browser, page }) => {
	// The invented town loses its leader here, so it is a town of its own.
	const own = await startServer(process.env.TOWN_TEMPLATE);
	try {
		const options = { viewport: page.viewportSize(), locale: 'ja-JP', baseURL: own.origin };
		const [before, after] = [await browser.newContext(options), await browser.newContext(options)];
		const problems = [watch(before), watch(after)];
		const [old, next] = [await before.newPage(), await after.newPage()];
		await signIn(old, 'leader');
		const code = await cardFor(old, '遠山 景子');
		await next.goto(`/join/${code.replace('-', '')}`);
		await next.getByLabel('読みました。同意します').check();
		await next.getByRole('button', { name: 'この端末で使いはじめる' }).click();
		await expect(next).toHaveURL(/\/welcome$/);

		await old.goto('/members');
		await old.getByRole('link', { name: '代表の引き継ぎ' }).click();
		await old.getByLabel('次の代表').selectOption({ label: '遠山 景子' });
		await clean(old, 'handover');
		await old.getByRole('button', { name: 'この人にお願いする' }).click();
		await expect(old.getByText('本人が引き受けるまでは、あなたが代表です')).toBeVisible();

		await next.goto('/members');
		await next.getByRole('link', { name: '内容を見る' }).click();
		await clean(next, 'offer');
		const session = (await after.cookies()).find((one) => one.name === 'mp')!.value;
		await next.locator('[name=loginId]').fill('tooyama');
		await next.locator('[name=password]').fill('本町北町会-2026');
		await next.getByRole('button', { name: '引き受ける' }).click();
		await expect(next.getByRole('alert')).toContainText('推測されやすい');
		await expect(next.locator('[name=loginId]')).toHaveValue('tooyama');
		await next.locator('[name=password]').fill('桜の並木を四人で歩く');
		await next.getByRole('button', { name: '引き受ける' }).click();
		await expect(next.getByText('人を加える')).toBeVisible();
		expect((await after.cookies()).find((one) => one.name === 'mp')!.value).not.toBe(session);
		await old.goto('/members');
		await expect(old.getByText('人を加える')).toHaveCount(0);
		expect(problems.flat()).toEqual([]);
	} finally {
		await own.remove();
	}
});

test('an empty installation is set up once, with a second factor before the first page', async ({ browser, page }) => {
	const empty = await startServer(undefined, { DEMO: '' });
	try {
		const context = await browser.newContext({ viewport: page.viewportSize(), locale: 'ja-JP', baseURL: empty.origin });
		const problems = watch(context);
		const admin = await context.newPage();
		const link = /http\S+\/setup\?token=\S+/.exec(empty.output())![0];
		expect((await admin.goto('/setup?token=made-up'))!.status()).toBe(404);
		await admin.goto(link);
		await clean(admin, 'setup');
		await admin.locator('[name=city]').fill('新しい市');
		await admin.locator('[name=name]').fill('初代 管理');
		await admin.locator('[name=loginId]').fill('kanri');
		await admin.locator('[name=password]').fill('Password2026!');
		await admin.getByRole('button', { name: '設定して、入る画面へ' }).click();
		await expect(admin.getByRole('alert')).toContainText('推測されやすい');
		await admin.locator('[name=password]').fill('川の土手を歩く夕方六時');
		await admin.getByRole('button', { name: '設定して、入る画面へ' }).click();
		await expect(admin.getByRole('heading', { level: 1 })).toHaveText('認証アプリをつなぐ');
		await clean(admin, 'enrol');
		const secret = (await admin.locator('code').innerText()).replaceAll(' ', '');
		await admin.locator('[name=code]').fill('000000');
		await admin.getByRole('button', { name: '入る', exact: true }).click();
		await expect(admin.getByRole('alert')).toContainText('番号が違うか');
		await admin.locator('[name=code]').fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate());
		await admin.getByRole('button', { name: '入る', exact: true }).click();
		await expect(admin.locator('ol code')).toHaveCount(8);
		const recovery = await admin.locator('ol code').first().innerText();
		await clean(admin, 'recovery');
		await admin.getByRole('button', { name: '控えました' }).click();
		await expect(admin).toHaveURL(/\/settings$/);
		await clean(admin, 'settings');
		expect((await admin.goto(link))!.status()).toBe(404);

		await admin.goto('/logout');
		await admin.getByRole('button', { name: 'この端末から出る' }).click();
		await expect(admin).toHaveURL((url) => url.pathname === '/');
		await admin.goto('/login');
		await expect(admin.getByRole('heading', { name: '体験版の人になってみる' })).toHaveCount(0);
		await admin.locator('[name=loginId]').fill('kanri');
		await admin.locator('[name=password]').fill('川の土手を歩く夕方六時');
		await admin.getByRole('button', { name: '入る', exact: true }).click();
		await clean(admin, 'code');
		expect((await admin.request.get('/settings', { maxRedirects: 0 })).status()).toBe(303);
		await admin.locator('[name=code]').fill(recovery);
		await admin.getByRole('button', { name: '入る', exact: true }).click();
		await expect(admin).toHaveURL(/\/home$/);
		expect(problems).toEqual([]);
	} finally {
		await empty.remove();
	}
});

test('the administrator gives an account by a one-time link, and takes bodies in by CSV', async ({
	page,
	browser,
	server
}) => {
	await signIn(page, 'admin');
	const own = `shinjin${page.viewportSize()!.width}`;
	await page.goto('/staff');
	await clean(page, 'staff');
	await page.locator('[name=name]').fill('新人 一郎');
	await page.locator('[name=loginId]').fill(own);
	await page.locator('[name=role]').selectOption('safety');
	await page.getByRole('button', { name: '加えて、リンクを作る' }).click();
	await expect(page.getByRole('alert')).toContainText('この役割に合う');
	await page.locator('[name=place]').selectOption({ label: '地域安全課' });
	await page.getByRole('button', { name: '加えて、リンクを作る' }).click();
	const link = await page.getByTestId('password-link').innerText();
	await shot(page, 'staff-link');
	const theirs = await browser.newContext({ viewport: page.viewportSize(), locale: 'ja-JP', baseURL: server.origin });
	const fresh = await theirs.newPage();
	await fresh.goto(link);
	await clean(fresh, 'password');
	await fresh.locator('[name=password]').fill('みどりの傘が三本ある');
	await fresh.getByRole('button', { name: '決める' }).click();
	await expect(fresh).toHaveURL(/\/login$/);
	expect((await fresh.goto(link))!.status()).toBe(404);
	await theirs.close();
	await page.goto('/staff');
	await page.getByRole('link', { name: '新人 一郎' }).first().click();
	await clean(page, 'staff-person');

	await page.goto('/associations');
	await clean(page, 'associations');
	await page.getByRole('link', { name: 'CSVで取り込む' }).click();
	const name = `取込町会${page.viewportSize()!.width}`;
	const csv = `種別,名前,会員数\r\n町会,${name},12\r\n謎,種別なし,\r\n`;
	const take = (text: string) =>
		page.locator('[name=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
	await take(csv);
	await page.getByRole('button', { name: '内容を確かめる' }).click();
	await expect(page.getByText('直すところがあります')).toBeVisible();
	await clean(page, 'import-bad');
	await take(csv.replace('謎,', 'PTA,').replace('種別なし', `第二PTA${name}`));
	await page.getByRole('button', { name: '内容を確かめる' }).click();
	await page.getByRole('button', { name: '取り込む', exact: true }).click();
	await expect(page.getByText('加わった団体 2')).toBeVisible();
	await clean(page, 'import-done');
	await page.goto('/associations');
	await page.getByRole('link', { name, exact: true }).click();
	await clean(page, 'association');
	for (const path of ['/associations/new', '/settings', '/settings/sections', '/settings/schools', '/settings/jobs']) {
		await page.goto(path);
		await clean(page, path.slice(1).replace('/', '-'));
	}
});
