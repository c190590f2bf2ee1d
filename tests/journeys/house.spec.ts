import { axe, expect, fits, test } from './fixtures.ts';

test('the first page is Japanese, fits and is clean', async ({ page }) => {
	await page.goto('/');
	await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
	await expect(page.locator('h1')).toBeVisible();
	await fits(page);
	await axe(page);
});

test('a page that is not there says so and leads back', async ({ page }) => {
	const answer = await page.goto('/nowhere');
	expect(answer!.status()).toBe(404);
	await fits(page);
});
