/** How it looks and reads: sizes, colours, languages, keyboard, paper; and what stands there when something is missing. */
import type { Page } from '@playwright/test';
import { crawl } from './crawl.ts';
import { axe, expect, fillDay, fits, logins, signIn, test, widthOf, withoutWorker } from './fixtures.ts';

test.use(withoutWorker);

const sizes = ['standard', 'large', 'xlarge'] as const;
const themes = ['light', 'dark'] as const;

async function wear(page: Page, origin: string, look: string) {
	await page.context().addCookies([{ name: 'mp_look', value: look, url: origin }]);
}

for (const theme of themes)
	for (const size of sizes)
		test(`pages for everyone are clean and fit: ${theme}, ${size}`, async ({ page, server }) => {
			await wear(page, server.origin, `${size}.${theme}`);
			for (const path of ['/', '/map', '/map/sheet', '/look', '/login', '/offline', '/nowhere']) {
				await page.goto(path);
				await expect(page.locator('html')).toHaveAttribute('data-size', size);
				await expect(page.locator('h1')).toHaveCount(1);
				await fits(page);
				await axe(page);
			}
		});

/**
 * What a gloved thumb would miss: everything to press that is lower than 44 px. A link within a sentence is as high as its line,
 * and a box to tick is as large as its label.
 */
const tooSmall = (page: Page) =>
	page.evaluate(() => {
		const shown = (one: Element) =>
			one.checkVisibility({ visibilityProperty: true }) && !one.closest('.hidden-but-read');
		const inSentence = (one: Element) => {
			const around = one.parentElement!;
			return (
				one.matches('a') &&
				around.matches('p, li, dd, small') &&
				around.textContent.trim().length > one.textContent.trim().length + 8
			);
		};
		return [...document.querySelectorAll('main :is(a, button, summary, select, textarea, input)')]
			.filter((one) => shown(one) && !one.matches('[type=hidden], [aria-hidden=true]') && !inSentence(one))
			.map((one) => (one.matches('[type=checkbox], [type=radio]') ? (one.closest('label') ?? one) : one))
			.filter((one) => one.getBoundingClientRect().height < 43.5)
			.map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 30)}: ${one.getBoundingClientRect().height}`);
	});

/** What a card of a long list cannot show: a table that is laid out as cards never scrolls sideways. */
const cutCards = (page: Page) =>
	page
		.locator('.scroll:has(> table.cards)')
		.evaluateAll((boxes) => boxes.filter((one) => one.scrollWidth > one.clientWidth).length);

/** Where no link leads for a person of the invented town: the first steps, and what needs work of an earlier hand. */
const beside = {
	leader: [],
	volunteer: ['/patrol/manual', '/patrol/sent', '/welcome'],
	school: [],
	safety: [],
	guidance: []
} as const;

for (const login of ['leader', 'volunteer', 'school', 'safety', 'guidance'] as const)
	test(`the largest letters hold on the narrowest phone: every kind of page ${login} can open`, async ({
		page,
		server
	}) => {
		test.setTimeout(360_000);
		const narrowest = { width: 320, height: 640 };
		await page.setViewportSize(narrowest);
		await wear(page, server.origin, 'xlarge.light');
		await signIn(page, login);
		const wrong: string[] = [];
		const holds = async (path: string) => {
			const low = await tooSmall(page);
			if (low.length) wrong.push(`too low to press on ${path}: ${low.join(', ')}`);
			if (await cutCards(page)) wrong.push(`cards cut off on ${path}`);
		};
		await crawl({
			page,
			origin: server.origin,
			from: ['/home', '/', '/look', '/login', '/join', '/offline', '/nowhere', ...beside[login]],
			async opened(path) {
				const wide = await widthOf(page);
				if (wide > narrowest.width) wrong.push(`${wide} px wide: ${path}`);
				await holds(path);
				// The same page in the letters and on the phone that most have.
				await page.locator('html').evaluate((html) => void (html.dataset.size = 'standard'));
				await page.setViewportSize({ width: 360, height: 740 });
				await holds(path);
				await page.setViewportSize(narrowest);
			}
		});
		expect(wrong).toEqual([]);
	});

test('size, colours and language change at once and stay on the device', async ({ page }) => {
	await page.goto('/look');
	await page.getByRole('main').getByRole('button', { name: '特大' }).click();
	await expect(page.locator('html')).toHaveAttribute('data-size', 'xlarge');
	await expect(page.getByRole('status')).toContainText('表示を変えました');
	await page.getByRole('main').getByRole('button', { name: '暗い' }).click();
	await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(15, 20, 25)');
	await page.getByRole('main').getByRole('button', { name: 'English' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Text size, colours, language');
	// A page built ahead knows nothing of the request and still wears it before it paints.
	await page.goto('/offline');
	for (const [name, value] of [
		['lang', 'en'],
		['data-size', 'xlarge'],
		['data-theme', 'dark']
	] as const)
		await expect(page.locator('html')).toHaveAttribute(name, value);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no network now');
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });
	test('a day is three boxes, and what was typed stands in them again when it is none', async ({ page }) => {
		await signIn(page, 'safety');
		await page.goto('/watches/closed-days');
		await fillDay(page, '休みの日', '２０２７-2-31');
		await page.getByRole('button', { name: '休校日を加える' }).click();
		const day = page.getByRole('group', { name: '休みの日' });
		await expect(day).toContainText('暦にある日付を入れてください');
		await expect(day.getByRole('textbox', { name: '年', exact: true })).toHaveValue('２０２７');
		await expect(day.getByRole('button')).toHaveCount(0);
	});

	test('size and language are chosen by plain forms, and lead back to where one was', async ({ page }) => {
		await page.goto('/');
		await page.getByRole('banner').getByText('文字・色').click();
		await page.getByRole('banner').getByRole('button', { name: '特大' }).click();
		await expect(page).toHaveURL('/');
		await expect(page.locator('html')).toHaveAttribute('data-size', 'xlarge');
		await page.getByRole('banner').getByText('文字・色').click();
		await page.getByRole('banner').getByRole('button', { name: 'English' }).click();
		await expect(page.locator('html')).toHaveAttribute('lang', 'en');
		await expect(page.locator('html')).toHaveAttribute('data-size', 'xlarge');
	});
});

test('a day is typed as on paper, shown as the office writes it, and kept when it is none', async ({ page }) => {
	await signIn(page, 'safety');
	await page.goto('/watches/closed-days');
	await fillDay(page, '休みの日', '令和９-２-３０');
	const day = page.getByRole('group', { name: '休みの日' });
	await expect(day.getByRole('status')).toBeHidden();
	await day.getByRole('textbox', { name: '日', exact: true }).fill('２８');
	await expect(day.getByRole('status')).toHaveText('令和9年2月28日(日)');
	await day.getByRole('textbox', { name: '日', exact: true }).fill('31');
	await page.getByLabel(/^理由/).fill('創立記念日');
	await page.getByRole('button', { name: '休校日を加える' }).click();
	await expect(day).toContainText('暦にある日付を入れてください');
	for (const [box, kept] of [
		['年', '令和９'],
		['月', '２'],
		['日', '31']
	] as const)
		await expect(day.getByRole('textbox', { name: box, exact: true })).toHaveValue(kept);
	await page.getByRole('link', { name: '「2024年11月27日」' }).click();
	await expect(day.getByRole('textbox', { name: '年', exact: true })).toBeFocused();
	await axe(page);
	await fits(page);
});

test('the calendar beside a day fills its boxes', async ({ page }) => {
	await signIn(page, 'safety');
	await page.goto('/watches/closed-days');
	const day = page.getByRole('group', { name: '休みの日' });
	// The browser's own calendar cannot be pressed from here: that it is asked to open, and what it answers, can.
	await page.evaluate(() => {
		HTMLInputElement.prototype.showPicker = function () {
			this.value = '2027-03-05';
			this.dispatchEvent(new Event('change', { bubbles: true }));
		};
	});
	await day.getByRole('button', { name: 'カレンダーから選ぶ' }).click();
	await expect(day.getByRole('textbox', { name: '年', exact: true })).toHaveValue('2027');
	await expect(day.getByRole('textbox', { name: '月', exact: true })).toHaveValue('3');
	await expect(day.getByRole('textbox', { name: '日', exact: true })).toHaveValue('5');
	await expect(day.getByRole('status')).toHaveText('令和9年3月5日(金)');
});

test('the way back from the look leads nowhere else', async ({ page, server }) => {
	for (const back of ['//example.org/', '/\\example.org', 'https://example.org/', 'javascript:alert(1)']) {
		const answer = await page.request.post('/look', {
			form: { size: 'large', back },
			headers: { origin: server.origin, accept: 'text/html' },
			maxRedirects: 0
		});
		expect(answer.headers().location, back).toBe('/look');
	}
});

for (const login of logins)
	test(`home of ${login} says what is next, shows only own ways in, and is clean in the dark too`, async ({
		page,
		server
	}) => {
		await signIn(page, login);
		await page.goto('/home');
		await expect(page.getByRole('heading', { level: 1 })).toContainText('さん');
		await expect(page.getByRole('link', { name: '110' })).toHaveAttribute('href', 'tel:110');
		await fits(page);
		await axe(page);
		const ways = await page
			.locator('nav a')
			.evaluateAll((links) => [...new Set(links.map((a) => a.getAttribute('href')!))]);
		for (const way of ways.filter((one) => one.startsWith('/') && one !== '/logout')) {
			const answer = await page.request.get(way);
			expect(answer.status(), `${login} opens ${way}`).toBe(200);
		}
		await wear(page, server.origin, 'large.dark');
		await page.reload();
		await fits(page);
		await axe(page);
	});

test('home loads at most 60 kB of JavaScript on a first visit', async ({ page }) => {
	await signIn(page, 'leader');
	const scripts: Promise<number>[] = [];
	page.on('requestfinished', (request) => {
		if (request.resourceType() === 'script' || /\.js$/.test(new URL(request.url()).pathname))
			scripts.push(request.sizes().then((size) => size.responseBodySize));
	});
	await page.goto('/home', { waitUntil: 'networkidle' });
	const sum = (await Promise.all(scripts)).reduce((a, b) => a + b, 0);
	expect(sum).toBeGreaterThan(10_000);
	expect(sum, 'bytes of JavaScript, compressed').toBeLessThanOrEqual(60 * 1024);
});

test('the keyboard reaches everything: jump to the content, open and leave the menu', async ({ page, isMobile }) => {
	await signIn(page, 'leader');
	await page.goto('/home');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: '本文へ' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.locator('main')).toBeFocused();
	const opener = isMobile ? page.locator('nav.bar summary') : page.locator('nav.side summary');
	await opener.first().focus();
	await page.keyboard.press('Enter');
	const size = page.getByRole('button', { name: '特大' });
	if (isMobile) await page.locator('nav.bar').getByText('文字・色').click();
	await expect(size.last()).toBeVisible();
	await size.last().focus();
	await page.keyboard.press('Escape');
	await expect(size.last()).toBeHidden();
});

test('paper is white, without menus, whatever the screen wears', async ({ page, server }) => {
	await wear(page, server.origin, 'xlarge.dark');
	await signIn(page, 'leader');
	await page.goto('/home');
	await page.emulateMedia({ media: 'print' });
	await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
	await expect(page.locator('body')).toHaveCSS('color', 'rgb(0, 0, 0)');
	for (const part of ['header', 'nav.side', 'nav.bar']) await expect(page.locator(part).first()).toBeHidden();
});

test('a missing page says what happened, what is safe, what to do', async ({ page }) => {
	const answer = await page.goto('/nowhere');
	expect(answer!.status()).toBe(404);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('ページが見つかりません');
	await expect(page.getByText('何も変わっていません。')).toBeVisible();
	await expect(page.getByRole('link', { name: 'ホームへ' })).toBeVisible();
});

test('the manifest names pictures that exist in the sizes it says', async ({ page }) => {
	const manifest = (await (await page.request.get('/manifest.webmanifest')).json()) as {
		start_url: string;
		id: string;
		icons: { src: string; sizes: string; type: string; purpose: string }[];
	};
	expect(manifest).toMatchObject({ id: '/home', start_url: '/home' });
	expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
	for (const { src, sizes: said, type } of manifest.icons) {
		const picture = await page.request.get(src);
		expect(picture.headers()['content-type'], src).toBe(type);
		if (type !== 'image/png') continue;
		const bytes = await picture.body();
		expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, src).toBe(said);
	}
});
