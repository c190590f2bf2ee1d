/** A city's list comes into the register, gets its places on the map, leaves again; and the register leaves the house with a reason. */
import type { Page } from '@playwright/test';
import { cp932 } from '../fixtures/pocket-list.ts';
import { axe, expect, fits, inOwnTown, signIn, withoutWorker } from './fixtures.ts';
import { rowsIn } from './town.ts';

const test = inOwnTown();
test.use(withoutWorker);

const list = (names: readonly [string, string]) =>
	[
		'見守り協力者名簿,,,,,,',
		'',
		'氏名,住まい,電話,小学校,種別,登録日,在宅時間',
		`${names[0]},関野町1-91-1,042-000-6001,第三小,個人,R5.4.1,月〜金 9時〜17時`,
		`${names[1]},関野町1-91-2,042-000-6002,第三小,商店,令和元年5月1日,`,
		'誤り,関野町1-91-3,042-000-6003,第九小,商店,R5.4.1,'
	].join('\r\n');

const upload = async (page: Page, text: string) => {
	await page.goto('/pockets/import');
	await page
		.getByLabel(/^CSV/)
		.setInputFiles({ name: '名簿.csv', mimeType: 'text/csv', buffer: Buffer.from(cp932(text)) });
	await page.getByRole('button', { name: 'ファイルを読む' }).click();
	await expect(page.getByRole('heading', { level: 1, name: '名簿.csv' })).toBeVisible();
};

test('a list is read, understood, brought in and taken back; its homes get their places; the file asks what for', async ({
	page,
	server
}) => {
	const inRegister = () => Number(rowsIn(server, `SELECT count(*) FROM pocket WHERE import IS NOT NULL`)[0]);
	await signIn(page, 'guidance');
	await upload(page, list(['髙橋 一', '<b>青空</b>書店']));
	// What is known is guessed; what is not, a person says.
	await expect(page.getByRole('combobox', { name: '氏名' })).toHaveValue('name');
	await page.getByRole('button', { name: '何が起きるか見る' }).click();
	await expect(page.getByRole('alert')).toContainText('住所か町丁目の列を選んでください');
	await axe(page);
	await fits(page);
	await page.getByRole('combobox', { name: '住まい' }).selectOption({ label: '住所' });
	await page.getByRole('button', { name: '何が起きるか見る' }).click();
	await expect(page.getByText('まだ何も書いていません')).toBeVisible();
	await expect(page.getByRole('row').filter({ hasText: '誤り' })).toContainText('この学区は登録されていません');
	await expect(page.getByRole('row').filter({ hasText: '髙橋 一' })).toContainText('関野町一丁目91-1');
	await axe(page);
	await fits(page);
	expect(inRegister()).toBe(0);
	await page.getByRole('button', { name: '取り込む', exact: true }).click();
	await expect(page.getByText('2件を登録簿に入れました')).toBeVisible();
	expect(inRegister()).toBe(2);
	await axe(page);

	// Taken back, and read again: the same heads need nobody.
	await page.getByRole('checkbox', { name: 'まとめて消してよい' }).check();
	await page.getByRole('button', { name: 'まとめて取り消す' }).click();
	await expect(page.getByText('2件が登録簿から消えました')).toBeVisible();
	expect(inRegister()).toBe(0);
	await upload(page, list(['髙橋 一', '<b>青空</b>書店']));
	await page.getByRole('button', { name: '取り込む', exact: true }).click();
	await expect(page.getByText('2件を登録簿に入れました')).toBeVisible();

	// One after the other gets its place, and then the list is no longer taken back at once.
	const address = page.url();
	await page.getByRole('link', { name: '地図に置く' }).click();
	await expect(page.getByRole('heading', { level: 2, name: '髙橋 一' })).toBeVisible();
	await axe(page);
	await fits(page);
	await page.getByLabel(/^点の一覧/).fill('35.7158, 139.5221');
	await page.getByRole('button', { name: 'ここに置いて次へ' }).click();
	await expect(page.getByRole('heading', { level: 2, name: '<b>青空</b>書店' })).toBeVisible();
	await page.goto(address);
	await expect(page.getByText('まとめて取り消せません')).toBeVisible();
	await expect(page.getByRole('link', { name: /髙橋 一/ })).toBeVisible();
	await page.goto('/pockets?unplaced=');
	await expect(page.getByRole('row')).toHaveCount(2);

	// Out of the house with a reason only.
	await page.getByRole('link', { name: 'CSV', exact: true }).click();
	await expect(page.getByText('しぼり込んだ1件を')).toBeVisible();
	expect((await page.request.get('/pockets/csv/file?unplaced=')).status()).toBe(405);
	await page.getByRole('button', { name: 'CSVを受け取る' }).click();
	await expect(page.getByText('使いみちを120字までで書いてください')).toBeVisible();
	await axe(page);
	await fits(page);
	await page.getByLabel(/^使いみち/).fill('点検の打ち合わせ');
	const coming = page.waitForEvent('download');
	await page.getByRole('button', { name: 'CSVを受け取る' }).click();
	expect((await coming).suggestedFilename()).toBe('pockets.csv');
	expect(rowsIn(server, `SELECT facts FROM trail WHERE thing = 'csv' ORDER BY id DESC LIMIT 1`).map(String)).toEqual([
		JSON.stringify({ reason: '点検の打ち合わせ', unplaced: true, count: 1 })
	]);

	// Anybody has the public ones as open data, and nothing of this list.
	const open = await page.request.get('/api/v1/pockets.csv');
	const text = await open.text();
	expect(text.split('\r\n').length).toBeGreaterThan(100);
	for (const word of ['髙橋 一', '青空</b>', '042-000-6001', '91-1']) expect(text).not.toContain(word);
	const etag = open.headers()['etag'] ?? '';
	expect((await page.request.get('/api/v1/pockets.csv', { headers: { 'if-none-match': etag } })).status()).toBe(304);
});
