/** A child ran in: written on a phone without network, told to the guidance office at once, worked on there and nowhere else. */
import { axe, expect, fits, signIn } from './fixtures.ts';
import { every, online, ready, sendNow, test } from './onPhone.ts';

test('on a phone without network, then on the desk of the guidance office', async ({
	page,
	context,
	net,
	browser
}, info) => {
	const place = `緑橋のたもと ${info.project.name}`;
	await ready(page, net);
	await online(context, false);
	await page.goto('/patrol');
	await page.getByRole('link', { name: '子どもがかけこんできた' }).click();
	await expect(page.getByRole('heading', { level: 1, name: '子どもがかけこんできた' })).toBeVisible();
	await expect(page.getByRole('link', { name: '110番(警察)' })).toHaveAttribute('href', 'tel:110');
	await expect(page.getByRole('link', { name: '119番(救急)' })).toHaveAttribute('href', 'tel:119');
	const save = page.getByRole('button', { name: 'この内容で指導室に届ける' });
	await save.click();
	await expect(page.getByText('何があったかを、ひとつ以上選んでください。').first()).toBeVisible();
	await axe(page);
	await fits(page);
	await page.getByRole('checkbox', { name: 'つきまとわれた' }).check();
	await page.getByRole('checkbox', { name: 'まだ近くにいる' }).check();
	await page.getByRole('checkbox', { name: '110番', exact: true }).check();
	await expect(page.getByRole('checkbox', { name: /^110番 \d\d:\d\d$/ })).toBeChecked();
	await page.getByLabel('どこで').fill(place);
	await expect(page.getByText('下書きは自動で保存されています')).toBeVisible();
	// The tab is killed: what was written is there.
	await page.reload();
	await expect(page.getByLabel('どこで')).toHaveValue(place);
	await expect(page.getByRole('checkbox', { name: 'つきまとわれた' })).toBeChecked();
	await save.click();
	await expect(page.getByRole('heading', { name: 'この端末に保存しました' })).toBeVisible();
	await expect(page.getByText(place)).toHaveCount(0);
	await axe(page);

	// It arrives, and the phone does not hear of it: sent again it stays one.
	every(net, { is: 'dropAnswer' });
	await online(context, true);
	await page.goto('/patrol/sent');
	await sendNow(page);
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeVisible();
	net.fault = () => undefined;
	await sendNow(page);
	await expect(page.getByText('届いた記録の内容は、この端末から消しました。')).toBeVisible();
	await axe(page);
	await fits(page);

	const desk = await browser.newContext({ baseURL: net.origin, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
	const office = await desk.newPage();
	await signIn(office, 'guidance');
	await office.goto('/notices');
	await expect(office.getByText('かけこみの記録が届きました').first()).toBeVisible();
	await expect(office.getByText(place)).toHaveCount(0);
	await office.goto('/pockets/run-ins');
	const line = office.getByRole('listitem').filter({ hasText: place });
	await expect(line).toHaveCount(1);
	await expect(office.locator('nav a[aria-current=page]').first()).toHaveAttribute('href', '/pockets/run-ins');
	await axe(office);
	await fits(office);
	await line.getByRole('link').click();
	await expect(office.getByText(place)).toBeVisible();
	await expect(office.getByRole('listitem').filter({ hasText: '110番' })).toHaveCount(1);
	await axe(office);
	await fits(office);
	await office.getByRole('button', { name: '学校に連絡した(今)' }).click();
	await expect(office.getByRole('listitem').filter({ hasText: '学校' })).toHaveCount(1);
	await office.getByRole('combobox', { name: '子どもを引き渡した相手' }).selectOption('保護者');
	await office.getByRole('button', { name: '引き渡しを記録' }).click();
	await expect(office.locator('strong').filter({ hasText: '保護者' })).toBeVisible();
	await office.getByLabel('振り返り').fill('橋のたもとに立つ人を増やす');
	await office.getByRole('button', { name: '対応済みにする' }).click();
	await expect(office.getByText('橋のたもとに立つ人を増やす')).toBeVisible();
	await expect(office.getByRole('button', { name: '対応済みにする' })).toHaveCount(0);
	const path = new URL(office.url()).pathname;
	// Whoever wrote it does not read it.
	expect((await page.request.get(path)).status()).toBe(404);
	for (const login of ['leader', 'school', 'safety', 'admin'] as const) {
		await signIn(office, login);
		expect((await office.request.get(path)).status(), login).toBe(404);
		expect((await office.request.get('/pockets/run-ins')).status(), login).toBe(404);
	}
	await desk.close();
});
