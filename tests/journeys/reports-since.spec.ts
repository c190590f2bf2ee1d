/** 前回見たときから: what is different in the table since somebody saw it last, until they say that they have seen it. */
import { fiscalYearAt } from '../../src/lib/calendar/fiscal-year.ts';
import { demoPeople } from '../../src/demo/town.ts';
import { axe, expect, fits, signIn, test, withoutWorker } from './fixtures.ts';
import { rowsIn } from './town.ts';

test.use(withoutWorker);

const year = fiscalYearAt(new Date());

test('a cell written by the section is marked for who saw the table before, until they have seen it', async ({
	page,
	server
}) => {
	const looks = () =>
		rowsIn(server, 'SELECT at FROM table_look WHERE person = ? AND fiscalYear = ?', demoPeople.safety.id, String(year));
	await signIn(page, 'safety');
	await page.goto(`/reports/${year}`);
	// The first look is kept by itself, and nothing is said of it.
	await expect.poll(() => looks().length).toBe(1);
	await page.reload();
	const mark = page.getByText('変わりました', { exact: true });
	await expect(page.getByText(/^前回（.+）見たときから、変わったところはありません。$/)).toBeVisible();
	await expect(mark).toHaveCount(0);

	const cell = page.locator('[id^="cell-"]').filter({ hasText: 'パトロール回数' });
	await cell.getByRole('link', { name: '書き込む' }).click();
	await page.getByRole('textbox', { name: /に行ったこと/ }).fill('夜間の巡回を増やした');
	await page.getByRole('textbox', { name: /年度\)の予定/ }).fill('巡回を続ける');
	await page.getByRole('button', { name: '保存する' }).click();
	await expect(page.getByText('保存しました。')).toBeVisible();

	const notice = page.locator('form').filter({ hasText: '2か所 変わりました' });
	await expect(notice.getByRole('link')).toHaveCount(2);
	await expect(mark).toHaveCount(2);
	await notice.getByRole('link').first().click();
	const marked = page.locator(':target');
	await expect(marked).toBeInViewport();
	await marked.getByText('変わりました').click();
	await expect(marked.getByText('前回見たときの内容')).toBeVisible();
	await expect(marked.getByText('・車両数')).toBeVisible();
	await expect(marked.getByText('夜間の巡回を増やした')).toHaveCount(0);
	await axe(page);
	await fits(page);
	await page.emulateMedia({ media: 'print' });
	await expect(mark.first()).toBeHidden();
	await expect(notice).toBeHidden();
	await page.emulateMedia({ media: 'screen' });

	// Looking again leaves the marks: only who says so has seen them.
	await page.reload();
	await expect(mark).toHaveCount(2);
	await page.getByRole('button', { name: '確かめました' }).click();
	await expect(page.getByText('いまの表を、見たものとして覚えました。')).toBeVisible();
	await expect(mark).toHaveCount(0);
	await page.reload();
	await expect(page.getByText('変わったところはありません')).toBeVisible();
	expect(looks()).toHaveLength(1);
});
