/** Papers of the year: the sheet a leader takes to the assembly, a member's certificate of hours, and the bars of five years. */
import { demoPeople, town } from '../../src/demo/town.ts';
import { axe, expect, fits, signIn, test, withoutWorker } from './fixtures.ts';

test.use(withoutWorker);

test('the leader finds the sheet of the own body and a certificate for a member; the member has it, too', async ({
	page
}) => {
	await signIn(page, 'leader');
	await page.goto('/reports/2024/activities');
	await page.getByRole('link', { name: '本町北町会の総会資料' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('本町北町会 令和6年度(2024年度)の防犯・見守り活動');
	// The line the report prints for the body, and as many runs in its months.
	await expect(page.getByRole('row', { name: '防犯パトロール 24回 116人' })).toBeVisible();
	await expect(page.getByRole('row', { name: '合計 27回 200人 10人' })).toBeVisible();
	await expect(page.getByRole('img', { name: '月ごとの回数: 令和6年4月 2回' })).toBeVisible();
	await expect(page.getByRole('row', { name: '令和6年6月26日(水) パトロール用ベスト 4着 支給' })).toBeVisible();
	await axe(page);
	await fits(page);
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('link', { name: '令和5年度(2023年度)' })).toBeHidden();
	await page.emulateMedia({ media: 'screen' });

	await page.goto('/members');
	await page.getByRole('link', { name: demoPeople.volunteer.name }).click();
	await page.getByRole('link', { name: '活動証明書を開く' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(`活動証明書 ${demoPeople.volunteer.name}さん`);
	await page.goto(page.url().replace(/\d{4}$/, '2024'));
	const paper = page.getByRole('article');
	await expect(paper).toContainText('令和6年4月27日から令和7年3月22日まで');
	await expect(paper.getByRole('row', { name: '防犯パトロール 18回 18時間0分' })).toBeVisible();
	await expect(paper).toContainText(demoPeople.leader.name);
	await axe(page);
	await fits(page);
	const said = await paper.getByRole('table').allInnerTexts();

	await signIn(page, 'volunteer');
	await page.goto('/certificates/2024');
	await expect(paper).toHaveCount(1);
	expect(await paper.getByRole('table').allInnerTexts()).toEqual(said);
	for (const path of [`/reports/2024/bodies/${town.associations.honcho}`, '/reports/2024/charts'])
		expect((await page.request.get(path)).status()).toBe(404);
});

test('five years stand side by side, and each number opens its rows', async ({ page }) => {
	await signIn(page, 'safety');
	await page.goto('/reports/2024');
	await page.getByRole('link', { name: '5年間の推移' }).click();
	const runs = page
		.getByRole('figure')
		.filter({ has: page.getByRole('heading', { name: '市のパトロール回数', exact: true }) });
	await expect(runs.getByRole('img')).toHaveAccessibleName(
		'市のパトロール回数: 令和2年度 未記録、令和3年度 未記録、令和4年度 未記録、令和5年度 203回、令和6年度 202回'
	);
	await expect(runs.locator('rect')).toHaveCount(2);
	await expect(page.getByRole('table', { name: 'カンガルーのポケットの増減' })).toContainText('61');
	await axe(page);
	await fits(page);
	await runs.getByText('数の表と内訳').click();
	await runs.getByRole('link', { name: '202回' }).click();
	await expect(page).toHaveURL(/\/reports\/2024\/patrols\?programme=cityCar/);
});
