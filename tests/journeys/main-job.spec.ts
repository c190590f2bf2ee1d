/**
 * The whole main job, on real data in a real browser: a leader schedules a school-route watch, a volunteer signs up on a phone and
 * walks it with no network, one answer is lost while sending, the log arrives once, the leader confirms it, the year counts it.
 */
import Database from 'better-sqlite3';
import type { Browser, Page } from '@playwright/test';
import { jstDay } from '../../src/lib/calendar/day.ts';
import { fiscalYearAt } from '../../src/lib/calendar/fiscal-year.ts';
import { startProxy } from '../faults/chaos-proxy.ts';
import { axe, expect, fillDay, fits, password, signIn, test, watch } from './fixtures.ts';

/** Runs, person-times and kilometres of one body's school-route watches, as the year's page prints them. */
async function figures(leader: Page, association: string): Promise<{ runs: number; heads: number; km: number }> {
	await leader.goto(`/reports/${fiscalYearAt(new Date())}/activities`);
	const link = leader.locator(`a[href*="programme=schoolWatch"][href*="association=${association}"]`);
	const row = leader.locator('tr').filter({ has: link }).first();
	if ((await row.count()) === 0) return { runs: 0, heads: 0, km: 0 };
	const cells = await row.locator('td.number').allInnerTexts();
	const [runs, heads, , km] = cells.map((text) => Number(text.replace(/[^\d.]/g, '')));
	return { runs: runs!, heads: heads!, km: km! };
}

async function phoneOf(browser: Browser, origin: string): Promise<Page> {
	const context = await browser.newContext({
		baseURL: origin,
		locale: 'ja-JP',
		timezoneId: 'Asia/Tokyo',
		viewport: { width: 360, height: 740 },
		hasTouch: true,
		isMobile: true
	});
	const page = await context.newPage();
	const form = { loginId: 'volunteer', password, next: '' };
	await page.request.post('/login', { form, headers: { origin }, maxRedirects: 0 });
	return page;
}

test('a watch is scheduled, walked with no network, sent once, confirmed and counted', async ({
	page: leader,
	browser,
	server
}, info) => {
	test.setTimeout(300_000);
	const place = `通学路 ${info.project.name}`;
	const net = await startProxy(server.origin);
	const phone = await phoneOf(browser, net.origin);
	const problems = watch(phone.context());

	// The leader draws the route and puts a watch on it for today.
	await signIn(leader, 'leader');
	await leader.goto('/watches/places/new');
	await leader.getByRole('radio', { name: '巡回コース' }).check();
	await leader.getByLabel('名前').fill(place);
	await leader.getByLabel('点の一覧').fill('35.7010, 139.5060\n35.7100, 139.5060\n35.7150, 139.5100');
	await leader.getByRole('button', { name: '保存する' }).click();
	await expect(leader.getByRole('rowheader', { name: place })).toBeVisible();
	await leader.goto('/watches/new');
	await leader.getByLabel('場所').selectOption({ label: place });
	await leader.getByLabel('内容').selectOption({ label: '登下校見守り' });
	await fillDay(leader, /^日/, jstDay(new Date()));
	await leader.getByLabel('始まり').fill('00:05');
	await leader.getByLabel('終わり').fill('23:55');
	await leader.getByRole('button', { name: '当番を作る' }).click();
	await expect(leader.getByText(place).first()).toBeVisible();

	// The volunteer signs up, and opens the recording once while there is a network.
	await phone.goto('/shifts');
	const shift = phone.locator('li.shift', { hasText: place });
	await shift.getByRole('button', { name: '出ます' }).click();
	await expect(shift.getByRole('button', { name: '行けなくなりました' })).toBeVisible();
	await phone.goto('/patrol');
	const start = phone.getByRole('button', { name: new RegExp(`はじめる.*${place}`) });
	await expect(start).toBeVisible();
	await expect
		.poll(() => phone.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: 20_000 })
		.toBe(true);
	const association = await phone.evaluate(async () => {
		const answer = await fetch('/api/v1/sync/pull');
		const body = (await answer.json()) as { changes: { pack: { bodies: { id: string }[] } }[] };
		return body.changes[0]!.pack.bodies[0]!.id;
	});
	const before = await figures(leader, association);

	// From here on there is no network. The tab is opened anew by its address.
	await phone.context().setOffline(true);
	await phone.goto('about:blank');
	await phone.goto('/patrol');
	await expect(phone.getByText('圏外・記録できます')).toBeVisible();
	await start.click();
	await expect(phone.getByRole('radio', { name: new RegExp(place) })).toBeChecked();
	await phone.getByRole('button', { name: '出発する' }).click();
	await phone.getByRole('button', { name: '気づきを記録' }).click();
	await phone.getByRole('radio', { name: '街路灯切れ' }).check();
	await phone.getByLabel(/場所（ことばで）/).fill('公園の角');
	await phone.getByRole('button', { name: '加える', exact: true }).click();
	await phone.getByRole('button', { name: '終わる' }).click();
	await phone
		.getByRole('group', { name: /参加した人/ })
		.getByRole('checkbox', { checked: false })
		.first()
		.check();
	await expect(phone.getByText('距離のもと：コースの長さ')).toBeVisible();
	const km = Number(await phone.getByRole('textbox', { name: /距離/ }).inputValue());
	await phone.getByLabel(/備考/).fill(`${place} 全員渡りました`);
	await phone.getByRole('button', { name: 'この内容で保存' }).click();
	await expect(phone.getByRole('heading', { name: 'この端末に保存しました' })).toBeVisible();

	// The network is back, and the first answer is lost: the server has it, the phone does not know.
	let lost = 0;
	net.fault = (method, path) =>
		method === 'POST' && path.startsWith('/api/v1/sync/push') && lost++ === 0 ? { is: 'dropAnswer' } : undefined;
	await phone.context().setOffline(false);
	await phone.goto('/patrol/sent');
	const send = phone.getByRole('button', { name: '今すぐ送る' });
	await expect(async () => {
		if (await send.isEnabled()) await send.click();
		await expect(phone.getByText(/届きました/)).toBeVisible({ timeout: 2000 });
	}).toPass({ timeout: 60_000 });
	await expect(send).toBeEnabled();
	await axe(phone);
	expect(lost).toBeGreaterThanOrEqual(2);
	const db = new Database(server.database, { readonly: true });
	const count = (sql: string) => db.prepare(sql).pluck().get(`${place} 全員渡りました`) as number;
	expect(count('select count(distinct log) from log_version where remarks = ?')).toBe(1);
	expect(count(`select count(*) from sync_payload where instr(bytes, ?) > 0`)).toBe(1);
	db.close();

	// The leader finds it, sees what was seen, confirms; the year counts it, and did not before.
	expect(await figures(leader, association)).toEqual(before);
	await leader.goto('/patrols?state=waiting');
	const row = leader.locator('tr', { hasText: place });
	await expect(row).toHaveCount(1);
	await fits(leader);
	await row.getByRole('link').first().click();
	await expect(leader.getByText(`${place} 全員渡りました`)).toBeVisible();
	await expect(leader.getByText('公園の角')).toBeVisible();
	await axe(leader);
	const log = new URL(leader.url()).pathname;
	await leader.getByRole('button', { name: '確認済にする' }).click();
	await expect(leader.getByText('確認済', { exact: true }).first()).toBeVisible();
	const after = await figures(leader, association);
	expect(after.runs).toBe(before.runs + 1);
	expect(after.heads).toBe(before.heads + 2);
	expect(after.km).toBeCloseTo(before.km + km, 1);
	await axe(leader);
	await fits(leader);
	await leader.locator(`a[href*="programme=schoolWatch"][href*="association=${association}"]`).first().click();
	await expect(leader.locator(`a[href="${log}"]`).first()).toBeVisible();

	expect(problems).toEqual([]);
	await phone.context().close();
	await net.close();
});
