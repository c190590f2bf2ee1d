/**
 * Refuge homes without a network. A child ran in: written by who watches or by the host, told to the guidance office at once, worked on
 * there and nowhere else. The doors of the yearly confirmation: answered where there is no network.
 */
import Database from 'better-sqlite3';
import type { Browser, Locator, Page } from '@playwright/test';
import { axe, expect, fits, inOwnTown, signIn } from './fixtures.ts';
import { every, isPush, online, onPhone, ready, sendNow } from './onPhone.ts';

const test = onPhone(inOwnTown());

/** The office at its desk, with the round of a district open. */
async function office(browser: Browser, origin: string, district: string): Promise<Page> {
	const context = await browser.newContext({ baseURL: origin, locale: 'ja-JP', serviceWorkers: 'block' });
	const page = await context.newPage();
	await signIn(page, 'guidance');
	await page.goto('/pockets/rounds');
	const link = page.getByRole('link', { name: district, exact: true });
	if ((await link.count()) === 0) await page.getByRole('button', { name: '選んだ学区で始める' }).click();
	await link.click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText(`${district} 継続確認`);
	return page;
}
const doorOf = (within: Locator, number: string) =>
	within
		.locator('section.card')
		.filter({ has: within.page().getByRole('heading', { name: new RegExp(`^${number}番 `) }) });
const valueIn = (file: string, sql: string, ...values: string[]) => {
	const db = new Database(file, { readonly: true });
	try {
		return db
			.prepare(sql)
			.pluck()
			.get(...values);
	} finally {
		db.close();
	}
};

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

test('a host writes it by the link, without a network and without a script, and it arrives once', async ({
	page,
	context,
	net,
	browser,
	server
}) => {
	const desk = await office(browser, net.origin, '第一小学校');
	await desk.getByRole('link', { name: 'はがきを作る' }).click();
	await desk.getByRole('button', { name: 'はがきを作る' }).click();
	const card = desk.locator('.cards > li').first();
	const { pathname: link } = new URL((await card.locator('.address').innerText()).trim());
	const token = link.split('/').at(-1)!;
	await desk.context().close();

	await page.goto(link);
	const name = (await page.locator('dd').first().innerText()).trim();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
	await page.getByRole('link', { name: '子どもがかけこんできた' }).click();
	await expect(page.getByRole('heading', { level: 1, name: '子どもがかけこんできた' })).toBeVisible();
	await axe(page);
	await fits(page);

	await online(context, false);
	await page.goto(link);
	await expect(page.getByText('今は電波がありません。', { exact: false })).toBeVisible();
	await expect(page.getByRole('link', { name: '110番(警察)' })).toHaveAttribute('href', 'tel:110');
	await expect(page.getByText(name)).toHaveCount(0);
	// No page of the host rests in the browser: neither its address nor its name.
	const kept = await page.evaluate(async () => {
		const texts: string[] = [];
		for (const key of await caches.keys())
			for (const request of await (await caches.open(key)).keys()) {
				const response = await (await caches.open(key)).match(request);
				texts.push(
					request.url,
					/html|json/.test(response?.headers.get('content-type') ?? '') ? await response!.text() : ''
				);
			}
		return texts.join();
	});
	expect(kept).toContain('/pocket-offline');
	expect([kept.includes(token), kept.includes(name)]).toEqual([false, false]);

	const save = page.getByRole('button', { name: 'この内容で指導室に届ける' });
	await save.click();
	await expect(page.getByText('何があったかを、ひとつ以上選んでください。').first()).toBeVisible();
	await page.getByRole('checkbox', { name: '道に迷った' }).check();
	await page.getByRole('checkbox', { name: '110番', exact: true }).check();
	await page.getByLabel('どこで').fill('玄関の前𠮷');
	await axe(page);
	await fits(page);
	await save.click();
	await expect(page.getByText('まだ届いていません')).toBeVisible();
	await page.reload();
	await expect(page.getByText('まだ届いていません')).toBeVisible();
	await axe(page);
	await fits(page);

	// It arrives, and the device does not hear of it: sent again it stays one.
	const isForm = (method: string, path: string) => method === 'POST' && path.startsWith(link);
	net.fault = (method, path) => (isForm(method, path) ? { is: 'dropAnswer' } : undefined);
	const count = () => valueIn(server.database, 'select count(*) from run_in where area = ?', '玄関の前𠮷');
	await online(context, true);
	await expect.poll(count).toBe(1);
	await expect(page.getByText('まだ届いていません')).toBeVisible();
	net.fault = () => undefined;
	await expect(page.getByText(/^届きました \d+:\d\d$/)).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText('まだ届いていません')).toHaveCount(0);
	expect(count()).toBe(1);
	expect(
		valueIn(server.database, 'select reporter from run_in where area = ? and pocket is not null', '玄関の前𠮷')
	).toBe('host');
	await axe(page);

	const bare = await browser.newContext({ baseURL: net.origin, locale: 'ja-JP', javaScriptEnabled: false });
	const plain = await bare.newPage();
	await plain.goto(`${link}/run-in`);
	await plain.getByRole('button', { name: 'この内容で指導室に届ける' }).click();
	await expect(plain.getByText('何があったかを、ひとつ以上選んでください。').first()).toBeVisible();
	await plain.getByRole('checkbox', { name: 'けがをした' }).check();
	await plain.getByLabel('どこで').fill('台所');
	await plain.getByRole('button', { name: 'この内容で指導室に届ける' }).click();
	await expect(plain.getByText('届きました', { exact: true })).toBeVisible();
	expect(valueIn(server.database, 'select count(*) from run_in where area = ?', '台所')).toBe(1);
	await bare.close();
});

test('who goes round answers at the doors without a network; what differs waits for the office', async ({
	page,
	context,
	net,
	browser,
	server
}) => {
	const desk = await office(browser, net.origin, '本町小学校');
	await ready(page, net, 'leader');
	await page.goto('/patrol');
	await page.getByRole('link', { name: /^継続確認の訪問・電話/ }).click();
	await expect(page.getByRole('heading', { level: 2, name: '本町小学校' })).toBeVisible();
	await online(context, false);
	await page.reload();
	const list = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: '本町小学校' }) });
	await expect(list.getByRole('heading', { level: 3 }).first()).toBeVisible();
	await axe(page);
	await fits(page);
	const left = list.getByText(/^あと\d+件/);
	const before = Number((await left.innerText()).match(/\d+/)![0]);
	const stays = list.getByRole('button', { name: /番は継続$/ });
	const numbers = await Promise.all(
		[0, 1].map(async (n) => (await stays.nth(n).getAttribute('aria-label'))!.match(/\d+/)![0])
	);
	await stays.first().click();
	await expect(left).toContainText(`あと${before - 1}件`);
	const other = doorOf(list, numbers[1]!);
	await other.getByText('ほかの回答').click();
	await other.getByRole('button', { name: 'この答えを保存する' }).click();
	await expect(other.getByText('答えを選んでください。')).toBeVisible();
	await other.getByRole('combobox').selectOption('変更あり');
	await other.getByLabel('伝えられたこと').fill('月曜から');
	// Nothing half under the bar of the top: that is no fault of what is pressed.
	await page.evaluate(() => scrollTo(0, 0));
	await axe(page);
	await other.getByRole('button', { name: 'この答えを保存する' }).click();
	await expect(left).toContainText(`あと${before - 2}件`);
	// The tab is killed: the answers are there.
	await page.reload();
	await expect(left).toContainText(`あと${before - 2}件`);

	// Somebody else had asked at the first door, with a network.
	const idOf = (number: string) => String(valueIn(server.database, 'select id from pocket where number = ?', number));
	const school = await browser.newContext({ baseURL: net.origin, serviceWorkers: 'block' });
	const contact = await school.newPage();
	await signIn(contact, 'school');
	await contact.goto('/pockets/visits');
	const theirs = doorOf(contact.locator('main'), numbers[0]!);
	await theirs.getByText('ほかの回答').click();
	await theirs.getByRole('combobox').selectOption('転居');
	await theirs.getByRole('button', { name: '回答を記録する' }).click();
	await expect
		.poll(() =>
			valueIn(
				server.database,
				'select count(*) from pocket_confirmation where pocket = ? and result = ?',
				idOf(numbers[0]!),
				'moved'
			)
		)
		.toBe(1);
	await school.close();

	every(net, { is: 'dropAnswer' });
	await online(context, true);
	await page.goto('/patrol/sent');
	await sendNow(page);
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeVisible();
	expect(net.asked.some(({ method, path }) => isPush(method, path))).toBe(true);
	net.fault = () => undefined;
	await sendNow(page);
	await expect(page.getByText('先に別の答えが届いていたので', { exact: false })).toBeVisible();
	await expect(page.getByText(`継続確認 ${numbers[1]}番 変更あり`)).toBeVisible();
	await axe(page);
	expect(
		numbers.map((number) =>
			valueIn(
				server.database,
				'select group_concat(result) from pocket_confirmation where pocket = ? and fiscalYear >= 2026',
				idOf(number)
			)
		)
	).toEqual(['moved', 'changes']);

	await desk.reload();
	const aside = desk.locator('section.card').filter({ has: desk.getByRole('heading', { name: '確かめる答え' }) });
	await expect(aside).toContainText(`${numbers[0]}番`);
	await expect(aside).toContainText('今の答え: 転居');
	await axe(desk);
	await fits(desk);
	await aside.getByRole('button', { name: 'この答えにする' }).click();
	await expect(aside).toHaveCount(0);
	await desk.context().close();
});

test('the guidance office writes down what a host told it by telephone', async ({ browser, net }) => {
	const context = await browser.newContext({ baseURL: net.origin, locale: 'ja-JP', serviceWorkers: 'block' });
	const page = await context.newPage();
	await signIn(page, 'guidance');
	await page.goto('/pockets/run-ins');
	await page.getByRole('link', { name: '電話で聞いた記録を書く' }).click();
	await axe(page);
	await fits(page);
	await page.getByRole('checkbox', { name: '体調が悪い' }).check();
	await page.getByLabel('かけこんだ先の登録番号').fill('999999');
	await page.getByRole('button', { name: 'この内容で記録する' }).click();
	await expect(page.getByText('この番号の登録はありません。', { exact: false }).first()).toBeVisible();
	await expect(page.getByRole('checkbox', { name: '体調が悪い' })).toBeChecked();
	await page.getByLabel('かけこんだ先の登録番号').fill('１');
	await page.getByRole('button', { name: 'この内容で記録する' }).click();
	await expect(page.getByText('市の職員')).toBeVisible();
	await expect(page.getByText('体調が悪い')).toBeVisible();
	await context.close();
});
