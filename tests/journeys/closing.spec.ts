/** 年度締め at the desk: the checklist, a record that comes too late, what it would change, and the re-count that is printed with ※. */
import { axe, expect, fits, inOwnTown, signIn, withoutWorker } from './fixtures.ts';

// A closed year is closed for every other file that looks at it.
const test = inOwnTown();
test.use(withoutWorker);

test('a year is closed, a late record lies in its tray, and the approver counts it again with a note', async ({
	page,
	browser
}) => {
	const line = (text: string) => expect(page.getByText(text).first()).toBeVisible();
	await signIn(page, 'safety');
	await page.goto('/reports/2024');
	await page.getByRole('link', { name: '年度を締める' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('令和6年度(2024年度) 年度締め');
	await line('このままでは「なし」と印刷されます。');
	await axe(page);
	await fits(page);
	const close = async () => {
		const asks = page.locator('details', { hasText: '令和6年度(2024年度)を締める' });
		if ((await asks.getAttribute('open')) === null) await asks.locator('summary').click();
		await page.getByRole('button', { name: '締める', exact: true }).click();
	};
	await close();
	await line('残っているものがあります。');
	for (const box of await page.getByRole('checkbox').all()) await box.check();
	await close();
	await line('年度を締めました。');
	await line('まだありません。');
	await axe(page);

	// A lecture that somebody wrote down after the year was closed.
	await page.goto('/outreach/event?year=2024');
	const boxes = { year: 'R7', month: '3', day: '30' };
	for (const [box, value] of Object.entries(boxes)) await page.locator(`[name="onDay.${box}"]`).fill(value);
	await page.getByLabel('種別 ※必須').selectOption('講習会');
	await page.getByLabel('件名').fill('年度末の講習会');
	await page.getByLabel('参加者数').fill('12');
	await page.getByRole('button', { name: '記録を加える' }).click();
	await line('記録を加えました。');
	await page.goto('/reports/2024');
	await line('市民防犯講習会 参加者数 28人');
	await page.getByRole('link', { name: '締切後 1件' }).click();
	await expect(page.getByRole('link', { name: '年度末の講習会' })).toBeVisible();
	await expect(page.getByRole('row', { name: '市民防犯講習会の参加者' })).toContainText(/28人\s*40人/);
	await expect(page.getByRole('button', { name: '再集計' })).toHaveCount(0);
	await fits(page);

	const other = await browser.newContext();
	try {
		const approver = await other.newPage();
		await signIn(approver, 'approver');
		await approver.goto('/reports/2024/closing');
		await axe(approver);
		const recount = async (reason: string) => {
			await approver.getByLabel('再集計の理由').fill(reason);
			const opened = approver.locator('details', { hasText: '再集計を確定する' });
			if ((await opened.getAttribute('open')) === null) await opened.locator('summary').click();
			await approver.getByRole('button', { name: '再集計を確定する' }).click();
		};
		await recount('年度末の講習会の記録が遅れたため');
		await expect(approver.getByText('再集計しました。')).toBeVisible();
		await approver.getByRole('link', { name: '最初の締めと再集計1回目を比べる' }).click();
		await expect(approver.getByRole('heading', { name: '最初の締めと再集計1回目の違い' })).toBeVisible();
		await fits(approver);
	} finally {
		await other.close();
	}

	await page.goto('/reports/2024');
	await page.emulateMedia({ media: 'print' });
	await line('市民防犯講習会 参加者数 ※40人');
	await expect(page.getByText(/^※ 令和6年度の数値は、令和\d+年\d+月\d+日に再集計した。/)).toHaveText(
		/（理由：年度末の講習会の記録が遅れたため）$/
	);
});
