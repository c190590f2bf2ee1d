/** The plans a city publishes: from an empty one to a figure in its printed table, and the project it grades. */
import { axe, expect, fits, inOwnTown, signIn, withoutWorker } from './fixtures.ts';

const test = inOwnTown();
test.use(withoutWorker);

test('an empty plan gets a measure, a section and a line with a figure, and prints it; a change keeps the year before', async ({
	page
}) => {
	await signIn(page, 'safety');
	await page.goto('/reports/2026');
	await page.getByRole('link', { name: '施策の設定' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('施策の設定');
	await axe(page);
	await page.getByLabel('計画の名前').fill('巡回の計画');
	await page.getByRole('button', { name: '計画を作る' }).click();
	await expect(page.getByText('施策がまだありません')).toBeVisible();

	await page.getByLabel('施策の名前').fill('市の車の巡回');
	await page.getByRole('button', { name: '施策を加える' }).click();
	await expect(page.getByLabel('章')).toHaveAttribute('aria-invalid', 'true');
	await expect(page.getByLabel('施策の名前')).toHaveValue('市の車の巡回');
	await page.getByLabel('章').fill('1 見守り');
	await page.getByRole('button', { name: '施策を加える' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('施策1 市の車の巡回');
	await page.getByLabel('課', { exact: true }).or(page.locator('#field-section')).selectOption('地域安全課');
	await page.getByRole('button', { name: '担当課を加える' }).click();
	await expect(page.getByText('【地域安全課】')).toBeVisible();
	await axe(page);

	await page.getByRole('link', { name: '行を加える' }).click();
	const words = page.getByLabel('行の文');
	await words.fill('巡回 {cityRun}回');
	await page.getByRole('button', { name: '確かめる' }).click();
	await expect(page.getByText('「cityRun」という数はありません').first()).toBeVisible();
	await words.fill('巡回 ');
	await page.locator('summary', { hasText: '使える数' }).click();
	await page.getByRole('button', { name: '市のパトロール回数を入れる' }).click();
	await expect(words).toHaveValue('巡回 {cityRuns}');
	await page.getByRole('button', { name: '確かめる' }).click();
	await expect(
		page
			.getByRole('status')
			.getByText(/^・巡回 [\d,]+$/)
			.first()
	).toBeVisible();
	await axe(page);
	await fits(page);
	await page.getByRole('button', { name: '行を加える' }).click();
	await expect(page.getByText('・巡回 {cityRuns}')).toBeVisible();

	await page.getByRole('link', { name: /^直す/ }).click();
	await words.fill('車で{cityRuns}回巡回');
	await page.getByRole('radio', { name: /ある年度から変える/ }).check();
	await page.getByLabel('変える最初の年度').selectOption('2024');
	await page.getByRole('button', { name: '保存する' }).click();
	await expect(page.getByText('・車で{cityRuns}回巡回')).toBeVisible();
	await page.goto('/settings/measures');
	await page.getByRole('button', { name: 'この計画を印刷する' }).click();
	await expect(page.getByText('保存しました。')).toBeVisible();
	await page.goto('/reports/2024');
	await expect(page.getByText('・巡回 203')).toBeVisible();
	await expect(page.getByText('・車で202回巡回')).toBeVisible();

	await page.goto('/settings/measures/figures');
	const row = page.getByRole('row', { name: /支給した防犯資機材/ });
	for (const use of ['推進計画 施策2', '推進計画 施策16', '地域福祉計画 事業6'])
		await expect(row.getByRole('link', { name: new RegExp(`${use}$`) })).toBeVisible();
	await axe(page);
	await fits(page);
});

test('a section grades its project: the draft stands ready, and its sentence stays', async ({ page }) => {
	await signIn(page, 'safety');
	await page.goto('/reports/2024');
	await page.getByRole('link', { name: '総合評価' }).click();
	await expect(page.getByText('・支給団体数:4団体、支給総数:18個')).toBeVisible();
	await expect(page.getByText('・支給団体数:12団体、支給総数:299個')).toBeVisible();
	await axe(page);
	await page.goto('/reports/2025/evaluation');
	await page.getByRole('link', { name: '評価を書く' }).click();
	const words = page.getByLabel('評価の文');
	await expect(words).toHaveValue(/^令和7年度は、.*（令和6年度は4団体、18個）。/);
	const draft = await words.inputValue();
	await page.getByRole('button', { name: '保存する' }).click();
	await expect(page.getByText('評価を選んでください。').first()).toBeVisible();
	await page.getByRole('radio', { name: /^C/ }).check();
	await words.fill('備えが足りない。');
	await page.getByRole('button', { name: '下書きを文の前に入れる' }).click();
	await expect(words).toHaveValue(`${draft}\n備えが足りない。`);
	await expect(page.getByRole('radio', { name: /^C/ })).toBeChecked();
	await axe(page);
	await fits(page);
	await page.getByRole('button', { name: '保存する' }).click();
	await expect(page.getByText('保存しました。')).toBeVisible();
	await expect(page.getByText('備えが足りない。')).toBeVisible();
	await signIn(page, 'approver');
	await page.goto('/reports/2025/evaluation');
	await expect(page.getByText('備えが足りない。')).toBeVisible();
	await expect(page.getByRole('link', { name: /評価を/ })).toHaveCount(0);
	await signIn(page, 'leader');
	expect((await page.request.get('/reports/2025/evaluation')).status()).toBe(404);
});
