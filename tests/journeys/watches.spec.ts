import ICAL from 'ical.js';
import { axe, expect, fits, signIn, test, withoutWorker } from './fixtures.ts';

test.use(withoutWorker);

const path = (url: string) => new URL(url).pathname;

test('a volunteer comes, cannot come after all, and takes it back', async ({ page }) => {
	await signIn(page, 'volunteer');
	await page.goto('/shifts');
	await fits(page);
	await axe(page);
	const open = page.locator('li.shift', { has: page.getByRole('button', { name: '出ます' }) }).first();
	const id = (await open.getAttribute('id'))!;
	const shift = page.locator(`li[id="${id}"]`);
	await open.getByRole('button', { name: '出ます' }).click();
	await expect(shift.getByText('出ることにしました')).toBeVisible();
	await expect(shift.getByRole('button', { name: '行けなくなりました' })).toBeVisible();
	await shift.getByRole('button', { name: '行けなくなりました' }).click();
	await expect(shift.getByText('取り消しました')).toBeVisible();
	await shift.getByRole('button', { name: '元に戻す' }).click();
	await expect(shift.getByRole('button', { name: '行けなくなりました' })).toBeVisible();
	await page.goto(`/shifts/${id}`);
	await fits(page);
	await axe(page);
	await expect(page.locator('main').getByText('髙橋 和子', { exact: true })).toBeVisible();
	await page.locator('#leave').getByRole('button', { name: '行けなくなりました' }).click();
	await expect(page.getByText('取り消しました')).toBeVisible();
});

test('signing up works without JavaScript', async ({ browser, server }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.origin, locale: 'ja-JP' });
	const page = await context.newPage();
	await signIn(page, 'volunteer');
	await page.goto('/shifts');
	const open = page.locator('li.shift', { has: page.getByRole('button', { name: '出ます' }) }).last();
	const id = (await open.getAttribute('id'))!;
	await open.getByRole('button', { name: '出ます' }).click();
	const shift = page.locator(`li[id="${id}"]`);
	await expect(shift.getByText('出ることにしました')).toBeVisible();
	await shift.getByRole('button', { name: '元に戻す' }).click();
	await expect(shift.getByRole('button', { name: '出ます' })).toBeVisible();
	await context.close();
});

test('the leader plans: place, weekly rule, shifts, somebody signed up, called off, and the person is told', async ({
	page,
	browser,
	server
}, info) => {
	const name = `梶野坂 ${info.project.name}`;
	await signIn(page, 'leader');
	await page.goto('/watches/places/new');
	await axe(page);
	await page.getByRole('radio', { name: '巡回コース' }).check();
	await page.getByLabel('名前').fill(name);
	await page.getByLabel('集合場所').fill('<script>alert(1)</script>𠮷野家前');
	// Typed points are as good as drawn ones; a press on the map adds another.
	await page.getByLabel('点の一覧').fill('３５．７０３７，１３９．５０３７\n35.7050, 139.5037');
	await expect(page.getByText('長さ 0.1km（2点）')).toBeVisible();
	await page.locator('.map-box .leaflet-marker-icon').first().waitFor();
	await page.locator('.map-box').click({ position: { x: 40, y: 200 } });
	await expect(page.getByText(/（3点）/)).toBeVisible();
	await page.getByRole('button', { name: '最後の点を消す' }).click();
	await page.getByRole('button', { name: '保存する' }).click();
	await expect(page.getByRole('rowheader', { name })).toBeVisible();
	await fits(page);
	await axe(page);

	await page.goto('/watches/rules/new');
	await axe(page);
	await page.getByLabel('場所').selectOption({ label: name });
	await page.getByLabel('内容').selectOption({ label: '防犯パトロール' });
	await page.getByLabel('土 始まり').fill('19:30');
	await page.getByLabel('土 終わり').fill('19:00');
	await page.getByRole('button', { name: '決まりを作る' }).click();
	await expect(page.getByText('終わりの時刻は、始まりより後にしてください。').first()).toBeVisible();
	await page.getByLabel('土 終わり').fill('20:30');
	await page.getByRole('button', { name: '決まりを作る' }).click();
	await expect(page.getByText(/これから60日の当番を\d+回ぶん作りました/)).toBeVisible();
	await fits(page);

	await page.goto('/watches');
	await fits(page);
	await axe(page);
	await page.getByRole('link', { name: '次の月' }).click();
	await page.getByRole('link', { name }).first().click();
	await page.getByText('名簿から入れる').click();
	await page.getByLabel('だれを入れますか').selectOption({ label: '髙橋 和子' });
	await page.getByRole('button', { name: 'この人を入れる' }).click();
	await expect(page.getByText('代理入力', { exact: true })).toBeVisible();
	await axe(page);
	await page.getByRole('link', { name: '中止にする' }).click();
	await axe(page);
	await page.getByRole('radio', { name: 'その他' }).check();
	await page.getByRole('button', { name: '中止にして知らせる' }).click();
	await expect(page.getByText('入力してください。').first()).toBeVisible();
	await page.getByLabel('ひとこと').fill('道路工事のため');
	await page.getByRole('button', { name: '中止にして知らせる' }).click();
	await expect(page.getByText('この当番は中止です（道路工事のため）')).toBeVisible();

	const theirs = await browser.newContext({ baseURL: server.origin, locale: 'ja-JP' });
	const phone = await theirs.newPage();
	await signIn(phone, 'volunteer');
	await phone.goto('/notices');
	await expect(phone.getByText('当番が中止になりました（道路工事のため）').first()).toBeVisible();
	await axe(phone);
	await phone.getByRole('button', { name: 'すべて読んだことにする' }).click();
	await expect(phone.getByText('新しい', { exact: true })).toHaveCount(0);
	await theirs.close();
});

test('the month sheet prints on A4 with names, boxes and a code', async ({ page }) => {
	await signIn(page, 'leader');
	await page.goto('/watches/sheet');
	await expect(page.getByRole('img', { name: 'スマホで申し込む' })).toBeVisible();
	await expect(page.getByText('本町北交差点').first()).toBeVisible();
	await axe(page);
	await fits(page);
});

test('the calendar address gives the watches to a calendar program until it is revoked', async ({ page }) => {
	await signIn(page, 'volunteer');
	await page.goto('/calendar');
	await axe(page);
	await page.getByRole('button', { name: /住所を作る/ }).click();
	const address = await page.getByLabel('カレンダーの住所').inputValue();
	const answer = await page.request.get(path(address));
	expect(answer.headers()['content-type']).toContain('text/calendar');
	const root = new ICAL.Component(ICAL.parse(await answer.text()) as ConstructorParameters<typeof ICAL.Component>[0]);
	const events = root.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
	expect(events.length).toBeGreaterThan(0);
	expect(events.some((one) => one.component.getFirstPropertyValue('status') === 'CANCELLED')).toBe(true);
	await page.reload();
	await expect(page.getByText(/から使えます/)).toBeVisible();
	await expect(page.getByLabel('カレンダーの住所')).toHaveCount(0);
	await page.locator('summary', { hasText: '住所を使えなくする' }).click();
	await page.getByRole('button', { name: '住所を使えなくする' }).click();
	await expect(page.getByText('住所を使えなくしました')).toBeVisible();
	expect((await page.request.get(path(address))).status()).toBe(404);
});

test('the clerk sees all bodies, sets closed days and campaigns; others do not find those pages', async ({
	page,
	browser,
	server
}, info) => {
	await signIn(page, 'safety');
	await page.goto('/watches');
	await expect(page.getByRole('link', { name: '本町北町会' })).toBeVisible();
	await fits(page);
	await axe(page);
	await page.goto('/watches/closed-days');
	await axe(page);
	await fits(page);
	await page.goto('/watches/campaigns');
	await page.getByLabel('名前').fill(`歳末特別警戒 ${info.project.name}`);
	await page.getByLabel('始まりの月').selectOption('12');
	await page.getByLabel('終わりの月').selectOption('1');
	await page.getByRole('button', { name: '加える' }).click();
	await expect(page.getByText(`歳末特別警戒 ${info.project.name}`)).toBeVisible();
	await axe(page);
	await fits(page);
	// Twelve months round, so that the greeting is on whenever this runs.
	await page.getByRole('link', { name: `歳末特別警戒 ${info.project.name}` }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('推進月間を直す');
	await page.getByLabel('始まりの月').selectOption('4');
	await page.getByLabel('終わりの月').selectOption('3');
	await page.getByLabel('呼びかけのことば').fill(`火の用心 ${info.project.name}`);
	await axe(page);
	await fits(page);
	await page.getByRole('button', { name: '保存する' }).click();
	await expect(page.getByText('保存しました。')).toBeVisible();
	await page.goto('/home');
	await expect(page.getByText(`火の用心 ${info.project.name}`)).toBeVisible();
	await page.goto('/watches/campaigns');
	await page.getByRole('link', { name: `歳末特別警戒 ${info.project.name}` }).click();
	await page.locator('summary', { hasText: 'この推進月間を終わりにする' }).click();
	await page.getByRole('button', { name: '終わりにする', exact: true }).click();
	await expect(page.getByText('終わりにしました。')).toBeVisible();
	await expect(page.getByText(`歳末特別警戒 ${info.project.name}`)).toBeHidden();
	const other = await browser.newContext({ baseURL: server.origin, locale: 'ja-JP' });
	const volunteer = await other.newPage();
	await signIn(volunteer, 'volunteer');
	for (const closed of [
		'/watches/campaigns',
		'/watches/closed-days',
		'/watches/rules',
		'/watches/places',
		'/watches/new'
	])
		expect((await volunteer.request.get(closed)).status(), closed).toBe(404);
	await volunteer.goto('/watches');
	expect(path(volunteer.url())).toBe('/shifts');
	await other.close();
});

test('a school sees the watches of its district without names', async ({ page }) => {
	await signIn(page, 'school');
	await page.goto('/watches');
	await expect(page.getByRole('link', { name: '本町北町会' })).toBeVisible();
	await page.getByRole('link', { name: '本町北町会' }).click();
	await expect(page.getByText('本町北交差点').first()).toBeVisible();
	await expect(page.locator('main')).not.toContainText('髙橋 和子');
	await page
		.getByRole('link', { name: /本町北交差点/ })
		.first()
		.click();
	await expect(page.locator('main')).not.toContainText('髙橋 和子');
	await axe(page);
});

test('a leader finds where the school route is far from help, and the paper says the same without a script', async ({
	page,
	browser,
	server
}) => {
	await signIn(page, 'leader');
	await page.goto('/watches');
	await page.getByRole('link', { name: '見守りのすき間' }).click();
	await expect(page.getByText('コースを選んでください').last()).toBeVisible();
	await page.getByLabel('コース').selectOption({ label: '本町小 通学路コース' });
	await page.getByLabel('曜日').selectOption('木');
	await page.getByLabel('時間').selectOption('下校（午後）');
	await page.getByRole('button', { name: '探す' }).click();
	await expect(page).toHaveURL(/weekday=4/);
	const gaps = page.getByRole('region', { name: '遠いところ' }).getByRole('listitem');
	await expect(gaps).toHaveCount(1);
	await expect(gaps).toContainText(
		/木曜日 14:30–16:00、本町五丁目.*の\d+ mに、開いているカンガルーのポケットがありません/
	);
	await expect(page.getByText('場所を知らせていない協力者がほかにいることがあります', { exact: false })).toBeVisible();
	await expect(
		page.getByText('木曜日の下校（午後）は、このコースに当番の予定がありません', { exact: false })
	).toBeVisible();
	// As many stretches on the map as in the list, each broken and with its edge.
	await expect(page.locator('path.map-part')).toHaveCount(1);
	await expect(page.locator('path.map-part-edge')).toHaveCount(1);
	await expect(page.locator('.map-pin')).toHaveText('1');
	await fits(page);
	await axe(page);

	const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: server.origin, locale: 'ja-JP' });
	const paper = await plain.newPage();
	await signIn(paper, 'leader');
	await paper.goto(page.url());
	await expect(paper.getByRole('region', { name: '遠いところ' }).getByRole('listitem')).toHaveText(
		(await gaps.textContent())!
	);
	await paper.getByLabel('時間').selectOption('登校（朝）');
	await paper.getByRole('button', { name: '探す' }).click();
	await expect(paper.getByText('木曜日 7:30–8:30', { exact: false }).first()).toBeVisible();
	await plain.close();
});
