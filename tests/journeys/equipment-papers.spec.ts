/** The papers of a request on A4, and the figure of the year with the hand-overs behind it. */
import type { Page } from '@playwright/test';
import { axe, expect, fits, signIn, test, withoutWorker } from './fixtures.ts';

test.use(withoutWorker);

/** Sheets of what this page prints. */
async function sheets(page: Page): Promise<number> {
	const pdf = await page.pdf({ preferCSSPageSize: true });
	return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}

test('from the figure of the year to the hand-over, and to its papers', async ({ page }) => {
	await signIn(page, 'safety');
	await page.goto('/reports/2023/activities');
	await expect(page.getByRole('link', { name: /12団体\s+299個/ })).toBeVisible();
	await page.goto('/reports/2024/activities');
	await page.getByRole('link', { name: /4団体\s+18個/ }).click();
	await expect(page.getByRole('heading', { name: '令和6年度(2024年度) 資機材支給一覧' })).toBeVisible();
	await expect(page.getByRole('row', { name: /合計/ })).toContainText('18');
	await axe(page);
	await fits(page);
	const csv = await (await page.request.get('/reports/2024/equipment/csv')).text();
	expect(csv.split('\r\n')[0]).toBe('\uFEFF年度(西暦),年度(和暦),団体,受渡日,受付番号,区分,品目,サイズ,個数,単位');
	expect(csv).toContain('2024,令和6年度,緑町自治会,2024-07-31,令和6-防資-002,支給,合図灯,,4,本');
	const report = await (await page.request.get('/reports/2024/csv')).text();
	expect(report).toContain('2024,令和6年度,市全体,,資機材の支給,,,,,4,18');

	await page.getByRole('link', { name: '令和6-防資-004' }).first().click();
	await page.getByRole('link', { name: '支給決定通知書' }).click();
	const paper = page.getByRole('article', { name: '防犯資機材支給決定通知書' });
	await expect(paper).toContainText('様式第2号');
	await expect(paper).toContainText('令和6年10月16日');
	await expect(paper).toContainText('貫井商店会');
	await expect(paper.getByRole('row', { name: /パトロール用ベスト/ })).toContainText(
		'2着夜間の巡回に出る人数に合わせました'
	);
	await expect(paper).toContainText('問合せ先');
	await expect(paper).toContainText('042-000-0001');
	await expect(paper).toContainText('以上');
	await axe(page);
	await fits(page);
	expect(await sheets(page)).toBe(1);

	await page.getByRole('link', { name: '申請に戻る' }).click();
	await page.getByRole('link', { name: /^受領書（/ }).click();
	await expect(page.getByRole('article', { name: '防犯資機材受領書' })).toContainText('令和6年11月1日');
	await axe(page);
	await fits(page);
	expect(await sheets(page)).toBe(1);

	await page.getByRole('link', { name: '申請に戻る' }).click();
	await page.getByRole('link', { name: '申請書', exact: true }).click();
	const request = page.getByRole('article', { name: '防犯資機材支給申請書' });
	await expect(request).toContainText('小金井市長　宛て');
	await expect(request.getByRole('row', { name: /防犯用笛/ })).toContainText('1個');
	await axe(page);
	await fits(page);
	// The request itself, and the roster that went with it.
	expect(await sheets(page)).toBe(2);
});

test('a leader sees the own body: its figure, its papers, and no decision before it is made', async ({ page }) => {
	await signIn(page, 'safety');
	await page.goto('/reports/2023/equipment');
	const others = await page.getByRole('link', { name: '令和5-防資-002' }).first().getAttribute('href');
	await page.context().clearCookies();
	await signIn(page, 'leader');
	await page.goto('/reports/2024/activities');
	await page.getByRole('link', { name: /1団体\s+6個/ }).click();
	await expect(page.getByRole('rowheader', { name: '本町北町会' })).toBeVisible();
	await expect(page.getByText('緑町自治会')).toHaveCount(0);
	for (const paper of ['request', 'decision', 'receipt'])
		expect((await page.request.get(`${others}/papers/${paper}`)).status()).toBe(404);
	const own = await page.getByRole('link', { name: '令和6-防資-001' }).first().getAttribute('href');
	for (const paper of ['request', 'decision', 'receipt'])
		expect((await page.request.get(`${own}/papers/${paper}`)).status()).toBe(200);
	expect((await page.request.get(`${own}/papers/ledger`)).status()).toBe(404);
});
