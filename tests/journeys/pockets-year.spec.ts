/** Why the number of refuge homes moved: the yearly figure, its sum by district and reason, and the homes behind each number. */
import { axe, expect, fits, signIn, test, withoutWorker } from './fixtures.ts';

test.use(withoutWorker);

test('the number of a year is explained by reason, and the office opens the homes behind it', async ({ page }) => {
	await signIn(page, 'guidance');
	await page.goto('/reports/2024');
	await page.getByRole('link', { name: '896', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('令和6年度(2024年度) カンガルーのポケットの増減');
	await expect(page.getByText('1,016 + 34 − 154 = 896件')).toBeVisible();
	await axe(page);
	await fits(page);
	const all = page.getByRole('row', { name: /^全体/ });
	await expect(all).toContainText('61');
	await all.getByRole('link', { name: '61', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('転居');
	await expect(page.getByText(/^61件/)).toBeVisible();
	await expect(page.locator('tbody tr')).toHaveCount(61);
	await axe(page);
	await fits(page);

	// Others of the city read the numbers; the homes behind them are not theirs.
	await signIn(page, 'safety');
	await page.goto('/reports/2024/pockets');
	await expect(page.getByRole('row', { name: /^全体/ })).toContainText('896');
	await expect(page.getByRole('table').getByRole('link')).toHaveCount(0);
	expect((await page.request.get('/reports/2024/pockets/csv')).headers()['content-type']).toContain('text/csv');
	expect((await page.request.get('/reports/2024/pockets/rows?moved=end')).status()).toBeGreaterThanOrEqual(403);
	await signIn(page, 'leader');
	expect((await page.request.get('/reports/2024/pockets')).status()).toBeGreaterThanOrEqual(403);
});
