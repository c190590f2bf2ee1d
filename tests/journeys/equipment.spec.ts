/** The store of the safety section: items, movements, a mistake mended, a count. */
import { fiscalYearAt } from '../../src/lib/calendar/fiscal-year.ts';
import { axe, expect, fits, signIn, test, withoutWorker } from './fixtures.ts';

test.use(withoutWorker);

test('the clerk keeps the store: an item, what came in and went out, a mistake, a count', async ({ page }, info) => {
	const vest = `反射ベスト𠮷 ${info.project.name}`;
	await signIn(page, 'safety');
	await page.goto('/equipment/stock');
	await expect(page.getByRole('link', { name: 'パトロール用ベスト' })).toBeVisible();
	await axe(page);
	await fits(page);

	// A new item in two sizes; its number for ordering typed in full width.
	await page.getByRole('link', { name: '品目を加える' }).click();
	await page.getByLabel('品目').fill('パトロール用ベスト');
	await page.getByLabel('単位').fill('着');
	await page.getByLabel(/^サイズ/).fill('M、L');
	await page.getByLabel('発注のめやす').fill('５');
	await page.getByRole('button', { name: '保存する' }).click();
	await expect(page.getByText('同じ名前の品目があります。').first()).toBeVisible();
	await expect(page.getByLabel(/^サイズ/)).toHaveValue('M、L');
	await axe(page);
	await fits(page);
	await page.getByLabel('品目').fill(vest);
	await page.getByRole('button', { name: '保存する' }).click();
	await expect(page.getByRole('heading', { name: vest })).toBeVisible();
	await expect(page.getByText('残りわずか')).toBeVisible();
	// There is none of it: the home page asks for it.
	await page.goto('/home');
	await page.getByRole('link', { name: '在庫が残りわずかの資機材' }).click();
	await page.getByRole('link', { name: vest }).click();

	const move = async (kind: string, pieces: string, reason: string) => {
		await page.getByRole('radio', { name: kind, exact: true }).check();
		await page.getByRole('combobox', { name: /サイズ/ }).selectOption('M');
		await page.getByLabel(/^数/).fill(pieces);
		await page.locator('#field-reason').fill(reason);
		await page.getByRole('button', { name: '受払簿に書く' }).click();
	};
	await move('受入', '１０', '<script>alert(1)</script> 購入');
	await expect(page.getByText(/受払簿の\d+番に書きました/)).toBeVisible();
	await expect(page.getByText('在庫 10・引当 0')).toBeVisible();
	// More than lies there: said at the field, everything typed is still there.
	await move('払出', '11', '展示用');
	await expect(page.getByText('渡せる数は10です。それより多くは書けません。').first()).toBeVisible();
	await expect(page.getByLabel(/^数/)).toHaveValue('11');
	await expect(page.locator('#field-reason')).toHaveValue('展示用');
	await move('払出', '4', '展示用');
	await expect(page.getByText('在庫 6・引当 0')).toBeVisible();

	// It was a mistake: a line the other way around, and the first one says so.
	const issued = page.getByRole('row', { name: /展示用/ });
	await issued.getByText('取り消す').click();
	await issued.getByLabel('理由').fill('打ち間違い');
	await issued.getByRole('button', { name: '取消の行を書く' }).click();
	await expect(page.getByText('在庫 10・引当 0')).toBeVisible();
	await expect(page.getByText(/\d+番で取消/)).toBeVisible();
	await axe(page);
	await fits(page);

	// The count: one is missing, and somebody else moved another item meanwhile.
	await page.goto('/equipment/stocktakes/new');
	await page.getByLabel(`${vest} M`).fill('９');
	await page.getByLabel('拍子木').fill('-2');
	await page.getByRole('button', { name: '棚卸を確定する' }).click();
	await expect(page.getByText('整数で入力してください（例 12）。').first()).toBeVisible();
	await expect(page.getByLabel(`${vest} M`)).toHaveValue('９');
	await axe(page);
	await fits(page);
	await page.getByLabel('拍子木').fill('');
	await page.getByRole('button', { name: '棚卸を確定する' }).click();
	await expect(page.getByText('1件を数え、1件に差がありました。')).toBeVisible();
	await expect(page.getByRole('row', { name: new RegExp(`${vest} M`) })).toContainText('−1');
	await axe(page);
	await fits(page);
	await page.goto('/equipment/ledger');
	await expect(page.getByRole('row', { name: /棚卸調整/ }).filter({ hasText: vest })).toContainText('9着');
	await axe(page);
	await fits(page);
	const csv = await page.request.get(`/equipment/ledger/csv?year=${fiscalYearAt(new Date())}`);
	expect(await csv.text()).toContain(vest);
});

test('a file of the store: what it would do, then done, then nothing more to do', async ({ page }, info) => {
	const flag = `のぼり旗 ${info.project.name}`;
	await signIn(page, 'safety');
	await page.goto('/equipment/import');
	const look = async (text: string) => {
		await page
			.getByLabel(/CSVファイル/)
			.setInputFiles({ name: 'store.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
		await page.getByRole('button', { name: '内容を確かめる' }).click();
	};
	await look(`品目,単位,在庫\n${flag},枚,たくさん`);
	await expect(page.getByText('在庫: 整数で入力してください（例 12）。')).toBeVisible();
	await expect(page.getByRole('button', { name: '取り込む', exact: true })).toHaveCount(0);
	await axe(page);
	await fits(page);
	await look(`品目,単位,在庫\n${flag},枚,２４`);
	await page.getByRole('button', { name: '取り込む', exact: true }).click();
	await expect(page.getByText('加わった行 1')).toBeVisible();
	await look(`品目,単位,在庫\n${flag},枚,24`);
	await expect(page.getByText('変わらない', { exact: true })).toBeVisible();
	await page.goto('/equipment/stock');
	await expect(page.getByRole('row', { name: flag })).toContainText('24枚');
});

test('the approver reads the store and changes nothing in it', async ({ page }) => {
	await signIn(page, 'approver');
	await page.goto('/equipment/stock');
	await page.getByRole('link', { name: '腕章', exact: true }).click();
	await expect(page.getByRole('heading', { name: '受払簿' })).toBeVisible();
	await expect(page.getByRole('button', { name: '受払簿に書く' })).toHaveCount(0);
	await expect(page.getByText('取り消す')).toHaveCount(0);
});
