/** A signature. */
import { expect, type Page } from '@playwright/test';

/** Draws a line in the box, as a finger does. */
export async function sign(page: Page): Promise<void> {
	const pen = page.getByRole('img', { name: 'まだ署名がありません' });
	await pen.scrollIntoViewIfNeeded();
	const box = (await pen.boundingBox())!;
	await page.mouse.move(box.x + 30, box.y + 30);
	await page.mouse.down();
	for (const [x, y] of [
		[60, 60],
		[90, 30],
		[130, 65]
	] as const)
		await page.mouse.move(box.x + x, box.y + y);
	await page.mouse.up();
	await expect(page.getByRole('img', { name: '署名があります' })).toBeVisible();
}
