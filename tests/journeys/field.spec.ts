/**
 * The phone on patrol: one visit with a network, then none. Recording, killed tabs, double taps, two tabs, positions refused, photos
 * without their hidden data, another person on the same phone.
 */
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import { axe, expect, fits, signIn, test } from './fixtures.ts';

/** The worker holds the shell, and the store holds the pack. */
async function visitOnce(page: Page): Promise<void> {
	await page.goto('/patrol');
	await expect(page.getByRole('button', { name: '当番なしで記録' })).toBeVisible();
	await expect
		.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: 20_000 })
		.toBe(true);
}

/** The whole page at once: what scrolls below the bars is no small target. */
async function clean(page: Page): Promise<void> {
	const size = page.viewportSize()!;
	const height = await page.evaluate(() => document.documentElement.scrollHeight);
	await page.setViewportSize({ ...size, height: height + 200 });
	await axe(page);
	await page.setViewportSize(size);
}

const onWay = (page: Page) => page.getByRole('button', { name: '終わる' });
const save = (page: Page) => page.getByRole('button', { name: 'この内容で保存' });

async function setOut(page: Page): Promise<void> {
	await page.getByRole('button', { name: '当番なしで記録' }).click();
	await page.getByRole('button', { name: '出発する' }).click();
	await expect(onWay(page)).toBeVisible();
}

/** Presses save, and once more where something is odd (a walk of no minutes by one person is). */
async function finish(page: Page): Promise<void> {
	await save(page).click();
	const anyway = page.getByRole('button', { name: 'このまま保存' });
	await expect(anyway.or(page.getByRole('heading', { name: 'この端末に保存しました' }))).toBeVisible();
	if (await anyway.isVisible()) await anyway.click();
	await expect(page.getByRole('heading', { name: 'この端末に保存しました' })).toBeVisible();
}

/** How many ops of this phone the server has, by what the phone was told. */
const delivered = (page: Page) => page.getByRole('article').filter({ hasText: '届きました' });

async function cut(context: BrowserContext, page: Page, off: boolean): Promise<void> {
	await context.setOffline(off);
	await page.evaluate((gone) => dispatchEvent(new Event(gone ? 'offline' : 'online')), off);
}

test.beforeEach(async ({ page }) => {
	await signIn(page, 'volunteer');
});

test('a walk without any network in seven taps, delivered once it is back', async ({ page, context }) => {
	await visitOnce(page);
	await cut(context, page, true);
	// The tab was closed in the meantime: the address alone opens the shell.
	await page.goto('about:blank');
	await page.goto('/patrol');
	await expect(page.getByText('圏外・記録できます')).toBeVisible();
	await fits(page);
	await clean(page);

	const police = page.getByRole('link', { name: /110番/ });
	await expect(police).toHaveAttribute('href', 'tel:110');

	let taps = 0;
	const tap = async (name: string | RegExp, role: 'button' | 'radio' | 'checkbox' = 'button') => {
		taps++;
		await page.getByRole(role, { name }).first().click();
	};
	await tap('当番なしで記録');
	await clean(page);
	await tap(/コース/, 'radio');
	await tap('出発する');
	await expect(page.getByRole('timer')).toBeVisible();
	await expect(police).toBeVisible();
	await fits(page);
	await clean(page);
	await tap('終わる');
	await page
		.getByRole('group', { name: /参加した人/ })
		.getByRole('checkbox', { checked: false })
		.first()
		.check();
	taps++;
	await expect(page.getByRole('textbox', { name: /距離/ })).not.toHaveValue('');
	await fits(page);
	await clean(page);
	await tap('この内容で保存');
	await expect(page.getByRole('heading', { name: 'この端末に保存しました' })).toBeVisible();
	expect(taps).toBeLessThanOrEqual(7);
	await clean(page);

	await page.getByRole('link', { name: '送信状況を見る' }).click();
	await expect(page.getByText('電波がつながると送ります')).toBeVisible();
	await clean(page);
	await cut(context, page, false);
	await expect(page.getByText(/届きました/)).toBeVisible({ timeout: 20_000 });
	await expect(delivered(page)).toHaveCount(1);
	await clean(page);
});

test('a tab that is killed while the form is filled loses nothing', async ({ page, context }) => {
	await visitOnce(page);
	await cut(context, page, true);
	await setOut(page);
	await onWay(page).click();
	await page.getByLabel(/備考/).fill('<script>alert(1)</script> 髙𠮷さんが道案内');
	await expect(page.getByText('下書きは自動で保存されています')).toBeVisible();
	const address = page.url();
	await page.close({ runBeforeUnload: false });

	const again = await context.newPage();
	await again.goto('/patrol');
	await again.getByRole('link', { name: '続きから' }).click();
	await expect(again).toHaveURL(address);
	await expect(again.getByLabel(/備考/)).toHaveValue('<script>alert(1)</script> 髙𠮷さんが道案内');
	await finish(again);
	await again.goto('/patrol');
	await expect(again.getByRole('link', { name: '続きから' })).toHaveCount(0);
});

test('looking at the form and going away leaves no draft behind', async ({ page }) => {
	await visitOnce(page);
	await page.getByRole('link', { name: 'あとから入力する' }).click();
	await expect(page.getByRole('heading', { name: 'あとから入力' })).toBeVisible();
	await clean(page);
	await fits(page);
	await page.getByRole('link', { name: '記録', exact: true }).click();
	await expect(page.getByRole('button', { name: '当番なしで記録' })).toBeVisible();
	await expect(page.getByRole('link', { name: '続きから' })).toHaveCount(0);
});

test('a double tap on save makes one record', async ({ page, context }) => {
	await visitOnce(page);
	await cut(context, page, true);
	await setOut(page);
	await onWay(page).click();
	// Two people came: nothing is odd, so the first tap saves.
	await page
		.getByRole('group', { name: /参加した人/ })
		.getByRole('checkbox', { checked: false })
		.first()
		.check();
	await page.getByRole('textbox', { name: /距離/ }).fill('１．５');
	await save(page).evaluate((button: HTMLElement) => {
		button.click();
		button.click();
		button.click();
	});
	await expect(page.getByRole('heading', { name: 'この端末に保存しました' })).toBeVisible();
	await page.getByRole('link', { name: '送信状況を見る' }).click();
	await expect(page.getByRole('article')).toHaveCount(1);
	await expect(page.getByRole('article')).toContainText('1.5 km');
});

test('two tabs on one draft: the later one is kept, the other is told', async ({ page, context }) => {
	await visitOnce(page);
	await setOut(page);
	await onWay(page).click();
	await page.getByLabel(/備考/).fill('一つめの画面');
	await expect(page.getByText('下書きは自動で保存されています')).toBeVisible();
	const other = await context.newPage();
	await other.goto(page.url());
	await expect(other.getByLabel(/備考/)).toHaveValue('一つめの画面');
	await other.getByLabel(/備考/).fill('二つめの画面');
	await expect(other.getByText('下書きは自動で保存されています')).toBeVisible();
	await page.getByLabel(/備考/).fill('一つめの画面で続き');
	await expect(page.getByText('別の画面で、この記録の続きが書かれています')).toBeVisible();
	await expect(save(page)).toBeDisabled();
	await page.getByRole('button', { name: '新しいほうを開く' }).click();
	await expect(page.getByLabel(/備考/)).toHaveValue('二つめの画面');
	await finish(page);
	// The tab that lost cannot finish it a second time.
	await other.getByLabel(/備考/).fill('二つめの画面で続き');
	await expect(other.getByText('別の画面で、この記録の続きが書かれています')).toBeVisible();
});

test('a position that is refused changes nothing', async ({ page, context }) => {
	await context.clearPermissions();
	await visitOnce(page);
	await page.getByRole('button', { name: '当番なしで記録' }).click();
	await page.getByRole('checkbox', { name: '歩いた道も記録する' }).check();
	await page.getByRole('button', { name: '出発する' }).click();
	await expect(page.getByText('位置は使えません。そのまま記録できます。')).toBeVisible();
	await onWay(page).click();
	await page.getByRole('textbox', { name: /距離/ }).fill('1.2');
	await finish(page);
});

test('a walked line counts its real steps and travels beside the log', async ({ page, context }) => {
	await context.grantPermissions(['geolocation']);
	await context.setGeolocation({ latitude: 35.7014, longitude: 139.5066, accuracy: 8 });
	await visitOnce(page);
	await page.getByRole('button', { name: '当番なしで記録' }).click();
	await page.getByRole('checkbox', { name: '歩いた道も記録する' }).check();
	await page.getByRole('radio', { name: '青パト' }).check();
	await page.getByRole('button', { name: '出発する' }).click();
	await expect(page.getByText(/歩いた道を記録しています|画面を自動で消す/)).toBeVisible();
	for (let step = 1; step <= 6; step++) {
		await page.waitForTimeout(1100);
		// About 22 m a step; the fifth is a jump of the receiver.
		const latitude = 35.7014 + step * 0.0002 + (step === 5 ? 0.5 : 0);
		await context.setGeolocation({ latitude, longitude: 139.5066, accuracy: 8 });
	}
	await expect(page.getByText(/歩いた線 0\.1 km/)).toBeVisible();
	await onWay(page).click();
	await expect(page.getByText('距離のもと：歩いた線（GPS）')).toBeVisible();
	await finish(page);
	await expect(page.getByText(/届きました/)).toBeVisible({ timeout: 20_000 });
});

test('a photo leaves the phone as pixels only', async ({ page }) => {
	await visitOnce(page);
	await setOut(page);
	await page.getByRole('button', { name: '気づきを記録' }).click();
	await page.getByRole('radio', { name: '街路灯切れ' }).check();
	await page.getByLabel(/街路灯の番号/).fill('緑-12');
	// A picture that says where it was taken: its EXIF names a place in words we can look for.
	const file = await page.evaluate(async () => {
		const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1200 });
		canvas.getContext('2d')!.fillRect(0, 0, 2400, 600);
		const blob = await new Promise<Blob>((done) => canvas.toBlob((made) => done(made!), 'image/jpeg'));
		const jpeg = new Uint8Array(await blob.arrayBuffer());
		const secret = new TextEncoder().encode('Exif\0\0HOME-OF-A-CHILD');
		const segment = [0xff, 0xe1, (secret.length + 2) >> 8, (secret.length + 2) & 0xff, ...secret];
		return [...jpeg.slice(0, 2), ...segment, ...jpeg.slice(2)];
	});
	expect(Buffer.from(file).includes('HOME-OF-A-CHILD')).toBe(true);
	const sent = page.waitForRequest((request) => request.method() === 'PUT' && request.url().includes('/sync/blob/'));
	await page
		.locator('input[type=file]')
		.setInputFiles({ name: 'lamp.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(file) });
	await expect(page.getByText('写真を付けました')).toBeVisible();
	await clean(page);
	await page.getByRole('button', { name: '加える' }).click();
	await onWay(page).click();
	await finish(page);
	const body = (await sent).postDataBuffer()!;
	expect(body.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
	expect(body.includes('HOME-OF-A-CHILD')).toBe(false);
	expect(body.includes('Exif')).toBe(false);
	await page.getByRole('link', { name: '送信状況を見る' }).click();
	await expect(page.getByText(/写真 .*送信待ち/)).toHaveCount(0);
});

test('what cannot be a time is said at its box; what is odd is asked and may be saved', async ({ page }) => {
	await visitOnce(page);
	await page.goto('/patrol/manual');
	await save(page).click();
	await expect(page.getByRole('alert')).toContainText('2か所');
	await expect(page.getByLabel(/始まり/)).toBeFocused();
	await clean(page);
	await page.getByLabel(/始まり/).fill('20:00');
	await page.getByLabel(/終わり/).fill('19:00');
	await save(page).click();
	await expect(page.getByText('終わりの時刻が、始まりより前です。')).toBeVisible();
	await expect(page.getByText('1人だけの記録です。')).toBeVisible();
	await clean(page);
	await page.getByRole('button', { name: '直す' }).click();
	await page.getByLabel(/終わり/).fill('20:45');
	await finish(page);
});

test('a waiting record is cancelled in two steps and the server knows of both', async ({ page, context }) => {
	await visitOnce(page);
	await cut(context, page, true);
	await setOut(page);
	await onWay(page).click();
	await finish(page);
	await page.getByRole('link', { name: '送信状況を見る' }).click();
	await page.getByRole('button', { name: '送らずに取り消す' }).click();
	await page.getByRole('button', { name: '取り消す', exact: true }).click();
	await expect(page.getByText('取り消し').first()).toBeVisible();
	await cut(context, page, false);
	await expect(page.getByText('送信待ち')).toHaveCount(0, { timeout: 20_000 });
});

test('another person on the same phone sees nothing of it, and the first finds it again', async ({ page, context }) => {
	await visitOnce(page);
	await cut(context, page, true);
	await setOut(page);
	await onWay(page).click();
	await page.getByLabel(/備考/).fill('ひとりめの秘密');
	await finish(page);
	await context.setOffline(false);
	await page.goto('about:blank');
	await signIn(page, 'leader');
	await page.goto('/patrol/sent');
	await expect(page.getByText('まだ記録はありません。')).toBeVisible();
	await page.goto('/patrol');
	await expect(page.getByText('ひとりめの秘密')).toHaveCount(0);
	await page.goto('about:blank');
	await signIn(page, 'volunteer');
	await page.goto('/patrol/sent');
	await expect(page.getByText(/届きました/)).toBeVisible({ timeout: 20_000 });
});

test('who never signed in here is told so, and may still call 110', async ({ page, context }) => {
	await context.clearCookies();
	await page.goto('/patrol');
	await expect(page.getByRole('heading', { name: 'この端末を使う人が、まだ分かりません' })).toBeVisible();
	await expect(page.getByRole('link', { name: /110番/ })).toHaveAttribute('href', 'tel:110');
	await clean(page);
});

test('a browser that keeps nothing says so before anything is written', async ({ page }) => {
	await page.addInitScript(() => {
		IDBFactory.prototype.open = () => {
			throw new DOMException('no', 'InvalidStateError');
		};
	});
	await page.goto('/patrol');
	await expect(page.getByRole('heading', { name: 'この開き方では、端末に保存できません' })).toBeVisible();
	await clean(page);
});

test('a store that breaks at the last moment keeps the form, an emergency copy and a file', async ({
	page,
	expectProblems
}) => {
	expectProblems(/./);
	await visitOnce(page);
	await setOut(page);
	await onWay(page).click();
	await page.getByLabel(/備考/).fill('消えてはいけない');
	await expect(page.getByText('下書きは自動で保存されています')).toBeVisible();
	await page.evaluate(() => {
		const transaction = IDBDatabase.prototype.transaction;
		IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...all: Parameters<typeof transaction>) {
			if ([all[0]].flat().includes('ops') && all[1] === 'readwrite') throw new DOMException('gone', 'UnknownError');
			return transaction.apply(this, all);
		};
	});
	await save(page).click();
	const anyway = page.getByRole('button', { name: 'このまま保存' });
	if (await anyway.isVisible()) await anyway.click();
	await expect(page.getByText('この端末に保存できませんでした')).toBeVisible();
	await expect(page.getByLabel(/備考/)).toHaveValue('消えてはいけない');
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'ファイルに残す' }).click()
	]);
	expect(file.suggestedFilename()).toMatch(/^mimamori-.*\.mimamori$/);
	expect(readFileSync(await file.path(), 'utf8')).not.toContain('消えてはいけない');
	await expect(page.getByText('この端末に保存しました')).toHaveCount(0);

	await page.goto('/patrol/sent');
	// It goes by itself, and its draft with it: nobody finishes the same log again.
	await expect(page.getByText('控え 1件を渡しました')).toBeVisible({ timeout: 20_000 });
	await expect(page.getByText('控えが残っています')).toHaveCount(0);
	await expect(page.getByRole('heading', { name: '書きかけの記録' })).toHaveCount(0);
});
