/** What the office did beside patrols: written down, corrected, taken back, read from a file, and found in the table of the measures. */
import { axe, expect, fits, signIn, test, withoutWorker } from './fixtures.ts';

test.use(withoutWorker);

test('a lecture stands in its figure, is corrected and taken back; a file of alerts is read once', async ({ page }) => {
	await signIn(page, 'safety');
	const lecture = async (line: string) => {
		await page.goto('/reports/2024');
		await expect(page.getByText(`市民防犯講習会 参加者数 ${line}`)).toBeVisible();
	};
	await lecture('28人');
	await page.getByRole('link', { name: '28', exact: true }).first().click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('講習会・協議会・つどい 令和6年度(2024年度)');
	await expect(page.getByText('取消: 台風のため')).toBeVisible();
	await axe(page);
	await fits(page);

	const write = async (count: string) => {
		await page.locator('[name="onDay.year"]').fill('R7');
		await page.locator('[name="onDay.month"]').fill('2');
		await page.locator('[name="onDay.day"]').fill('8');
		await page.getByLabel('種別 ※必須').selectOption('講習会');
		await page.getByLabel('件名').fill('冬の講習会');
		await page.getByLabel('参加者数').fill(count);
	};
	await write('約十人');
	await page.getByRole('button', { name: '記録を加える' }).click();
	await expect(page.getByText('数字で入力してください。').first()).toBeVisible();
	await expect(page.getByLabel('件名')).toHaveValue('冬の講習会');
	await write('１２');
	await page.getByRole('button', { name: '記録を加える' }).click();
	await expect(page.getByText('記録を加えました。')).toBeVisible();
	await lecture('40人');

	await page.goto('/outreach/event?year=2024');
	await page.getByRole('link', { name: '冬の講習会' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('冬の講習会');
	await page.getByLabel('参加者数').fill('10');
	await page.getByRole('button', { name: '直す', exact: true }).click();
	await expect(page.getByText('直しました。')).toBeVisible();
	await expect(page.locator('tbody tr')).toHaveCount(2);
	await axe(page);
	await fits(page);
	await lecture('38人');
	await page.goBack();
	await page.locator('summary', { hasText: '取り消す' }).click();
	await page.getByLabel('理由').fill('二重に書いた');
	await page.getByRole('button', { name: '取り消す', exact: true }).click();
	await expect(page.getByText('取り消しました。')).toBeVisible();
	await expect(page.getByRole('button', { name: '直す', exact: true })).toHaveCount(0);
	await lecture('28人');

	for (const said of ['2件を加えました。0件はもう記録にありました。', '0件を加えました。2件はもう記録にありました。']) {
		await page.goto('/outreach/import');
		const buffer = Buffer.from('日,種別,地域\n2024/4/2,不審者,試験の町\n2024/4/2,特殊詐欺,試験の町\n');
		await page.locator('input[type=file]').setInputFiles({ name: 'mails.csv', mimeType: 'text/csv', buffer });
		await page.getByRole('button', { name: '内容を確かめる' }).click();
		await page.locator('form[action="?/confirm"] button').click();
		await expect(page.getByText(said)).toBeVisible();
	}
	const file = await page.request.get('/outreach/alert/csv?year=2024');
	expect((await file.text()).trim().split('\r\n')).toHaveLength(1 + 441 + 2);

	// The city reads; nobody but the safety section writes, and a body's leader sees nothing of it.
	await signIn(page, 'approver');
	await page.goto('/outreach/badge?year=2024');
	await expect(page.getByText('あいさつ運動に加わった人')).toBeVisible();
	await expect(page.getByRole('button', { name: '記録を加える' })).toHaveCount(0);
	await signIn(page, 'leader');
	expect((await page.request.get('/outreach/event')).status()).toBe(404);
});
