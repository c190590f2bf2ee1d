import { readFileSync } from 'node:fs';
import { axe, expect, fillDay, fits, inOwnTown, signIn, withoutWorker } from './fixtures.ts';

const test = inOwnTown();
test.use(withoutWorker);

const shots = process.env.SHOTS;

test('the leader looks through what arrived, merges a walk logged twice, confirms the rest', async ({ page }, info) => {
	await signIn(page, 'leader');
	await page.goto('/patrols?state=waiting');
	await expect(page.getByRole('heading', { name: 'パトロール日誌' })).toBeVisible();
	await fits(page);
	await axe(page);
	if (shots) await page.screenshot({ path: `${shots}/list-${info.project.name}.png`, fullPage: true });

	// Two logs of one walk: the offer leads to one, undone and done again.
	await page.getByRole('row').filter({ hasText: '重複かも' }).first().getByRole('link').first().click();
	await expect(page.getByText('同じ活動が2回記録されているかもしれません')).toBeVisible();
	await axe(page);
	if (shots) await page.screenshot({ path: `${shots}/twice-${info.project.name}.png`, fullPage: true });
	await page.getByRole('button', { name: '同じ活動なので、この日誌にまとめる' }).click();
	await expect(page.getByText('この日誌にまとめました')).toBeVisible();
	await page.getByRole('button', { name: '元に戻す' }).click();
	await page.getByRole('button', { name: '同じ活動なので、この日誌にまとめる' }).click();
	await expect(page.getByText('この日誌にまとめました')).toBeVisible();

	await page.goto('/patrols?state=waiting');
	await page.getByLabel('すべて選ぶ').check();
	await page.getByRole('button', { name: '選んだ日誌を確認済にする' }).click();
	await expect(page.getByText(/\d+件を確認しました/)).toBeVisible();
	await expect(page.getByText('日誌はありません')).toBeVisible();
	await axe(page);
});

test('a paper log is typed in and confirmed', async ({ page }, info) => {
	await signIn(page, 'leader');
	await page.goto('/patrols/new');
	await fits(page);
	await axe(page);
	await page.getByLabel('出発').fill('19:30');
	await page.getByLabel('終了').fill('20:30');
	await fillDay(page, '日付', new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
	await page.getByRole('checkbox', { name: '佐々木 茂' }).check();
	await page.getByLabel('名簿にない人の名前').fill('孫の 健\n<script>alert(1)</script>');
	await page.getByLabel('距離').fill('２．４');
	if (shots) await page.screenshot({ path: `${shots}/paper-${info.project.name}.png`, fullPage: true });
	await page.getByRole('button', { name: 'この内容で日誌を入れる' }).click();
	await expect(page.getByText('日誌を入れました')).toBeVisible();
	await page.getByRole('link', { name: '日誌を見る' }).click();
	await expect(page.getByText('2.4 km（およその距離）')).toBeVisible();
	await expect(page.getByText('<script>alert(1)</script>')).toBeVisible();
	await page.getByRole('button', { name: '確認済にする' }).click();
	await expect(page.getByText('確認済', { exact: true }).first()).toBeVisible();
});

test('a confirmed log is corrected with a reason, and the old version stays', async ({ page }, info) => {
	await signIn(page, 'leader');
	await page.goto('/patrols?state=confirmed&programme=volunteerPatrol');
	await page.getByRole('row').getByRole('link').first().click();
	await page.getByRole('link', { name: '日誌を直す' }).click();
	await page.getByLabel('距離').fill('2.0');
	await page.getByRole('button', { name: '直した内容を残す' }).click();
	await expect(page.getByText('理由を入力してください').first()).toBeVisible();
	await axe(page);
	await page.getByLabel('直す理由').fill('書き間違い');
	await page.getByRole('button', { name: '直した内容を残す' }).click();
	await expect(page.getByText('直しました')).toBeVisible();
	await expect(page.getByText('届きました')).toBeVisible();
	await expect(page.getByText('書き間違い')).toBeVisible();
	await expect(page.getByText('2.0 km（およその距離）')).toBeVisible();
	await axe(page);
	if (shots) await page.screenshot({ path: `${shots}/log-${info.project.name}.png`, fullPage: true });
	await page.getByRole('link', { name: 'A4で印刷' }).click();
	await expect(page.getByRole('button', { name: '印刷する' })).toBeVisible();
	await axe(page);
});

test('what is not filled in is said at its box, and nothing that was typed is lost', async ({ page }) => {
	await signIn(page, 'leader');
	await page.goto('/patrols/new');
	await page.getByLabel('備考').fill('雨で短くした');
	await page.getByLabel('子ども').fill('たくさん');
	await page.getByRole('button', { name: 'この内容で日誌を入れる' }).click();
	await expect(page.getByText('数字で入力してください').first()).toBeVisible();
	await expect(page.getByLabel('備考')).toHaveValue('雨で短くした');
	await axe(page);
});

test('a log sent back says why', async ({ page }) => {
	await signIn(page, 'safety');
	await page.goto('/patrols?state=waiting');
	await page.getByRole('row').filter({ hasText: '緑町自治会' }).getByRole('link').first().click();
	await page.getByText('差し戻す', { exact: true }).click();
	await page.locator('form[action="?/sendBack"]').getByLabel('理由').fill('人数を確かめてください');
	await page.getByRole('button', { name: '理由を付けて差し戻す' }).click();
	await expect(page.getByText('人数を確かめてください').first()).toBeVisible();
	await expect(page.getByText('差戻し', { exact: true }).first()).toBeVisible();
	await fits(page);
});

test('the year prints what the plans printed, and every number opens its rows', async ({ page }, info) => {
	await signIn(page, 'safety');
	await page.goto('/reports/2024/activities');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('令和6年度(2024年度)');
	const printed = page.locator('dl.figures');
	await expect(printed).toContainText('13台');
	await expect(printed).toContainText('202回');
	await expect(printed).toContainText('2,011.0km');
	await expect(printed).toContainText('週1回');
	await fits(page);
	await axe(page);
	if (shots) await page.screenshot({ path: `${shots}/report-${info.project.name}.png`, fullPage: true });
	await printed.getByRole('link', { name: '202' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('数えた日誌');
	await expect(page.getByRole('row')).toHaveCount(101);
	await axe(page);
	await page.getByRole('link', { name: '古いほうへ' }).click();
	await expect(page.getByRole('row')).toHaveCount(101);
	await page.goto('/reports/2023/activities');
	await expect(page.locator('dl.figures')).toContainText('203回');
	await expect(page.locator('dl.figures')).toContainText('2,416.0km');
	const file = page.waitForEvent('download');
	await page.getByRole('link', { name: 'CSV' }).click();
	const text = readFileSync(await (await file).path(), 'utf8');
	expect(text.startsWith('\ufeff年度(西暦),年度(和暦)')).toBe(true);
	expect(text).toContain('2023,令和5年度,市全体,');
});

test('cars and findings', async ({ page }, info) => {
	await signIn(page, 'safety');
	await page.goto('/vehicles');
	await expect(page.getByText('使用中 13台')).toBeVisible();
	await fits(page);
	await axe(page);
	if (shots) await page.screenshot({ path: `${shots}/vehicles-${info.project.name}.png`, fullPage: true });
	await page.context().clearCookies();
	await signIn(page, 'officer');
	await page.goto('/findings');
	await fits(page);
	await axe(page);
	if (shots) await page.screenshot({ path: `${shots}/findings-${info.project.name}.png`, fullPage: true });
	await page.getByRole('link', { name: '街路灯切れ' }).first().click();
	await page.getByRole('radio', { name: /対応不可/ }).check();
	await page.getByRole('button', { name: '記録する' }).click();
	await expect(page.getByText('理由を入力してください').first()).toBeVisible();
	await page.getByRole('radio', { name: '対応済' }).check();
	await page.getByLabel('知らせた人に伝えること').fill('電球を替えました。');
	await page.getByRole('button', { name: '記録する' }).click();
	await expect(page.getByText('電球を替えました。').first()).toBeVisible();
	await axe(page);
});

test('nobody sees what is not theirs', async ({ page }) => {
	await signIn(page, 'guidance');
	expect((await page.goto('/patrols'))!.status()).toBe(404);
	expect((await page.goto('/reports/2024/activities'))!.status()).toBe(200);
	await page.context().clearCookies();
	await signIn(page, 'volunteer');
	expect((await page.goto('/reports/2024/activities'))!.status()).toBe(404);
	expect((await page.goto('/vehicles'))!.status()).toBe(404);
	await page.goto('/patrols');
	await expect(page.getByRole('button', { name: '選んだ日誌を確認済にする' })).toHaveCount(0);
	// 本町北町会 walked with others, but never with 貫井商店会.
	await expect(page.getByText('貫井商店会')).toHaveCount(0);
	await axe(page);
});
