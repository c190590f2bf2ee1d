/** 実績報告: the leader says how the equipment was used; the office sees who has and who has not. 受払簿 on sheets of A4. */
import { fiscalYearAt } from '../../src/lib/calendar/fiscal-year.ts';
import { axe, expect, fits, signIn, withoutWorker } from './fixtures.ts';
import { inHandedTown as test } from './handed-town.ts';

test.use(withoutWorker);

const year = fiscalYearAt(new Date());

test('the leader reports how the equipment was used, and mends it; the office sees it', async ({ page }, info) => {
	const words = `登校の見守りで着けました。${info.project.name}`;
	await signIn(page, 'leader');
	await page.goto(`/reports/${year}/equipment`);
	await page.getByRole('link', { name: '実績報告' }).click();
	await expect(page.getByRole('heading', { name: '本町北町会' })).toBeVisible();
	await expect(page.getByText('腕章 2枚')).toBeVisible();
	await expect(page.getByText('緑町自治会')).toHaveCount(0);
	await axe(page);
	await fits(page);
	// Nothing but spaces: said at the field, which keeps what was typed.
	await page.getByLabel(/^使い方と効果/).fill('　');
	await page.getByRole('button', { name: /報告を送る|直して送り直す/ }).click();
	await expect(page.getByText('入力してください').first()).toBeVisible();
	await axe(page);
	await page.getByLabel(/^使い方と効果/).fill('腕章を使いました。');
	await page.getByRole('button', { name: '報告を送る' }).click();
	await expect(page.getByText('実績報告を受け付けました')).toBeVisible();
	await expect(page.getByText('報告済', { exact: true })).toBeVisible();
	await page.reload();
	await page.getByLabel(/^使い方と効果/).fill(words);
	await page.getByRole('button', { name: '直して送り直す' }).click();
	await expect(page.getByText('実績報告を受け付けました')).toBeVisible();
	await page.goto(`/equipment/usage/${year}`);
	await expect(page.getByLabel(/^使い方と効果/)).toHaveValue(words);

	await signIn(page, 'safety');
	await page.goto(`/equipment/usage/${year}`);
	await expect(page.getByRole('row', { name: /本町北町会/ })).toContainText(words);
	await expect(page.getByRole('row', { name: /緑町自治会/ })).toContainText('未報告');
	await expect(page.getByRole('button', { name: /送る|送り直す/ })).toHaveCount(0);
	await axe(page);
	await fits(page);
	// A year whose reports are no longer taken.
	await page.goto('/equipment/usage/2023');
	await expect(page.getByText('報告済 0団体／12団体')).toBeVisible();
});

test('the receipt shows the signature; the ledger has a sheet per item', async ({ page }) => {
	await signIn(page, 'leader');
	await page.goto(`/reports/${year}/equipment`);
	await page
		.getByRole('link', { name: /-防資-/ })
		.first()
		.click();
	await page
		.getByRole('link', { name: /^受領書（/ })
		.first()
		.click();
	await expect(page.getByRole('article').getByRole('img', { name: /の署名/ })).toBeVisible();
	await axe(page);
	await fits(page);

	await signIn(page, 'safety');
	await page.goto('/equipment/ledger?year=2024');
	await page.getByRole('link', { name: '品目ごとの受払簿' }).click();
	const vests = page.getByRole('article', { name: 'パトロール用ベスト' });
	await expect(vests).toContainText('令和6年4月1日');
	await expect(vests).toContainText('前年度から繰越');
	await expect(vests.getByRole('row', { name: /令和6-防資-001/ })).toContainText('4');
	await axe(page);
	await fits(page);
});
