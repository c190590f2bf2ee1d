/** Faults of the browser around the store: crashes, workers stopped or missing, new versions, clocks, sleep. */
import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import type { Page } from '@playwright/test';
import { expect } from '../journeys/fixtures.ts';
import { delivered, drain, every, online, otherTab, ready, record, save, test, waits, walk } from './field.ts';
import type { Proxy } from './chaos-proxy.ts';
import { deployNext } from './next-build.ts';
import { allArrived, atServer, onPhone } from './oracle.ts';

const devtools = (page: Page) => page.context().newCDPSession(page);

test('a tab that crashes while the form is filled gives the draft back', async ({ page, net, server }) => {
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await walk(page);
	await page.getByRole('button', { name: '終わる' }).click();
	await page.getByLabel(/備考/).fill('画面が落ちた');
	await expect(page.getByText('下書きは自動で保存されています')).toBeVisible();
	const crashed = page.waitForEvent('crash');
	// It never answers: there is nobody left to.
	void (await devtools(page)).send('Page.crash').catch(() => undefined);
	await crashed;
	const again = await otherTab(page);
	await again.getByRole('link', { name: '続きから' }).click();
	await expect(again.getByLabel(/備考/)).toHaveValue('画面が落ちた');
	await save(again);
	await drain(again, net);
	await allArrived([again], server.database, '画面が落ちた', ['画面が落ちた']);
});

test('a killed worker, and a sync event it does not wait for, change nothing about the queue', async ({
	page,
	net,
	server
}) => {
	await ready(page, net);
	const browser = await devtools(page);
	const registered = new Promise<string>((done) =>
		browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			if (registrations[0]) done(registrations[0].registrationId);
		})
	);
	await browser.send('ServiceWorker.enable');
	every(net, { is: 'dropAnswer' });
	const kept = [await record(page, 'ワーカー停止 1')];
	await expect.poll(() => atServer(server.database, 'ワーカー停止').length).toBe(1);
	await browser.send('ServiceWorker.stopAllWorkers');
	kept.push(await record(page, 'ワーカー停止 2'));
	const event = { origin: net.origin, registrationId: await registered, tag: 'mp-send', lastChance: true };
	await browser.send('ServiceWorker.dispatchSyncEvent', event);
	expect((await onPhone(page)).map(({ state }) => state)).toEqual(['queued', 'queued']);
	await drain(page, net);
	await allArrived([page], server.database, 'ワーカー停止', kept);
});

test('without background sync, as on an iPhone, it is sent when the line is back and at the next opening', async ({
	page,
	context,
	net,
	server
}) => {
	await context.addInitScript(() => {
		Reflect.deleteProperty(globalThis, 'SyncManager');
		if ('ServiceWorkerRegistration' in globalThis) Reflect.deleteProperty(ServiceWorkerRegistration.prototype, 'sync');
	});
	await ready(page, net);
	expect(await page.evaluate(() => 'SyncManager' in globalThis)).toBe(false);
	await online(context, false);
	const kept = [await record(page, 'iPhoneのように 1')];
	await online(context, true);
	await expect.poll(() => atServer(server.database, 'iPhoneのように').length).toBe(1);
	every(net, { is: 'dropRequest' });
	kept.push(await record(page, 'iPhoneのように 2'));
	await page.close();
	net.fault = () => undefined;
	const again = await otherTab(await context.newPage(), '/patrol/sent');
	await expect(delivered(again)).toBeVisible();
	await expect(waits(again)).toBeHidden();
	await allArrived([again], server.database, 'iPhoneのように', kept);
});

test('the worker never stands between a record and the server: no POST passes it, the bytes arrive as they left', async ({
	page,
	net
}) => {
	await ready(page, net);
	const sent = JSON.stringify({ text: '𠮷 👨‍👩‍👧 \u0000 ‮ \ud7ff', long: '見'.repeat(3000) });
	let came: Buffer | undefined;
	net.onRequest = (method, path, body) => {
		if (method === 'POST' && path === '/api/v1/sync/push') came = body;
	};
	const [answer] = await Promise.all([
		page.waitForResponse((one) => one.request().method() === 'POST'),
		page.evaluate((body) => fetch('/api/v1/sync/push', { method: 'POST', body }).then(() => undefined), sent)
	]);
	expect(answer.fromServiceWorker()).toBe(false);
	expect(came?.equals(Buffer.from(sent))).toBe(true);
});

test('a deploy while the page is open: its old files still come, the new version waits for consent, a roll-back works', async ({
	page,
	net,
	server
}) => {
	test.setTimeout(120_000);
	const { version } = JSON.parse(readFileSync('build/client/_app/version.json', 'utf8')) as { version: string };
	await ready(page, net);
	const other = await otherTab(page);
	const back = deployNext(net, version);
	const push = net.fault;
	every(net, { is: 'dropRequest' });
	// Screens this page has never opened, whose files no longer exist at the server.
	await page.getByRole('link', { name: 'あとから入力する' }).click();
	await page.getByLabel('始まり', { exact: false }).first().fill('06:00');
	await page.getByLabel('終わり', { exact: false }).first().fill('06:30');
	await page.getByLabel('備考', { exact: false }).fill('新しい版の公開');
	await page.evaluate(async () => {
		document.documentElement.dataset.sameLife = 'yes';
		await (await navigator.serviceWorker.getRegistration())!.update();
	});
	// The worker of the new version fetches all its files first.
	await expect(page.getByText('新しい版があります')).toBeVisible({ timeout: 40_000 });
	// Nothing reloads by itself: not when the new version waits, not when the line goes and comes.
	await online(page.context(), false);
	await online(page.context(), true);
	await save(page);
	expect(await page.evaluate(() => document.documentElement.dataset.sameLife)).toBe('yes');
	await page.getByRole('button', { name: '更新する' }).click();
	await expect(page.locator('html[data-same-life]')).toHaveCount(0);
	await page.goto('/patrol');
	await expect(page.getByRole('button', { name: '当番なしで記録' })).toBeVisible();
	expect(await page.content()).toContain('/immutable/next/');
	// A tab of the old version goes on with the files kept for it.
	await other.getByRole('link', { name: 'あとから入力する' }).click();
	await expect(other.getByLabel('備考', { exact: false })).toBeVisible();
	net.fault = push;
	back();
	await page.reload();
	await drain(page, net);
	await allArrived([page], server.database, '新しい版の公開', ['新しい版の公開']);
});

type Logged = { hours: number; doubted: boolean; year: number; on: string; finishedAt: number };

/** The one log with these remarks: how many hours it took, its day and year, and whether its time is doubted. */
function logOf(file: string, remarks: string): Logged {
	const base = new Database(file, { readonly: true });
	const row = base
		.prepare('select departedAt, finishedAt, onDay, clockDoubt, fiscalYear from log_version where remarks = ?')
		.get(remarks) as Omit<Logged, 'on'> & { departedAt: number; onDay: string; clockDoubt: number; fiscalYear: number };
	base.close();
	return {
		hours: (row.finishedAt - row.departedAt) / 3_600_000,
		doubted: row.clockDoubt === 1,
		year: row.fiscalYear,
		on: row.onDay,
		finishedAt: row.finishedAt
	};
}

/** A phone whose clock is off by so many days walks now; afterwards its day and year must be those of Japan, now. */
async function walksWithClockOff(page: Page, net: Proxy, file: string, days: number, remarks: string): Promise<void> {
	const before = Date.now();
	await page.clock.install({ time: before + days * 86_400_000 });
	await ready(page, net);
	await walk(page);
	await page.getByRole('button', { name: '終わる' }).click();
	await page.getByLabel(/備考/).fill(remarks);
	await save(page);
	await expect.poll(() => atServer(file, remarks).length).toBe(1);
	const { doubted, on, year, finishedAt } = logOf(file, remarks);
	expect(doubted, 'the leader is told to look at the date').toBe(true);
	const possible = [before, Date.now()].map((ms) => jstDay(new Date(ms)));
	expect(possible).toContain(on);
	expect(possible.map(fiscalYearOf)).toContain(year);
	expect(Math.abs(finishedAt - Date.now()), 'corrected to the minute').toBeLessThan(Date.now() - before + 60_000);
	await drain(page, net);
	await allArrived([page], file, remarks, [remarks]);
}

test.describe('a phone in New York whose clock is seven years slow', () => {
	test.use({ timezoneId: 'America/New_York' });
	test('records and delivers, on the right day of the right year, and the leader is told to look at the date', async ({
		page,
		net,
		server
	}) => {
		await walksWithClockOff(page, net, server.database, -7 * 365.25, '七年おくれの時計');
	});
});

test('a phone whose clock is a year and a day fast delivers on the right day, and the leader is told to look at the date', async ({
	page,
	net,
	server
}) => {
	await walksWithClockOff(page, net, server.database, 366, '一年すすんだ時計');
});

test('a phone that sleeps eight hours on patrol asks about the length, and records what the person says', async ({
	page,
	net,
	server
}) => {
	await page.clock.install();
	await ready(page, net);
	await walk(page);
	const browser = await devtools(page);
	await browser.send('Page.setWebLifecycleState', { state: 'frozen' });
	await browser.send('Page.setWebLifecycleState', { state: 'active' });
	await page.clock.fastForward('08:00:00');
	await page.getByRole('button', { name: '終わる' }).click();
	await page.getByLabel(/備考/).fill('八時間ねむった');
	await page.getByRole('button', { name: 'この内容で保存' }).click();
	// Begun after four in the afternoon, eight hours end on the next day, and the end looks like one before the start.
	await expect(page.getByText(/6時間を超えています。|終わりの時刻が、始まりより前です。/)).toBeVisible();
	await page.getByRole('button', { name: '直す' }).click();
	const [hour, minute] = (
		await page
			.getByLabel(/始まり/)
			.first()
			.inputValue()
	)
		.split(':')
		.map(Number) as [number, number];
	const ended = `${String((hour + (minute >= 30 ? 1 : 0)) % 24).padStart(2, '0')}:${String((minute + 30) % 60).padStart(2, '0')}`;
	await page
		.getByLabel(/終わり/)
		.first()
		.fill(ended);
	await save(page);
	await drain(page, net);
	await allArrived([page], server.database, '八時間ねむった', ['八時間ねむった']);
	expect(logOf(server.database, '八時間ねむった')).toMatchObject({ hours: 0.5 });
});
