/** Being told: the list in the app, the mail, the push on a device. */
import type { Browser, Page } from '@playwright/test';
import webpush from 'web-push';
import { newId } from '../../src/lib/server/db/ids.ts';
import { pushService, type PushService } from '../push-service.ts';
import { mailServer, subjectOf, wordsOf, type MailServer } from '../smtp.ts';
import { axe, expect, fits, signIn, test, watch, type Login } from './fixtures.ts';
import { startServer, type Server } from './server.ts';
import { rowsIn } from './town.ts';

/** The leader asks for two pieces of the first item there is. Returns the number of the request. */
async function asks(page: Page): Promise<{ id: string; number: string }> {
	await page.goto('/equipment/requests/new');
	const box = page.locator('input[name^="n:"]').first();
	const id = newId();
	const { origin } = new URL(page.url());
	const answer = await page.request.post('/equipment/requests/new', {
		multipart: {
			id,
			association: await page.locator('input[name="association"]').inputValue(),
			plan: '夜間の見守り',
			as: 'send',
			[(await box.getAttribute('name'))!]: '2'
		},
		headers: { origin, accept: 'text/html' },
		maxRedirects: 0
	});
	expect(answer.status(), await answer.text()).toBe(303);
	await page.goto(`/equipment/requests/${id}`);
	return { id, number: (await page.getByRole('heading', { level: 1 }).textContent())!.trim() };
}

async function inOwnBrowser(browser: Browser, origin: string, login: Login) {
	const context = await browser.newContext({ baseURL: origin, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
	const problems = watch(context);
	const page = await context.newPage();
	await signIn(page, login);
	return { page, context, problems };
}

test('a request that is sent back: the clerk was told of it, the leader is told, each reads it once', async ({
	page,
	browser,
	server
}) => {
	await signIn(page, 'leader');
	const { number } = await asks(page);
	const desk = await inOwnBrowser(browser, server.origin, 'safety');
	await desk.page.goto('/notices');
	const sent = desk.page.getByRole('listitem').filter({ hasText: number });
	await expect(sent).toContainText('資機材の申請が届きました');
	await expect(sent.getByText('新しい')).toBeVisible();
	await axe(desk.page);
	await fits(desk.page);
	await sent.getByRole('link', { name: new RegExp(number) }).click();
	await desk.page.getByText('差し戻す', { exact: true }).first().click();
	await desk.page.getByLabel(/^理由/).fill('秘密の理由');
	await desk.page.getByRole('button', { name: '理由を付けて差し戻す' }).click();
	await expect(desk.page.getByText('差戻し').first()).toBeVisible();
	// What is done need not be looked at any more.
	await desk.page.goto('/notices');
	await expect(desk.page.getByRole('listitem').filter({ hasText: number })).toHaveCount(0);
	expect(desk.problems).toEqual([]);
	await desk.context.close();

	await page.goto('/home');
	await page.getByRole('link', { name: 'まだ読んでいないお知らせ' }).click();
	const back = page.getByRole('listitem').filter({ hasText: number });
	await expect(back).toContainText('差し戻されました');
	await expect(page.getByText('秘密の理由')).toHaveCount(0);
	await axe(page);
	await fits(page);
	await page.getByRole('button', { name: 'すべて読んだことにする' }).click();
	await expect(page.getByText('新しい', { exact: true })).toHaveCount(0);
	await back.getByRole('link', { name: new RegExp(number) }).click();
	await expect(page.getByText('秘密の理由').first()).toBeVisible();
	await page.goto('/home');
	await expect(page.getByRole('link', { name: 'まだ読んでいないお知らせ' })).toHaveCount(0);
});

test.describe('outside the app', () => {
	let smtp: MailServer;
	let pushes: PushService;
	let server: Server;
	test.beforeAll(async () => {
		smtp = await mailServer();
		pushes = await pushService();
		const { publicKey, privateKey } = webpush.generateVAPIDKeys();
		server = await startServer(process.env.TOWN_TEMPLATE, {
			SMTP_URL: smtp.url,
			MAIL_FROM: 'みまもりポケット <town@example.jp>',
			VAPID_PUBLIC_KEY: publicKey,
			VAPID_PRIVATE_KEY: privateKey,
			VAPID_SUBJECT: 'mailto:town@example.jp',
			PUSH_TEST_HOST: pushes.host
		});
	});
	test.afterAll(async () => {
		await server.remove();
		await smtp.close();
		await pushes.close();
	});
	/** The outbox is looked into every quarter of a minute. */
	const soon = { timeout: 60_000 };

	test('a leader gives an address, types the code that came, and is mailed about a request', async ({ browser }) => {
		const { page, context, problems } = await inOwnBrowser(browser, server.origin, 'leader');
		await page.goto('/notices');
		await page.getByRole('link', { name: 'お知らせの受け取り方' }).click();
		await axe(page);
		await fits(page);
		await page.getByLabel(/^メールアドレス/).fill('だれか@');
		await page.getByRole('button', { name: '確認の番号を送る' }).click();
		await expect(page.getByText('メールアドレスの形を確かめてください').first()).toBeVisible();
		await expect(page.getByLabel(/^メールアドレス/)).toHaveValue('だれか@');
		await axe(page);
		await page.getByLabel(/^メールアドレス/).fill('ｌｅａｄｅｒ＠example.jp');
		await page.getByRole('button', { name: '確認の番号を送る' }).click();
		await expect(page.getByText('leader@example.jp に確認の番号を送りました')).toBeVisible();
		await expect.poll(() => smtp.mails.length, soon).toBe(1);
		const code = /(\d{6})/.exec(wordsOf(smtp.mails[0]!))![1]!;
		await page.getByLabel(/^確認の番号/).fill(code === '000000' ? '000001' : '000000');
		await page.getByRole('button', { name: '確認する' }).click();
		await expect(page.getByText('番号が違うか、期限が過ぎています').first()).toBeVisible();
		await axe(page);
		await fits(page);
		await page.getByLabel(/^確認の番号/).fill(code);
		await page.getByRole('button', { name: '確認する' }).click();
		await expect(page.getByText('leader@example.jp に届きます')).toBeVisible();
		await axe(page);

		const { id, number } = await asks(page);
		const desk = await inOwnBrowser(browser, server.origin, 'safety');
		const { status } = await desk.page.request
			.post(`/equipment/requests/${id}?/sendBack`, {
				form: { reason: '秘密の理由' },
				headers: { origin: server.origin, accept: 'text/html' },
				maxRedirects: 0
			})
			.then((answer) => ({ status: answer.status() }));
		expect(status).toBe(303);
		await desk.context.close();
		await expect.poll(() => smtp.mails.length, soon).toBe(2);
		const words = wordsOf(smtp.mails[1]!);
		expect(words).toContain(`（${number}）`);
		expect(words).not.toContain('秘密');
		await page.goto(/https?:\/\/\S+requests\S+/.exec(words)![0]);
		await expect(page.getByText('秘密の理由').first()).toBeVisible();
		await page.goto('/notices/receiving');
		await page.getByRole('button', { name: 'メールで受け取るのをやめる' }).click();
		await expect(page.getByText('アドレスは消しました')).toBeVisible();
		await expect(page.getByText('leader@example.jp')).toHaveCount(0);
		// Whoever reads the app in English is written to in English.
		await page.goto('/look');
		await page.getByRole('button', { name: 'English' }).click();
		await page.goto('/notices/receiving');
		await page.getByLabel(/^Mail address/).fill('leader@example.jp');
		await page.getByRole('button', { name: 'Send the number' }).click();
		await expect.poll(() => smtp.mails.length, soon).toBe(3);
		expect(subjectOf(smtp.mails[2]!)).toBe('Mimamori Pocket: there is news');
		expect(wordsOf(smtp.mails[2]!)).toMatch(/^The number that confirms your mail address is \d{6}/);
		expect(problems).toEqual([]);
		await context.close();
	});

	test('a device is told until it says no: the push comes, is shown, and opens its page', async ({ browser }) => {
		const { page, context, problems } = await inOwnBrowser(browser, server.origin, 'leader');
		await context.grantPermissions(['notifications']);
		// This machine has no way to the service of a browser: what the browser would hand out is handed out by us.
		const made = Object.fromEntries(
			['phone', 'replaced', 'lost'].map((name) => {
				const { endpoint, p256dh, auth } = pushes.device(name);
				return [name, { endpoint, keys: { p256dh, auth } }];
			})
		);
		await context.addInitScript((made) => {
			/** Which of them the browser holds; `next` is what it hands out. */
			const held = () => {
				const of = made[localStorage.getItem('held') ?? ''];
				const unsubscribe = async () => {
					localStorage.removeItem('held');
					return true;
				};
				return (of ? { endpoint: of.endpoint, toJSON: () => of, unsubscribe } : null) as unknown as PushSubscription;
			};
			// Without windows the browser says `denied` here, whatever was granted.
			Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
			PushManager.prototype.getSubscription = async () => held();
			PushManager.prototype.subscribe = async () => {
				if (!held()) localStorage.setItem('held', localStorage.getItem('next') ?? 'phone');
				return held();
			};
		}, made);
		const known = () => rowsIn(server, 'SELECT endpoint FROM push_subscription').map(String);
		const endpoint = (of: string) => made[of]!.endpoint;
		await page.goto('/notices/receiving');
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
		await page.reload();
		await page.getByRole('button', { name: 'この端末で受け取る' }).click();
		await expect(page.getByText('この端末で受け取ります。')).toBeVisible();
		await expect(page.getByText('この端末', { exact: true })).toBeVisible();
		await expect(page.getByRole('button', { name: 'この端末で受け取る' })).toHaveCount(0);
		await axe(page);
		await fits(page);
		await page.getByRole('button', { name: '試しに送る' }).click();
		await expect(page.getByText('試しのお知らせを送りました')).toBeVisible();
		await expect.poll(() => pushes.words.length, soon).toBe(1);
		const { text } = pushes.words[0]!;

		// What the worker makes of it. An event of ours may not prolong its life, so it brings its own way to be waited for.
		const worker = context.serviceWorkers()[0]!;
		const { shown, opened } = await worker.evaluate(async (text) => {
			const scope = self as unknown as WorkerScope;
			const shown: unknown[] = [];
			const opened: string[] = [];
			scope.registration.showNotification = async (title, { body, data }) => void shown.push([title, body, data]);
			scope.clients.openWindow = async (url) => void opened.push(url);
			const happen = (type: string, more: object) =>
				dispatchEvent(Object.assign(new Event(type), { waitUntil: () => undefined }, more));
			for (const sent of [text, '{"words":1}', 'x'])
				happen('push', { data: { json: () => JSON.parse(sent) as unknown } });
			happen('push', { data: null });
			for (const data of ['/notices/receiving', 'https://example.com/x', '//example.com', null, 'javascript:alert(1)'])
				happen('notificationclick', { notification: { data, close: () => undefined } });
			await new Promise((done) => setTimeout(done));
			return { shown, opened };
		}, text);
		expect(shown).toEqual([
			['みまもりポケット', 'お知らせの受け取りの確認です', '/notices/receiving'],
			...Array<string[]>(3).fill(['みまもりポケット', 'お知らせがあります', '/notices'])
		]);
		const own = (path: string) => `${server.origin}${path}`;
		expect(opened).toEqual([own('/notices/receiving'), ...Array<string>(4).fill(own('/notices'))]);

		// The browser replaces its subscription while no page looks: the worker tells the server, which pushes to the new one.
		expect(known()).toEqual([endpoint('phone')]);
		await worker.evaluate(
			async ([old, renewed]) => {
				const given: Promise<unknown>[] = [];
				const happened = Object.assign(new Event('pushsubscriptionchange'), {
					oldSubscription: { endpoint: old!.endpoint, options: {} },
					newSubscription: { endpoint: renewed!.endpoint, toJSON: () => renewed },
					waitUntil: (work: Promise<unknown>) => void given.push(work)
				});
				dispatchEvent(happened);
				await Promise.all(given);
			},
			[made['phone'], made['replaced']]
		);
		expect(known()).toEqual([endpoint('replaced')]);
		await page.evaluate(() => localStorage.setItem('held', 'replaced'));
		await page.reload();
		await expect(page.getByText('この端末', { exact: true })).toBeVisible();
		await page.getByRole('button', { name: '試しに送る' }).click();
		await expect.poll(() => pushes.words.at(-1)?.device, soon).toBe('replaced');
		// It lost it, and the worker could not tell: the page mends that when it is opened, and asks nobody.
		await page.evaluate(() => {
			localStorage.removeItem('held');
			localStorage.setItem('next', 'lost');
		});
		await page.reload();
		await expect.poll(known).toEqual([endpoint('lost')]);
		await expect(page.getByText('この端末', { exact: true })).toBeVisible();
		await expect(page.getByRole('button', { name: 'この端末で受け取る' })).toHaveCount(0);

		await page.getByRole('button', { name: /^受け取らない/ }).click();
		await expect(page.getByRole('button', { name: 'この端末で受け取る' })).toBeVisible();
		// What the person ended stays ended.
		await page.reload();
		await expect(page.getByRole('button', { name: 'この端末で受け取る' })).toBeVisible();
		expect(known()).toEqual([]);
		expect(problems).toEqual([]);
		await context.close();
	});
});

/** As far as the test touches it: the types of workers do not go with those of pages. */
type WorkerScope = {
	registration: { showNotification: (title: string, more: { body: string; data: string }) => Promise<void> };
	clients: { openWindow: (url: string) => Promise<unknown> };
};
