/** 継続確認: the office opens the round and writes answers down, hosts answer by their link, who goes round at the doors they may see. */
import type { Page } from '@playwright/test';
import { axe, expect, fits, inOwnTown, signIn, watch, withoutWorker } from './fixtures.ts';

const test = inOwnTown();
test.use(withoutWorker);

/** Opens the round of these districts, where it is not open yet. */
async function open(page: Page, ...districts: string[]): Promise<void> {
	await signIn(page, 'guidance');
	await page.goto('/pockets/rounds');
	const boxes = page.getByRole('group', { name: '学区' });
	const names = await boxes.getByRole('checkbox').count();
	for (let n = 0; n < names; n++) await boxes.getByRole('checkbox').nth(n).uncheck();
	let any = false;
	for (const name of districts) {
		const box = boxes.getByRole('checkbox', { name, exact: true });
		if ((await box.count()) === 0) continue;
		await box.check();
		any = true;
	}
	if (any) await page.getByRole('button', { name: '選んだ学区で始める' }).click();
	for (const name of districts) await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
}

async function district(page: Page, name: string): Promise<void> {
	await page.goto('/pockets/rounds');
	await page.getByRole('link', { name, exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText(`${name} 継続確認`);
}
const rows = (page: Page) => page.getByRole('region', { name: '家・店' }).locator('tbody tr');
const countOf = async (page: Page, tab: string) =>
	Number((await page.getByRole('link', { name: new RegExp(`^${tab} \\d+$`) }).innerText()).match(/\d+/)![0]);

test('the office opens the round, answers are typed in a row, and who goes is ended with the answer', async ({
	page
}) => {
	await signIn(page, 'guidance');
	await page.goto('/pockets');
	await page.getByRole('link', { name: '継続確認', exact: true }).click();
	await expect(page.getByText(/まだ始めていません/)).toBeVisible();
	await axe(page);
	await fits(page);
	await open(page, '本町小学校');
	await axe(page);
	await fits(page);
	await district(page, '本町小学校');
	await axe(page);
	await fits(page);

	const left = await countOf(page, 'これから確かめる');
	const first = rows(page).first();
	const name = (await first.getByRole('link').first().innerText()).trim();
	await first.getByRole('button', { name: /は継続$/ }).click();
	await expect(page.getByRole('link', { name: name, exact: true })).toHaveCount(0);
	await expect(page.getByRole('link', { name: `これから確かめる ${left - 1}` })).toBeVisible();
	await expect(page.getByRole('link', { name: '確認済 1' })).toBeVisible();

	// An answer that ends nothing cannot end the registration: said at its box, and what was typed stands there.
	const second = rows(page).first();
	const goes = (await second.getByRole('link').first().innerText()).trim();
	await second.getByText('ほかの回答').click();
	await second.getByRole('combobox').selectOption('返事なし');
	await second.getByLabel('この日付で登録を解除する').check();
	await second.getByRole('button', { name: '回答を記録する' }).click();
	await expect(page.getByText('登録を解除するのは、辞退・転居・閉店・宛先不明のときです').first()).toBeVisible();
	await axe(page);
	await second.getByRole('combobox').selectOption('転居');
	await second.getByRole('button', { name: '回答を記録する' }).click();
	await expect(page.getByRole('link', { name: '解除済 1' })).toBeVisible();
	await expect(page.getByText(/返却待ちのプレートが1枚/)).toBeVisible();

	const third = rows(page).first();
	const leaves = (await third.getByRole('link').first().innerText()).trim();
	expect(leaves).not.toBe(goes);
	await third.getByText('ほかの回答').click();
	await third.getByRole('combobox').selectOption('辞退');
	await third.getByRole('button', { name: '回答を記録する' }).click();
	await page.getByRole('link', { name: '解除の手続きへ 1' }).click();
	await expect(page.getByText(/登録を開き、日付を入れて登録を解除/)).toBeVisible();
	await expect(rows(page)).toHaveCount(1);
	await expect(page.getByRole('link', { name: leaves, exact: true })).toBeVisible();
	await axe(page);
	await fits(page);

	await page.goto('/pockets/rounds');
	const line = page.getByRole('row', { name: /^本町小学校/ });
	await expect(line).toContainText(String(left));
});

test('a postcard leads its host to one home, without signing in; the next postcard replaces it', async ({
	page,
	browser,
	server
}) => {
	await open(page, '第一小学校');
	await district(page, '第一小学校');
	await page.getByRole('link', { name: 'はがきを作る' }).click();
	await axe(page);
	await fits(page);
	await page.getByRole('button', { name: 'はがきを作る' }).click();
	await expect(page.getByText(/今すぐ印刷してください/)).toBeVisible();
	const card = page.locator('.cards > li').first();
	const address = (await card.locator('.address').innerText()).trim();
	const number = (await card.getByText(/^登録番号/).innerText()).match(/\d+/)![0];
	await expect(card.getByRole('img', { name: /回答用QRコード/ })).toBeVisible();
	await axe(page);
	await fits(page);

	const context = await browser.newContext({ baseURL: server.origin });
	const problems = watch(context);
	const host = await context.newPage();
	const answer = await host.goto(address);
	expect(answer?.headers()).toMatchObject({
		'cache-control': 'private, no-store',
		'x-robots-tag': 'noindex, nofollow'
	});
	await expect(host.getByText(new RegExp(`^${number} `))).toBeVisible();
	await axe(host);
	await fits(host);
	// What has changed must be told: the choice stays, the words are asked for.
	await host.getByText('続けますが、変わったことがあります').click();
	await host.getByRole('button', { name: '回答を送る' }).click();
	await expect(host.getByText('入力してください').first()).toBeVisible();
	await host.getByRole('textbox', { name: /^変わったこと/ }).fill('月曜は<b>15時</b>からです');
	await host.getByRole('button', { name: '回答を送る' }).click();
	await expect(host.getByText('回答を受け取りました')).toBeVisible();
	await expect(host.getByText(/変更あり/)).toBeVisible();
	await axe(host);
	await fits(host);
	// Again, otherwise: the last one holds.
	await host.reload();
	await host.getByText('やめます', { exact: true }).click();
	await host.getByRole('button', { name: '回答を送る' }).click();
	await expect(host.getByText(/登録を終える手続きは/)).toBeVisible();
	expect((await host.request.get('/pocket/AAAAAAAAAAAAAAAAAAAAAA')).status()).toBe(404);
	expect((await host.request.get('/pocket/x')).status()).toBe(404);

	await district(page, '第一小学校');
	await page.getByRole('link', { name: /^解除の手続きへ/ }).click();
	await expect(rows(page).filter({ hasText: new RegExp(`^\\s*${number} `) })).toContainText('QR・リンク');
	await page.getByRole('link', { name: 'はがきを作る' }).click();
	const others = page.locator('.cards .address');
	await page.getByText('回答がまだの家・店すべて').click();
	await page.getByRole('button', { name: 'はがきを作る' }).click();
	await expect(others.first()).toBeVisible();
	// Who has answered gets no further card, and keeps the link.
	expect(await others.allInnerTexts()).not.toContain(address);
	expect((await host.goto(address))?.status()).toBe(200);
	expect(problems).toEqual([]);
	await context.close();
});

test('a host takes a consent back by the link', async ({ page, browser, server }) => {
	await open(page, '緑小学校');
	await district(page, '緑小学校');
	await page.getByRole('link', { name: 'はがきを作る' }).click();
	await page.getByRole('button', { name: 'はがきを作る' }).click();
	await expect(page.locator('.cards .address').first()).toBeVisible();
	const addresses = await page.locator('.cards .address').allInnerTexts();
	const context = await browser.newContext({ baseURL: server.origin });
	const host = await context.newPage();
	const take = host.getByText('この同意を取り消す');
	for (const address of addresses) {
		await host.goto(address.trim());
		await expect(host.getByRole('heading', { name: '同意していること' })).toBeVisible();
		if ((await take.count()) > 0) break;
	}
	const before = await take.count();
	expect(before).toBeGreaterThan(0);
	await take.first().click();
	await host.getByRole('button', { name: '同意を取り消す' }).click();
	await expect(take).toHaveCount(before - 1);
	await context.close();
});

test('who goes round sees the doors whose hosts agreed, without names, and keeps the answer', async ({ page }) => {
	await open(page, '本町小学校');
	await district(page, '本町小学校');
	await page.getByRole('link', { name: '訪問の名簿' }).click();
	await expect(page.getByText('PTA・見守り団体用')).toBeVisible();
	await axe(page);
	await fits(page);

	for (const login of ['leader', 'school'] as const) {
		await signIn(page, login);
		await page.goto('/pockets/visits');
		await expect(page.getByRole('heading', { name: '本町小学校' })).toBeVisible();
		await expect(page.getByText('名簿にない家・店').first()).toBeVisible();
		await axe(page);
		await fits(page);
		const stays = page.getByRole('button', { name: /番は継続$/ });
		const one = (await stays.first().getAttribute('aria-label'))!;
		const before = await page
			.getByText(/^あと\d+件/)
			.first()
			.innerText();
		await stays.first().click();
		await expect(page.getByText(/^あと\d+件/).first()).not.toHaveText(before);
		await page
			.getByText(/^回答済 \d+件$/)
			.first()
			.click();
		await expect(page.getByRole('button', { name: one, exact: true })).toBeVisible();
	}
	await signIn(page, 'volunteer');
	expect((await page.request.get('/pockets/visits')).status()).toBe(404);
});

test('a district is closed in one step, with the numbers before it', async ({ page }) => {
	await open(page, '第二小学校');
	await district(page, '第二小学校');
	await page.getByText('この学区を終了する').click();
	const yes = page.getByRole('button', { name: /件の登録を解除して終了する$/ });
	const homes = Number((await yes.innerText()).match(/\d+/)![0]);
	expect(homes).toBeGreaterThan(0);
	await expect(page.getByText(`登録を解除する家・店 ${homes}件`)).toBeVisible();
	await axe(page);
	await yes.click();
	await expect(page.getByText(/この学区は.*に終了しました/)).toBeVisible();
	await expect(page.getByText(/返却待ちのプレート/)).toBeVisible();
	await expect(page.getByText('この学区を終了する')).toHaveCount(0);
	await axe(page);
	await fits(page);
});
