/**
 * From nothing to the printed table: a city is set up by its link, takes in its bodies, and does each of the jobs once. Then the fiscal
 * year ends and is closed, and every job is found in its figure.
 */
import type { Page } from '@playwright/test';
import { addDays, instantOf, jstDay } from '../../src/lib/calendar/day.ts';
import { fiscalYearAt } from '../../src/lib/calendar/fiscal-year.ts';
import { startProxy } from '../faults/chaos-proxy.ts';
import { expect, fillDay, test } from './fixtures.ts';
import { newCity, type NewCity, type Somebody } from './new-city.ts';
import { sign } from './pen.ts';

// Half a hundred presses on seven screens: what hangs is named at once.
test.use({ actionTimeout: 20_000 });

const body = '髙野台町会';
const place = '第一小 北門ルート';
const vest = 'パトロール用ベスト';
const year = fiscalYearAt(new Date());
/** What each job becomes in the table, and what stands behind its figure. */
const jobs = [
	{ line: '登下校の見守り 1回 延べ1人', rows: '登下校見守り' },
	{ line: '防犯資機材支給 1団体/支給資機材 2個', rows: vest },
	{ line: 'カンガルーポケット登録件数 1件', rows: '第一小学校' }
];
const title = (page: Page) => page.getByRole('heading', { level: 1 });

/** Schools, bodies from a file, and an account for everybody of the offices. */
async function peopled(city: NewCity) {
	const { page } = city.admin;
	await page.goto('/settings/schools');
	await page.locator('[name=name]').fill('第一小学校');
	await page.locator('[name=kana]').fill('ダイイチショウガッコウ');
	await page.getByRole('button', { name: '加える' }).click();
	await expect(page.getByRole('listitem').filter({ hasText: '第一小学校' })).toBeVisible();
	await page.goto('/associations/import');
	const csv = `種別,名前,よみがな,会員数,学区\r\n町会,${body},タカノダイチョウカイ,１２,第一小学校\r\n`;
	await page.locator('[name=file]').setInputFiles({ name: '団体.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
	await page.getByRole('button', { name: '内容を確かめる' }).click();
	await page.getByRole('button', { name: '取り込む', exact: true }).click();
	await expect(page.getByText('加わった団体 1')).toBeVisible();
	return {
		leader: await city.join('𠮷川 剛', 'yoshikawa', 'leader', body),
		safety: await city.join('清水 直', 'shimizu', 'safety', '地域安全課'),
		approver: await city.join('森 課長', 'mori', 'approver', '地域安全課'),
		guidance: await city.join('原 恵', 'hara', 'guidance', '指導室')
	};
}

/** The city starts from the example, and lets the measure of the volunteers tell of their watches too. */
async function planned({ page }: Somebody): Promise<void> {
	await page.goto('/settings/measures');
	await page.getByRole('button', { name: '指針の施策' }).click();
	await page.getByRole('link', { name: '安全・安心まちづくり推進計画' }).click();
	await page.getByRole('link', { name: '地域ボランティアによる防犯パトロール' }).click();
	await page.getByRole('link', { name: '行を加える' }).click();
	await page.getByLabel(/^行の文/).fill('登下校の見守り {schoolWatchRuns}回 延べ{schoolWatchPersonTimes}人');
	await page.getByRole('button', { name: '行を加える' }).click();
	await expect(page.getByText(/登下校の見守り \{schoolWatchRuns\}回/)).toBeVisible();
}

/** The leader puts a watch on a route for today, and makes the card for a member. Returns its code. */
async function scheduled({ page }: Somebody): Promise<string> {
	await page.goto('/watches/places/new');
	await page.getByRole('radio', { name: '巡回コース' }).check();
	await page.getByLabel('名前').fill(place);
	await page.getByLabel('点の一覧').fill('35.7010, 139.5060\n35.7100, 139.5060');
	await page.getByRole('button', { name: '保存する' }).click();
	await expect(page.getByRole('rowheader', { name: place })).toBeVisible();
	await page.goto('/watches/new');
	await page.getByLabel('場所').selectOption({ label: place });
	await page.getByLabel('内容').selectOption({ label: '登下校見守り' });
	await fillDay(page, /^日/, jstDay(new Date()));
	await page.getByLabel('始まり').fill('00:05');
	await page.getByLabel('終わり').fill('23:55');
	await page.getByRole('button', { name: '当番を作る' }).click();
	await expect(page.getByText(place).first()).toBeVisible();
	await page.goto('/members');
	await page.locator('[name=name]').fill('髙橋 和');
	await page.getByRole('button', { name: '加える' }).click();
	await page.getByRole('link', { name: '髙橋 和' }).click();
	await page.getByRole('button', { name: '招待カードを作る' }).click();
	return page.getByTestId('invitation-code').innerText();
}

/** On a phone: joined by the card, signed up, walked without network, sent when it is back. */
async function walked(city: NewCity, code: string): Promise<void> {
	const net = await startProxy(city.server.origin);
	const { context, page } = await city.screen({
		baseURL: net.origin,
		serviceWorkers: 'allow',
		viewport: { width: 360, height: 740 },
		hasTouch: true,
		isMobile: true
	});
	await page.goto(`/join/${code.replace('-', '')}`);
	await page.getByLabel('読みました。同意します').check();
	await page.getByRole('button', { name: 'この端末で使いはじめる' }).click();
	await expect(page).toHaveURL(/\/welcome$/);
	await page.goto('/shifts');
	const shift = page.locator('li.shift', { hasText: place });
	await shift.getByRole('button', { name: '出ます' }).click();
	await expect(shift.getByRole('button', { name: '行けなくなりました' })).toBeVisible();
	await page.goto('/patrol');
	const start = page.getByRole('button', { name: new RegExp(`はじめる.*${place}`) });
	await expect(start).toBeVisible();
	await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);

	await context.setOffline(true);
	await page.goto('about:blank');
	await page.goto('/patrol');
	await start.click();
	await page.getByRole('button', { name: '出発する' }).click();
	await page.getByRole('button', { name: '終わる' }).click();
	await page.getByRole('button', { name: 'この内容で保存' }).click();
	// A kilometre in a few seconds is doubted, and saved all the same.
	await page.getByRole('button', { name: 'このまま保存' }).click();
	await expect(page.getByRole('heading', { name: 'この端末に保存しました' })).toBeVisible();
	await context.setOffline(false);
	await page.goto('/patrol/sent');
	const send = page.getByRole('button', { name: '今すぐ送る' });
	await expect(async () => {
		if (await send.isEnabled()) await send.click();
		await expect(page.getByText(/届きました/)).toBeVisible({ timeout: 2000 });
	}).toPass({ timeout: 60_000 });
	await context.close();
	await net.close();
}

async function confirmed({ page }: Somebody): Promise<void> {
	await page.goto('/patrols?state=waiting');
	await page.locator('tr', { hasText: place }).getByRole('link').first().click();
	await expect(title(page)).toContainText('登下校見守り');
	await page.getByRole('button', { name: '確認済にする' }).click();
	await expect(page.getByText('確認済', { exact: true }).first()).toBeVisible();
}

/** Bought, asked for, decided, and handed over against a signature. */
async function equipped(leader: Page, safety: Page, approver: Page): Promise<void> {
	await safety.goto('/equipment/items/new');
	await safety.getByLabel('品目').fill(vest);
	await safety.getByLabel('単位').fill('着');
	await safety.getByRole('button', { name: '保存する' }).click();
	await safety.getByRole('radio', { name: '受入', exact: true }).check();
	await safety.getByLabel(/^数/).fill('10');
	await safety.locator('#field-reason').fill('購入');
	await safety.getByRole('button', { name: '受払簿に書く' }).click();
	await expect(safety.getByText('在庫 10・引当 0')).toBeVisible();

	await leader.goto('/equipment/requests/new');
	await leader.getByLabel(vest).fill('2');
	await leader.getByLabel('活動計画').fill('登校の見守り');
	await leader.getByRole('button', { name: '申請する', exact: true }).click();
	await expect(title(leader)).toHaveText(/^令和\d+-防資-001$/);
	const request = new URL(leader.url()).pathname;

	await safety.goto(`${request}/decision`);
	await safety.getByRole('button', { name: 'この案で決裁に回す' }).click();
	await expect(safety.getByText('決裁待ち')).toBeVisible();
	await approver.goto(`${request}/decision`);
	await approver.getByRole('button', { name: 'この内容で支給を決定する' }).click();
	// The page of the decision names the same pieces: decided is what the request says.
	await expect(title(approver)).toHaveText(/^令和\d+-防資-001$/);
	await expect(approver.getByRole('row', { name: vest })).toContainText('2着');
	await safety.goto(`${request}/handover`);
	await safety.getByLabel('受け取った人の名前').fill('𠮷川 剛');
	await sign(safety);
	await safety.getByRole('button', { name: '受渡しを記録する' }).click();
	await expect(safety.getByText('受渡しを記録しました')).toBeVisible();
}

/** A home applies on paper, is told about it, registered, and says in the round that it stays. */
async function sheltered({ page }: Somebody): Promise<void> {
	await page.goto('/pockets/new');
	await page.getByRole('radio', { name: '一般家庭' }).check();
	await page.getByRole('textbox', { name: /^名前/ }).fill('﨑山 光');
	await page.getByLabel(/^ふりがな/).fill('サキヤマ');
	await page.getByLabel(/^電話/).fill('042-000-0077');
	await page.getByLabel(/^町丁目/).fill('本町一丁目');
	await page.getByLabel(/^番地・建物/).fill('1番地');
	await page.getByRole('combobox', { name: /^学区/ }).selectOption({ label: '第一小学校' });
	await page.getByLabel('月曜 から').fill('14:00');
	await page.getByLabel('月曜 まで').fill('18:00');
	await page.getByLabel(/^点の一覧/).fill('35.7012, 139.5021');
	await page.getByRole('combobox', { name: /^申込の経路/ }).selectOption({ label: '窓口' });
	await page.getByRole('button', { name: '申込を書く' }).click();
	// Visited yesterday: a round asks the homes that were there before it.
	for (const step of ['説明済にする', '登録する']) {
		const form = page.locator('form').filter({ has: page.getByRole('button', { name: step }) });
		await fillDay(form, /日/, addDays(jstDay(new Date()), -1));
		await form.getByRole('button', { name: step }).click();
	}
	await expect(page.getByText('休止する')).toBeVisible();
	await page.goto('/pockets/rounds');
	await page.getByRole('button', { name: '選んだ学区で始める' }).click();
	await page.getByRole('link', { name: '第一小学校', exact: true }).click();
	await page.getByRole('button', { name: /は継続$/ }).click();
	await expect(page.getByRole('link', { name: '確認済 1' })).toBeVisible();
}

/** The year is over: whoever closes has looked at what is still open. */
async function closed({ page }: Somebody): Promise<void> {
	await page.goto(`/reports/${year}/closing`);
	for (const box of await page.getByRole('checkbox').all()) await box.check();
	await page.locator('summary', { hasText: 'を締める' }).click();
	await page.getByRole('button', { name: '締める', exact: true }).click();
	await expect(page.getByText('年度を締めました。')).toBeVisible();
}

/** Every job stands in its line, on paper too, and each figure opens what it was made of. */
async function printed({ page }: Somebody): Promise<void> {
	await page.goto(`/reports/${year}`);
	const table = page.getByRole('table');
	await page.emulateMedia({ media: 'print' });
	for (const { line } of jobs) await expect(table).toContainText(line);
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
	const [wide, high] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!.slice(1).map(Number);
	expect([Math.round(wide!), Math.round(high!)], 'A4 across, in points').toEqual([842, 595]);
	await page.emulateMedia({ media: null });
	for (const { line, rows } of jobs) {
		await page.goto(`/reports/${year}`);
		await table.locator('p', { hasText: line }).first().getByRole('link').first().click();
		await expect(page.getByRole('main')).toContainText(rows);
		await expect(title(page)).not.toContainText('施策一覧');
	}
}

test('a city does every job once, closes its year, and finds each in its figure', async ({ browser }) => {
	test.setTimeout(180_000);
	const city = await newCity(browser);
	try {
		const { leader, safety, approver, guidance } = await peopled(city);
		await planned(city.admin);
		await walked(city, await scheduled(leader));
		await confirmed(leader);
		await equipped(leader.page, safety.page, approver.page);
		await sheltered(guidance);
		await city.extend(safety);
		await city.waitUntil(instantOf(`${year + 1}-04-02`, '09:00'));
		await city.enter(safety);
		await closed(safety);
		await printed(safety);
		expect(city.problems()).toEqual([]);
	} finally {
		await city.remove();
	}
});
