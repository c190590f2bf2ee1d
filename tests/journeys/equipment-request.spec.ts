/** A body asks for equipment: the rules first, everything typed is kept, one press is one request, and it goes back and forth. */
import type { Page } from '@playwright/test';
import { axe, expect, fits, signIn, test } from './fixtures.ts';
import type { Server } from './server.ts';
import { rowsIn } from './town.ts';

const address = /\/equipment\/requests\/[0-9a-f-]{36}$/;
const title = (page: Page) => page.getByRole('heading', { level: 1 });
const pdf = { name: '計画 髙橋.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nplan') };
const png = { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') };

const requestsSaying = (server: Server, plan: string) => rowsIn(server, 'SELECT id FROM request WHERE plan = ?', plan);

/** Everything typed lies on the device. */
const kept = (page: Page) => expect(page.getByText('入力した内容はこの端末に残っています。')).toBeVisible();
const send = (page: Page) => page.getByRole('button', { name: '申請する', exact: true });
/** The page has its script: what is typed is noticed from here on. */
const awake = (page: Page) => expect(page.getByText(/送るまでこの端末に残ります|この端末に残っています/)).toBeVisible();

test('the leader sees the rules, mends what was wrong, and sends it once', async ({ page, server }, info) => {
	const plan = `<script>alert(1)</script>\n髙橋と𠮷田で毎週金曜に ${info.project.name}`;
	await signIn(page, 'leader');
	await page.goto('/equipment/requests');
	await page.getByRole('link', { name: '資機材を申請する' }).click();
	await expect(page.getByText(/パトロール 月平均[\d.]+回（基準 月1回以上・過去12か月で\d+回）/)).toBeVisible();
	await expect(page.getByText('満たしています').first()).toBeVisible();
	await awake(page);
	await axe(page);
	await fits(page);

	await page.getByLabel('パトロール用ベスト').fill('２５');
	await page.getByLabel('腕章').fill('-2');
	await expect(page.getByText('申請できる数（あと20着）を超えています。')).toBeVisible();
	await page.getByLabel('帽子').fill('1.5');
	await page.getByLabel('合図灯').fill('99999999999');
	await page.getByLabel('拍子木').fill('<b>2</b>');
	await page.getByLabel('活動計画').fill(plan);
	await page.getByText('付く名前を見る').click();
	await expect(page.getByText('𠮷田 千代')).toBeVisible();
	await page.getByLabel('名簿を付ける').check();
	await page
		.getByLabel('ファイルや写真を選ぶ')
		.setInputFiles([{ ...pdf, buffer: Buffer.from('<html>not a pdf</html>') }]);
	await send(page).click();
	await expect(page.getByText('腕章: 整数で入力してください')).toBeVisible();
	for (const name of ['帽子', '合図灯', '拍子木'])
		await expect(page.getByLabel(name)).toHaveAttribute('aria-invalid', 'true');
	await expect(page.getByLabel('パトロール用ベスト')).toHaveValue('２５');
	await expect(page.getByLabel('活動計画')).toHaveValue(plan);
	await axe(page);
	await fits(page);

	// A zero asks for nothing. What is not a PDF is named, and nothing else is lost.
	await page.getByLabel('腕章').fill('0');
	for (const name of ['帽子', '合図灯', '拍子木']) await page.getByLabel(name).fill('');
	await send(page).click();
	await expect(page.getByText('「計画 髙橋.pdf」は付けられません').first()).toBeVisible();
	await expect(page.getByLabel('パトロール用ベスト')).toHaveValue('２５');
	await expect(page.getByLabel('名簿を付ける')).toBeChecked();
	expect(requestsSaying(server, plan)).toEqual([]);
	await page.getByLabel('ファイルや写真を選ぶ').setInputFiles([pdf, png]);
	await send(page).dblclick();
	await expect(title(page)).toHaveText(/^令和\d+-防資-\d{3}$/);
	await expect(page.getByText('申請しました')).toBeVisible();
	await expect(page.getByRole('row', { name: /パトロール用ベスト/ })).toContainText('25着');
	await expect(page.getByText('alert(1)')).toBeVisible();
	await expect(page.getByText('満たしています').first()).toBeVisible();
	await axe(page);
	await fits(page);
	expect(requestsSaying(server, plan.replaceAll('\n', '\r\n')).concat(requestsSaying(server, plan))).toHaveLength(1);

	const file = await page.getByRole('link', { name: pdf.name }).getAttribute('href');
	const answer = await page.request.get(file!);
	expect(await answer.body()).toEqual(pdf.buffer);
	const headers = answer.headers();
	expect([headers['content-type'], headers['x-content-type-options']]).toEqual(['application/pdf', 'nosniff']);
	expect(headers['content-disposition']).toMatch(/^attachment; /);
	expect(headers['content-security-policy']).toMatch(/^default-src 'none'; sandbox/);
	// It has arrived: a new form is an empty one.
	await page.goto('/equipment/requests/new');
	await awake(page);
	await expect(page.getByLabel('パトロール用ベスト')).toHaveValue('');
	await expect(page.getByText(/入力した続きです/)).toHaveCount(0);
});

test('what is typed outlives a reload, a closed tab and a cut line, and comes to one request', async ({
	page,
	context,
	server
}, info) => {
	const plan = `夜の見回り 髙橋 ${info.project.name}`;
	await signIn(page, 'leader');
	await page.goto('/equipment/requests/new');
	await awake(page);
	await page.getByLabel('パトロール用ベスト').fill('3');
	await page.getByLabel('活動計画').fill(plan);
	await kept(page);
	await page.reload();
	await expect(page.getByText(/に入力した続きです。まだ送っていません。/)).toBeVisible();
	await expect(page.getByLabel('活動計画')).toHaveValue(plan);
	await axe(page);
	await fits(page);
	await page.getByLabel('腕章').fill('２');
	await kept(page);
	await page.close();

	const tab = await context.newPage();
	await tab.goto('/equipment/requests/new');
	await expect(tab.getByLabel('腕章')).toHaveValue('２');
	await expect(tab.getByLabel('パトロール用ベスト')).toHaveValue('3');
	await context.setOffline(true);
	await send(tab).click();
	await expect(tab.getByText('まだ送れていません')).toBeVisible();
	await expect(tab.getByText('入力した内容はこの端末に残っています。電波の届く所で')).toBeVisible();
	await expect(title(tab)).toHaveText('資機材を申請する');
	await expect(tab.getByLabel('活動計画')).toHaveValue(plan);
	await axe(tab);
	await fits(tab);
	await context.setOffline(false);
	expect(requestsSaying(server, plan)).toEqual([]);

	// The request arrives, its answer does not: pressed again it is still the one.
	let cut = true;
	await tab.route('**/equipment/requests/new', async (route) => {
		if (!cut || route.request().method() !== 'POST') return route.continue();
		cut = false;
		await route.fetch({ maxRedirects: 0 });
		await route.abort('connectionreset');
	});
	await send(tab).click();
	await expect.poll(() => requestsSaying(server, plan)).toHaveLength(1);
	await expect(tab.getByText('まだ送れていません')).toBeVisible();
	await send(tab).click();
	await expect(title(tab)).toHaveText(/^令和\d+-防資-\d{3}$/);
	expect(requestsSaying(server, plan)).toHaveLength(1);

	// Thrown away, it does not come back.
	await tab.goto('/equipment/requests/new');
	await awake(tab);
	await tab.getByLabel('活動計画').fill('書きかけ');
	await kept(tab);
	await tab.reload();
	await tab.getByRole('button', { name: '消して書き直す' }).click();
	await expect(tab.getByLabel('活動計画')).toHaveValue('');
	await tab.reload();
	await awake(tab);
	await expect(tab.getByText(/入力した続きです/)).toHaveCount(0);
});

test('a draft is written on, comes back with a reason, loses a file, and goes again under its number', async ({
	page,
	browser,
	baseURL,
	server
}, info) => {
	const plan = `下書きから ${info.project.name}`;
	await signIn(page, 'leader');
	await page.goto('/equipment/requests/new');
	await awake(page);
	await page.getByLabel('活動計画').fill(plan);
	await page.getByLabel('ファイルや写真を選ぶ').setInputFiles([pdf]);
	await page.getByRole('button', { name: '下書きを保存' }).click();
	await expect(title(page)).toHaveText('下書き');
	await expect(page).toHaveURL(address);
	await axe(page);
	await fits(page);
	await page.getByRole('link', { name: '続きを書く' }).click();
	await expect(page.getByLabel('活動計画')).toHaveValue(plan);
	await send(page).click();
	await expect(page.getByText('申請する数を1つ以上入力してください')).toBeVisible();
	await page.getByLabel('拍子木').fill('1');
	await send(page).click();
	await expect(title(page)).toHaveText(/^令和\d+-防資-\d{3}$/);
	const number = await title(page).innerText();
	const [id] = requestsSaying(server, plan);

	const office = await (await browser.newContext({ baseURL: baseURL!, locale: 'ja-JP' })).newPage();
	await signIn(office, 'safety');
	await office.goto(`/equipment/requests/${id}`);
	await expect(office.getByRole('heading', { name: '支給基準' })).toBeVisible();
	await expect(office.getByRole('link', { name: pdf.name })).toBeVisible();
	await expect(office.getByRole('button', { name: '外す' })).toHaveCount(0);
	await office.getByText('差し戻す', { exact: true }).click();
	await office.getByLabel('理由').fill('曜日と時間を\n書いてください');
	await office.getByRole('button', { name: '理由を付けて差し戻す' }).click();
	await expect(office.getByText('差戻し').first()).toBeVisible();
	await office.context().close();

	await page.goto('/home');
	await page.getByRole('link', { name: '差し戻された資機材の申請' }).click();
	await page.goto(`/equipment/requests/${id}`);
	await expect(page.getByText('差し戻されました。')).toBeVisible();
	await page.getByRole('button', { name: `${pdf.name}を外す` }).click();
	await expect(page.getByRole('link', { name: pdf.name })).toHaveCount(0);
	await axe(page);
	await fits(page);
	await page.getByRole('link', { name: '直して送る' }).click();
	await expect(title(page)).toHaveText('直して送る');
	await expect(page.getByText('曜日と時間を')).toBeVisible();
	await axe(page);
	await fits(page);
	await page.getByLabel('活動計画').fill(`${plan} 金曜19時`);
	await send(page).click();
	await expect(title(page)).toHaveText(number);
	await expect(page.getByText('申請済').first()).toBeVisible();
	// Sent: the form is not there any more.
	await page.goto(`/equipment/requests/${id}/edit`);
	await expect(page).toHaveURL(address);
});
