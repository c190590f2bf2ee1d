/** The register of refuge homes: how a home applies, by which steps it is registered and ends, who reads it. */
import type { Page } from '@playwright/test';
import { axe, expect, fits, signIn, test, withoutWorker } from './fixtures.ts';
import { rowsIn } from './town.ts';

test.use(withoutWorker);

type Home = { name: string; phone: string; address: string };

/** Fills in the form part that all three ways share; the point is typed, as whoever does not use a map does. */
async function fillHome(page: Page, { name, phone, address }: Home): Promise<void> {
	await page.getByRole('radio', { name: '一般家庭' }).check();
	await page.getByRole('textbox', { name: /^名前/ }).fill(name);
	await page.getByLabel(/^ふりがな/).fill('タメシ');
	await page.getByLabel(/^電話/).fill(phone);
	await page.getByLabel(/^町丁目/).fill('本町五丁目');
	await page.getByLabel(/^番地・建物/).fill(address);
	await page.getByRole('combobox', { name: /^学区/ }).selectOption({ label: '本町小学校' });
	await page.getByLabel('月曜 から').fill('14:00');
	await page.getByLabel('月曜 まで').fill('18:00');
	// Pressed before the page is awake it does nothing; pressed twice it does the same.
	await expect(async () => {
		await page.getByRole('button', { name: '月曜の時間を金曜まで写す' }).click();
		await expect(page.getByLabel('金曜 まで')).toHaveValue('18:00', { timeout: 1_000 });
	}).toPass();
	await page.getByLabel(/^点の一覧/).fill('35.7012, 139.5021');
}
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const history = (page: Page) => page.getByRole('region').or(page.locator('section')).filter({ hasText: '経過' }).last();

test('a paper application becomes a registered home, changes, and ends; the same telephone is found', async ({
	page,
	server
}, info) => {
	const mark = info.project.name === 'phone' ? '1' : '2';
	const home = { name: `髙橋<b>試${mark}</b>`, phone: `042-000-90${mark}1`, address: `${mark}00番地` };
	await signIn(page, 'guidance');
	await page.goto('/pockets');
	await page.getByRole('link', { name: '申込を書く' }).click();
	await expect(page.getByRole('button', { name: '申込を書く' })).toBeVisible();

	// Nothing is lost of what was typed when something is wrong; the place is told at its one box.
	await fillHome(page, home);
	await page.getByRole('textbox', { name: /^担当の方/ }).fill('𠮷田');
	await page.getByLabel(/^点の一覧/).fill('本町');
	await page.getByLabel('土曜 から').fill('10:00');
	await page.getByRole('checkbox', { name: /この学区で見守りをする人/ }).check();
	await page.getByRole('button', { name: '申込を書く' }).click();
	await expect(page.getByRole('alert')).toContainText('地図で場所を選んでください');
	await expect(page.getByRole('textbox', { name: /^名前/ })).toHaveValue(home.name);
	await expect(page.getByRole('textbox', { name: /^担当の方/ })).toHaveValue('𠮷田');
	await expect(page.getByLabel('金曜 から')).toHaveValue('14:00');
	await expect(page.getByRole('checkbox', { name: /この学区で見守りをする人/ })).toBeChecked();
	await expect(page.getByRole('checkbox', { name: /学校の担当者に/ })).not.toBeChecked();
	await axe(page);
	await fits(page);
	await page.getByLabel('土曜 から').fill('');
	await page.getByLabel(/^点の一覧/).fill('35.7012, 139.5021');
	await page.getByRole('combobox', { name: /^申込の経路/ }).selectOption({ label: 'PTA' });
	await page.getByRole('button', { name: '申込を書く' }).click();
	await expect(heading(page, home.name)).toBeVisible();
	await expect(page.getByText('月・火・水・木・金 14:00–18:00')).toBeVisible();
	const address = new URL(page.url()).pathname;
	const id = address.split('/').at(-1)!;

	// Told first, then registered, its plate with it.
	await page.getByRole('button', { name: '説明済にする' }).click();
	await expect(page.getByRole('button', { name: '登録する' })).toBeVisible();
	await axe(page);
	await fits(page);
	await page.getByRole('button', { name: '登録する' }).click();
	await expect(page.getByText('休止する')).toBeVisible();
	const [number] = rowsIn(server, 'SELECT number FROM pocket WHERE id = ?', id);
	await expect(page.getByText(`プレート ${number}`, { exact: true })).toBeVisible();

	// It changes: the history keeps how it was.
	await page.getByRole('link', { name: '内容を変える' }).click();
	await expect(page.getByRole('button', { name: '変更を書く' })).toBeVisible();
	await expect(page.getByLabel('月曜 から')).toHaveValue('14:00');
	await page.getByLabel(/^番地・建物/).fill(`${mark}01番地`);
	await page.getByRole('button', { name: '変更を書く' }).click();
	await expect(heading(page, home.name)).toBeVisible();
	await expect(history(page)).toContainText(`番地・建物: ${mark}00番地 → ${mark}01番地`);
	await expect(history(page)).not.toContainText('緯度');

	// Consent taken back is gone at once.
	const holding = `SELECT count(*) FROM pocket_consent WHERE pocket = ? AND withdrawnAt IS NULL`;
	expect(rowsIn(server, holding, id).map(Number)).toEqual([1]);
	await page.getByText('同意を書く').first().click();
	await page.getByRole('checkbox', { name: /この学区で見守りをする人/ }).uncheck();
	await page.getByRole('button', { name: '同意を書く' }).click();
	await expect(history(page)).toContainText('同意の取消');
	expect(rowsIn(server, holding, id).map(Number)).toEqual([0]);

	// Another with the same telephone: both are pointed out.
	await page.goto('/pockets/new');
	await fillHome(page, { ...home, name: `重複 ${mark}`, address: '9番9号' });
	await page.getByRole('combobox', { name: /^申込の経路/ }).selectOption({ label: '窓口' });
	await page.getByRole('button', { name: '申込を書く' }).click();
	await expect(heading(page, `重複 ${mark}`)).toBeVisible();
	await expect(page.getByText('電話が同じ')).toBeVisible();
	await axe(page);
	await fits(page);
	await page.getByRole('link', { name: home.name }).click();
	await expect(heading(page, home.name)).toBeVisible();

	// It ends, with a reason; its plate may still come back.
	await page.getByText('登録を解除する').first().click();
	await page.getByRole('button', { name: '登録を解除する' }).click();
	await expect(page.getByRole('alert')).toContainText('選んでください');
	await page.getByRole('combobox', { name: /^解除の理由/ }).selectOption({ label: '転居' });
	await page.getByRole('button', { name: '登録を解除する' }).click();
	await expect(page.getByText('登録解除', { exact: true }).first()).toBeVisible();
	await expect(page.getByRole('link', { name: '内容を変える' })).toHaveCount(0);
	await page.getByText(`プレート ${number}の返納`).click();
	await page.getByRole('combobox', { name: /^状態/ }).selectOption({ label: '色あせ' });
	await page.getByRole('button', { name: '返納を書く' }).click();
	await expect(history(page)).toContainText('返納');
	await axe(page);
	await fits(page);
});

test('the register is narrowed, leafed through and taken out, and each look is noted', async ({ page, server }) => {
	const looks = () =>
		rowsIn(
			server,
			`SELECT json_extract(facts, '$.count') FROM trail WHERE deed = 'pocket.look' AND kind = 'pockets' ORDER BY rowid`
		);
	await signIn(page, 'guidance');
	await page.goto('/home');
	const before = looks().length;
	await page.goto('/pockets?state=registered');
	await expect(page.getByRole('row')).toHaveCount(51);
	expect(looks().slice(before).map(Number)).toEqual([50]);
	await axe(page);
	await fits(page);
	const first = await page.getByRole('rowheader').first().innerText();
	await page.getByRole('link', { name: '次の50件' }).click();
	await expect(page.getByRole('link', { name: '前の50件' })).toBeVisible();
	expect(await page.getByRole('rowheader').first().innerText()).not.toBe(first);
	await page.getByLabel(/^名前・かな・町・番号/).fill('ヨシダ 本町1丁目');
	await page.getByRole('button', { name: 'しぼり込む' }).click();
	await expect(page.getByRole('row').nth(1)).toContainText('本町一丁目');
	await expect(page).toHaveURL(/state=registered/);
	for (const row of (await page.getByRole('row').all()).slice(1)) {
		await expect(row).toContainText('よしだ');
		await expect(row).toContainText('本町一丁目');
	}
	await fits(page);
	const origin = new URL(page.url()).origin;
	const csv = await page.request.post('/pockets/csv/file?kind=medical', {
		form: { reason: '点検のため' },
		headers: { origin }
	});
	const text = await csv.text();
	const count = Number(rowsIn(server, `SELECT count(*) FROM pocket WHERE kind = 'medical'`)[0]);
	expect(text.trim().split('\r\n')).toHaveLength(count + 1);
	expect(Number(looks().at(-1))).toBe(count);
});

test('a leader hands in what a host told, and sees afterwards only that it was taken', async ({ page }, info) => {
	const name = `内緒 花子 ${info.project.name}`;
	await signIn(page, 'leader');
	await page.goto('/pockets/apply');
	await expect(page.getByRole('combobox', { name: /^学区/ }).getByRole('option')).toHaveText([
		'選んでください',
		'第一小学校',
		'本町小学校'
	]);
	await axe(page);
	await fits(page);
	await fillHome(page, { name, phone: '042-000-9100', address: '3番3号' });
	await page.getByRole('button', { name: '指導室に届ける' }).click();
	await expect(page.getByText('届きました。指導室が説明にうかがいます。')).toBeVisible();
	await expect(page.getByRole('textbox', { name: /^名前/ })).toHaveValue('');
	await expect(page.getByRole('listitem').filter({ hasText: '本町五丁目' }).first()).toContainText('一般家庭');
	expect(await page.content()).not.toContain('内緒');
	await axe(page);
	await fits(page);
	await page.goto('/pockets');
	await expect(heading(page, 'ページが見つかりません')).toBeVisible();
});

test.describe('the public form', () => {
	test('a host applies without an account, and the office finds the application', async ({ page }, info) => {
		const name = `公募 ${info.project.name}`;
		await page.goto('/');
		await page.getByRole('link', { name: 'こどもの駆け込み先になる' }).click();
		await expect(heading(page, 'カンガルーのポケットに協力する')).toBeVisible();
		await axe(page);
		await fits(page);
		await page.getByRole('button', { name: '申し込む' }).click();
		await expect(page.getByRole('alert')).toBeVisible();
		await fillHome(page, { name, phone: '042-000-9200', address: '4番4号' });
		await page.getByRole('button', { name: '申し込む' }).click();
		await expect(heading(page, '申し込みを受け付けました')).toBeVisible();
		expect(await page.content()).not.toContain(name);
		await axe(page);
		await fits(page);
		await signIn(page, 'guidance');
		await page.goto(`/pockets?state=applied&q=${encodeURIComponent(name.replace(' ', '\u3000'))}`);
		await page.getByRole('link', { name }).click();
		await expect(heading(page, name)).toBeVisible();
		await expect(history(page)).toContainText('本人');
	});

	test.describe('without JavaScript', () => {
		test.use({ javaScriptEnabled: false });
		test('everything typed stands in the boxes again', async ({ page }) => {
			await page.goto('/pockets-apply');
			await page.getByRole('textbox', { name: /^名前/ }).fill('試験 太郎');
			await page.getByLabel('月曜 から').fill('14:00');
			await page.getByRole('checkbox', { name: /公開の地図に/ }).check();
			await page.getByRole('button', { name: '申し込む' }).click();
			await expect(page.getByRole('alert')).toBeVisible();
			await expect(page.getByRole('textbox', { name: /^名前/ })).toHaveValue('試験 太郎');
			await expect(page.getByLabel('月曜 から')).toHaveValue('14:00');
			await expect(page.getByRole('checkbox', { name: /公開の地図に/ })).toBeChecked();
			await expect(page.getByRole('checkbox', { name: /学校の担当者に/ })).not.toBeChecked();
		});
	});
});
