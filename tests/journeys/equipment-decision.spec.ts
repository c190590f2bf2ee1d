/** What the desk does with a request: the clerk proposes, the approver decides, alone and many at once; the city's rules. */
import type { Page } from '@playwright/test';
import { jstDay } from '../../src/lib/calendar/day.ts';
import { newId } from '../../src/lib/server/db/ids.ts';
import { town } from '../../src/demo/town.ts';
import { axe, expect, fits, signIn, test, withoutWorker } from './fixtures.ts';
import type { Server } from './server.ts';
import { rowsIn } from './town.ts';

test.use(withoutWorker);

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const one = (server: Server, sql: string, ...values: string[]) => String(rowsIn(server, sql, ...values)[0]);

async function post(page: Page, server: Server, path: string, form: Record<string, string>): Promise<void> {
	const answer = await page.request.post(path, { form, headers: { origin: server.origin }, maxRedirects: 0 });
	expect(answer.status(), path).toBeLessThan(400);
}

/** A new item of which so many lie in the store. */
async function stocked(page: Page, server: Server, name: string, pieces: number): Promise<string> {
	await signIn(page, 'safety');
	await post(page, server, '/equipment/items/new', { name, unit: '着', mode: 'issue', sizes: '', reorderAt: '' });
	const id = one(server, 'SELECT id FROM item WHERE name = ?', name);
	const [year, month, date] = jstDay(new Date()).split('-') as [string, string, string];
	await post(page, server, `/equipment/items/${id}?/move`, {
		...{ kind: 'received', size: '', pieces: String(pieces), reason: '購入' },
		...{ 'on.year': year, 'on.month': month, 'on.day': date }
	});
	return id;
}

/** The leader of 本町北町会 asks for it. Returns the receipt number as it stands on the screen. */
async function ask(page: Page, server: Server, item: string, pieces: number): Promise<{ id: string; number: string }> {
	await signIn(page, 'leader');
	const id = newId();
	const form = { id, association: town.associations.honcho, plan: '夜間の見守り', as: 'send' };
	await post(page, server, '/equipment/requests/new', { ...form, [`n:${item}:`]: String(pieces) });
	await page.goto(`/equipment/requests/${id}`);
	return { id, number: (await title(page).textContent())!.trim() };
}
const pieces = (page: Page, of: string) => page.getByRole('textbox', { name: `${of}の数`, exact: true });
const reason = (page: Page, of: string) => page.getByRole('textbox', { name: `${of}の理由`, exact: true });

test('the clerk proposes, the approver decides part of it, the body reads why', async ({ page, server }, info) => {
	const item = `夜光たすき𠮷 ${info.project.name}`;
	const { id, number } = await ask(page, server, await stocked(page, server, item, 4), 6);
	await signIn(page, 'safety');
	await page.goto('/home');
	await page.getByRole('link', { name: '審査を待っている資機材の申請' }).click();
	await expect(page.getByRole('row', { name: number })).toBeVisible();
	await axe(page);
	await fits(page);
	const csv = await page.request.get('/equipment/requests/csv?state=sent');
	expect(await csv.text()).toContain(item);

	// By key: into the table, down, choose, open.
	const table = page.getByRole('region', { name: '資機材の申請' });
	const rows = table.getByRole('row').filter({ has: page.getByRole('link') });
	await expect(async () => {
		await table.focus();
		await page.keyboard.press('j');
		await expect(rows.nth(0).getByRole('link')).toBeFocused({ timeout: 1000 });
	}).toPass();
	await page.keyboard.press('j');
	await expect(rows.nth(1).getByRole('link')).toBeFocused();
	await page.keyboard.press('x');
	await expect(rows.nth(1).getByRole('checkbox')).toBeChecked();
	await expect(page.getByText('1件を選んでいます')).toBeVisible();
	await page.keyboard.press('k');
	await page.keyboard.press(' ');
	await expect(rows.nth(0).getByRole('checkbox')).toBeChecked();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/equipment\/requests\/[0-9a-f-]{36}$/);

	await page.goto(`/equipment/requests/${id}`);
	await page.getByRole('link', { name: '審査する' }).click();
	await expect(title(page)).toHaveText(`${number} の審査`);
	await expect(pieces(page, item)).toHaveValue('4');
	await expect(reason(page, item)).toHaveValue('在庫が4のため');
	await expect(page.getByText('4 → 0着')).toBeVisible();
	await axe(page);
	await fits(page);
	// More than was asked, then less without a reason: said at the box, nothing typed is lost.
	const pass = page.getByRole('button', { name: 'この案で決裁に回す' });
	await page.getByLabel('決裁者へのひとこと').fill('来月入荷します');
	await pieces(page, item).fill('７');
	await pass.click();
	await expect(page.getByText(`${item}: 申請の数（6）までにしてください`)).toBeVisible();
	await expect(pieces(page, item)).toHaveValue('７');
	await axe(page);
	await pieces(page, item).fill('3');
	await reason(page, item).fill('');
	await pass.click();
	await expect(page.getByText(`${item}の理由: 理由を書いてください`)).toBeVisible();
	await expect(page.getByLabel('決裁者へのひとこと')).toHaveValue('来月入荷します');
	await fits(page);
	await reason(page, item).fill('残りは入荷のあと');
	await pass.click();
	await expect(page.getByText('決裁待ち')).toBeVisible();
	// Four eyes: the clerk may make the proposal anew, and no more.
	await page.goto(`/equipment/requests/${id}/decision`);
	await expect(page.getByText(/決裁案が決定を待っています/)).toBeVisible();
	await expect(page.getByRole('button', { name: /支給を決定する/ })).toHaveCount(0);
	const seen = one(server, 'SELECT changedAt FROM request WHERE id = ?', id);
	const forced = await page.request.post(`/equipment/requests/${id}/decision?/decide`, {
		form: { seen, words: '' },
		headers: { origin: server.origin, accept: 'text/html' }
	});
	expect(forced.status()).toBe(404);

	await signIn(page, 'leader');
	await page.goto(`/equipment/requests/${id}`);
	await expect(page.getByText('決裁待ち')).toBeVisible();
	await expect(page.getByText(/残りは入荷のあと|来月入荷します/)).toHaveCount(0);

	await signIn(page, 'approver');
	await page.goto('/home');
	await page.getByRole('link', { name: '決定を待っている資機材の申請' }).click();
	await page.getByRole('link', { name: number }).click();
	await page.getByRole('link', { name: '決裁案と決定の画面へ' }).click();
	await expect(title(page)).toHaveText(`${number} の決定`);
	await expect(page.getByText(/決裁案を作った人: /)).toBeVisible();
	await expect(pieces(page, item)).toHaveValue('3');
	await pieces(page, item).fill('2');
	await expect(page.getByText('4 → 2着')).toBeVisible();
	await axe(page);
	await fits(page);
	await page.getByRole('button', { name: 'この内容で支給を決定する' }).click();
	await expect(title(page)).toHaveText(number);
	await expect(page.getByRole('row', { name: item })).toContainText('2着');
	await page.goto(`/equipment/requests/${id}/decision`);
	await expect(page.getByText('この申請は、いまここで決めることはありません。')).toBeVisible();
	await axe(page);
	await fits(page);

	await signIn(page, 'leader');
	await page.goto('/equipment/requests');
	await expect(page.getByRole('listitem').filter({ hasText: number })).toContainText('支給決定');
	await axe(page);
	await fits(page);
	await page.getByRole('link', { name: number }).click();
	await expect(page.getByRole('row', { name: item })).toContainText('残りは入荷のあと');
});

test('short stock is shared over many at once; what somebody else moved on is named and the rest stays typed', async ({
	page,
	server
}, info) => {
	const item = `反射バンド ${info.project.name}`;
	const shelf = await stocked(page, server, item, 6);
	const a = await ask(page, server, shelf, 5);
	const b = await ask(page, server, shelf, 5);
	await signIn(page, 'safety');
	await page.goto('/equipment/requests?state=sent');
	for (const { number } of [a, b]) await page.getByRole('checkbox', { name: `${number}を選ぶ` }).check();
	await page.getByRole('button', { name: '選んだ申請をまとめて決める' }).click();
	await expect(title(page)).toHaveText('まとめて審査する');
	const boxes = [a, b].map(({ number }) => pieces(page, `${number} ${item}`));
	for (const box of boxes) await expect(box).toHaveValue('3');
	await expect(reason(page, `${a.number} ${item}`)).toHaveValue(
		'在庫6に対し申請が10のため、各団体に1ずつ配り、残りを構成員数と活動回数で配分'
	);
	await expect(page.getByText('6 → 0着')).toBeVisible();
	await axe(page);
	await fits(page);
	await boxes[0]!.fill('2');
	await expect(page.getByText('6 → 1着')).toBeVisible();

	// Another tab is first with one of them.
	const other = await page.context().newPage();
	await other.goto(`/equipment/requests/${b.id}/decision`);
	await other.getByRole('button', { name: 'この案で決裁に回す' }).click();
	await expect(other.getByText('決裁待ち')).toBeVisible();
	await other.close();
	await page.getByRole('button', { name: '2件の案をまとめて決裁に回す' }).click();
	await expect(page.getByText(`${b.number} は、この画面を開いたあとにほかの人が進めました。`)).toBeVisible();
	await expect(boxes[0]!).toHaveValue('2');
	await axe(page);
	await fits(page);
	expect(one(server, 'SELECT state FROM request WHERE id = ?', a.id)).toBe('sent');
	// It is no longer among them; the others go on.
	await expect(boxes[1]!).toHaveCount(0);
	await page.getByRole('button', { name: '1件の案をまとめて決裁に回す' }).click();
	await expect(page).toHaveURL(/state=prepared/);

	await signIn(page, 'approver');
	await page.goto(`/equipment/requests/decide?id=${a.id}&id=${b.id}`);
	await expect(title(page)).toHaveText('まとめて決定する');
	await axe(page);
	await fits(page);
	await page.getByRole('checkbox', { name: `${b.number}をまとめて決める` }).uncheck();
	await page.getByRole('button', { name: '1件をまとめて決定する' }).click();
	await expect(page).toHaveURL(/\/equipment\/requests$/);
	const state = (id: string) => one(server, 'SELECT state FROM request WHERE id = ?', id);
	expect([state(a.id), state(b.id)]).toEqual(['approved', 'prepared']);

	// What cannot be decided here is said, and nothing chosen is no fault.
	await page.goto(`/equipment/requests/decide?id=${a.id}`);
	await expect(page.getByText('選んだ申請のうち1件は、ここでは決められません')).toBeVisible();
	await axe(page);
	await fits(page);
	await page.goto('/equipment/requests/decide');
	await expect(page.getByText('決められる申請が選ばれていません')).toBeVisible();
	// Somebody else's eyes, unless the city says otherwise: settled on the page of the rules.
	await signIn(page, 'safety');
	await page.goto('/equipment/policy');
	await page.getByLabel('一人で審査と決定をしてよい').check();
	await page.getByRole('button', { name: '支給基準を保存する' }).click();
	await expect(page.getByText('支給基準を保存しました')).toBeVisible();
	await page.goto(`/equipment/requests/${b.id}/decision`);
	await page.getByRole('button', { name: 'この内容で支給を決定する' }).click();
	await expect(title(page)).toHaveText(b.number);
	expect(state(b.id)).toBe('approved');
	await page.goto('/equipment/policy');
	await expect(page.getByLabel('一人で審査と決定をしてよい')).toBeChecked();
	await page.getByLabel('一人で審査と決定をしてよい').uncheck();
	await page.getByRole('button', { name: '支給基準を保存する' }).click();
	await expect(page.getByText('支給基準を保存しました')).toBeVisible();
});

test('the rules of the city are boxes: wrong ones are said, right ones hold', async ({ page }) => {
	await signIn(page, 'safety');
	await page.goto('/equipment/requests');
	await page.getByRole('link', { name: '支給基準' }).click();
	await expect(title(page)).toHaveText('支給基準');
	await expect(page.getByText('1回の申請 20着')).toBeVisible();
	await axe(page);
	await fits(page);
	const save = page.getByRole('button', { name: '支給基準を保存する' });
	const members = page.getByLabel('構成員の数');
	const kept = await members.inputValue();
	await members.fill('たくさん');
	await page.getByLabel('受付の初日').fill('13/40');
	await page.getByLabel('補助金の決まり').fill('<b>2分の1</b>、上限20万円');
	await save.click();
	await expect(page.getByText('構成員の数: 整数で入力してください（例 12）。')).toBeVisible();
	await expect(page.getByText('受付の初日: 月日を入力してください（例 5/1）。')).toBeVisible();
	await expect(members).toHaveValue('たくさん');
	await axe(page);
	await fits(page);
	await members.fill(kept);
	await page.getByLabel('受付の初日').fill('');
	await save.click();
	await expect(page.getByText('支給基準を保存しました')).toBeVisible();
	await page.reload();
	await expect(page.getByLabel('補助金の決まり')).toHaveValue('<b>2分の1</b>、上限20万円');
	await expect(members).toHaveValue(kept);
	await page.getByLabel('補助金の決まり').fill('補助金はありません');

	// A colleague saves first: nothing is written over unseen, and what was typed stays. Pressed again, it is meant.
	const other = await page.context().newPage();
	await other.goto('/equipment/policy');
	await other.getByLabel('補助金の決まり').fill('上限10万円');
	await other.getByRole('button', { name: '支給基準を保存する' }).click();
	await expect(other.getByText('支給基準を保存しました')).toBeVisible();
	await save.click();
	await expect(page.getByText('ほかの人が支給基準を保存しました')).toBeVisible();
	await expect(page.getByLabel('補助金の決まり')).toHaveValue('補助金はありません');
	await axe(page);
	await fits(page);
	await other.reload();
	await expect(other.getByLabel('補助金の決まり')).toHaveValue('上限10万円');
	await other.close();
	const [now] = await Promise.all([
		page.waitForEvent('popup'),
		page.getByRole('link', { name: 'いまの支給基準を見る' }).click()
	]);
	await expect(now.getByLabel('補助金の決まり')).toHaveValue('上限10万円');
	await now.close();
	await save.click();
	await expect(page.getByText('支給基準を保存しました')).toBeVisible();
	await page.reload();
	await expect(page.getByLabel('補助金の決まり')).toHaveValue('補助金はありません');
});
