/** What is reserved goes out of the store: at the counter with a signature, and from a store room without network. */
import Database from 'better-sqlite3';
import { axe, expect, fits, signIn, test } from './fixtures.ts';
import { every, online, ready, sendNow, test as onPhone } from './onPhone.ts';
import { sign } from './pen.ts';

const body = '前原小見守りの会';
const vest = 'パトロール用ベスト';
const flag = '横断旗';

/** Hand-overs to this person, and the pieces that the ledger let out for them. */
function handedTo(file: string, name: string): { handovers: number; states: string[]; pieces: number } {
	const db = new Database(file, { readonly: true });
	try {
		const rows = db.prepare('SELECT id, state FROM handover WHERE receivedBy = ? ORDER BY id').all(name) as {
			id: string;
			state: string;
		}[];
		const pieces = rows.reduce(
			(sum, { id }) =>
				sum +
				(db
					.prepare('SELECT coalesce(sum(pieces), 0) FROM stock_movement WHERE handover = ?')
					.pluck()
					.get(id) as number),
			0
		);
		return { handovers: rows.length, states: rows.map((row) => row.state), pieces };
	} finally {
		db.close();
	}
}

test('what is out on loan, and until when', async ({ page }) => {
	await signIn(page, 'safety');
	await page.goto('/equipment/requests');
	await page.getByRole('link', { name: '貸与中の資機材' }).click();
	const lent = page.getByRole('row').filter({ hasText: '拡声器' });
	await expect(lent).toContainText('本町小学校PTA');
	await axe(page);
	await fits(page);
	await page.getByRole('link', { name: /^期限切れ/ }).click();
	await expect(page.getByText('該当する貸与はありません')).toBeVisible();
});

test('at the counter: a part with a signature, one is lost, another is undone', async ({ page, server }, info) => {
	const name = `髙橋 𠮷子 ${info.project.name}`;
	await signIn(page, 'safety');
	await page.goto('/home');
	await page.getByRole('link', { name: '渡す用意のある申請' }).click();
	await expect(page.getByRole('heading', { name: '受渡し準備' })).toBeVisible();
	await expect(page.getByRole('heading', { name: '品目ごとの合計' })).toBeVisible();
	await axe(page);
	await fits(page);
	await page.getByRole('rowgroup').filter({ hasText: body }).getByRole('link', { name: '渡す' }).click();
	await expect(page.getByRole('heading', { name: '受渡し', exact: true })).toBeVisible();
	await expect(page.getByText(/この日付は令和\d+年度\(\d+年度\)に数えます/)).toBeVisible();
	await axe(page);
	await fits(page);

	// More than is reserved, and nobody's name: said at the fields, what was typed is still there.
	const hand = page.getByRole('button', { name: '受渡しを記録する' });
	await page.getByLabel(vest).fill('９９');
	await page.getByLabel(flag).fill('');
	await hand.click();
	await expect(page.getByText('入力してください。').first()).toBeVisible();
	await expect(page.getByLabel(vest)).toHaveValue('９９');
	await page.getByLabel('受け取った人の名前').fill(name);
	await sign(page);
	await hand.click();
	await expect(page.getByText(/引き当ててある数（\d+）までです/).first()).toBeVisible();
	await expect(page.getByRole('img', { name: '署名があります' })).toBeVisible();
	await expect(page.getByLabel(flag)).toHaveValue('');
	await axe(page);
	await page.getByLabel(vest).fill('1');
	await hand.click();
	await expect(page.getByText('受渡しを記録しました')).toBeVisible();
	await expect(page.getByRole('img', { name: `${name}の署名` })).toBeVisible();
	expect(handedTo(server.database, name)).toEqual({ handovers: 1, states: ['booked'], pieces: -1 });
	await axe(page);
	await fits(page);

	// It was lost afterwards: the ledger stays as it is, and the hand-over cannot be undone any more.
	const first = page.getByRole('article').filter({ hasText: name });
	await first.getByText('返納・破損・亡失を記録する').click();
	await first.getByLabel('どうなったか').selectOption({ label: '亡失' });
	await first.getByLabel('数').fill('2');
	await first.getByLabel('理由').first().fill('巡回中に紛失');
	await first.getByRole('button', { name: '記録する', exact: true }).click();
	await expect(page.getByText('手元にある数（1）までです').first()).toBeVisible();
	await axe(page);
	await first.getByLabel('数').fill('1');
	await first.getByRole('button', { name: '記録する', exact: true }).click();
	await expect(first.getByText('巡回中に紛失')).toBeVisible();
	await expect(first.getByText('受渡しを取り消す')).toHaveCount(0);

	// Another one was for somebody else: undone, and reserved again.
	const second = `取消 ${info.project.name}`;
	await page.getByLabel(vest).fill('');
	await page.getByLabel(flag).fill('1');
	await page.getByLabel('受け取った人の名前').fill(second);
	await hand.click();
	const article = page.getByRole('article').filter({ hasText: second });
	await article.getByText('受渡しを取り消す').click();
	await article.getByLabel('理由').last().fill('別の団体の分だった');
	await article.getByRole('button', { name: '理由を付けて取り消す' }).click();
	await expect(article.getByText('取消', { exact: true })).toBeVisible();
	expect(handedTo(server.database, second)).toEqual({ handovers: 1, states: ['undone'], pieces: 0 });

	await page.getByRole('link', { name: '申請へ戻る' }).click();
	await expect(page.getByRole('heading', { name: '受渡しの記録' })).toBeVisible();
	await expect(page.getByRole('link', { name: '受渡しへ' })).toBeVisible();
	await axe(page);
	await fits(page);
});

onPhone(
	'at a store room without network: saved there, the answer is lost, booked once',
	async ({ page, context, net, server }, info) => {
		const name = `森 一郎 ${info.project.name}`;
		await ready(page, net, 'safety');
		await online(context, false);
		await page.goto('/patrol');
		await page.getByRole('link', { name: /資機材を渡す（\d+件）/ }).click();
		await axe(page);
		await fits(page);
		await page.getByRole('link', { name: `${body}に渡す` }).click();
		const save = page.getByRole('button', { name: '受渡しを記録する' });
		await page.getByLabel(vest).fill('-1');
		await page.getByLabel(flag).fill('１');
		await save.click();
		await expect(page.getByText('整数で入力してください（例 12）。').first()).toBeVisible();
		await axe(page);
		await fits(page);
		await page.getByLabel(vest).fill('');
		await page.getByLabel('受け取った人の名前').fill(name);
		await sign(page);
		await expect(page.getByText('下書きは自動で保存されています')).toBeVisible();
		// The tab is killed: what was typed and signed is there.
		await page.reload();
		await expect(page.getByLabel('受け取った人の名前')).toHaveValue(name);
		await expect(page.getByLabel(flag)).toHaveValue('１');
		await expect(page.getByRole('img', { name: '署名があります' })).toBeVisible();
		await save.click();
		await expect(page.getByRole('heading', { name: 'この端末に保存しました' })).toBeVisible();
		await axe(page);
		expect(handedTo(server.database, name).handovers).toBe(0);
		await page.goto('/patrol/sent');
		await expect(page.getByRole('heading', { name: '送信待ち' })).toBeVisible();
		await expect(page.getByText('資機材の受渡し')).toBeVisible();
		await axe(page);
		await fits(page);

		// It arrives, and the phone does not hear of it: sent again it stays one.
		every(net, { is: 'dropAnswer' });
		await online(context, true);
		await expect.poll(() => handedTo(server.database, name).handovers).toBe(1);
		await sendNow(page);
		await expect(page.getByRole('heading', { name: '送信待ち' })).toBeVisible();
		net.fault = () => undefined;
		await sendNow(page);
		await expect(page.getByRole('heading', { name: '届いた' })).toBeVisible();
		await expect(page.getByRole('heading', { name: '送信待ち' })).toBeHidden();
		expect(handedTo(server.database, name)).toEqual({ handovers: 1, states: ['booked'], pieces: -1 });
	}
);

onPhone('more than was reserved: kept, told, and looked at in the office', async ({ page, net, server }, info) => {
	const name = `林 次郎 ${info.project.name}`;
	await ready(page, net, 'safety');
	await page.goto('/patrol/handover');
	await page.getByRole('link', { name: `${body}に渡す` }).click();
	await page.getByLabel(vest).fill('90');
	await page.getByLabel(flag).fill('');
	await expect(page.getByText('引き当てより多い品目があります')).toBeVisible();
	await page.getByLabel('受け取った人の名前').fill(name);
	await page.getByRole('button', { name: '受渡しを記録する' }).click();
	await expect(page.getByRole('heading', { name: 'この端末に保存しました' })).toBeVisible();
	await page.goto('/patrol/sent');
	await expect(page.getByText(/「要確認」として残しました/)).toBeVisible();
	expect(handedTo(server.database, name)).toEqual({ handovers: 1, states: ['unclear'], pieces: 0 });

	await page.goto('/home');
	await page.getByRole('link', { name: '要確認の受渡し' }).click();
	const card = page.locator('section.card').filter({ hasText: name });
	await card.getByRole('button', { name: '受払簿に書く' }).click();
	await expect(page.getByText(/引き当てが足りません/).first()).toBeVisible();
	await axe(page);
	await fits(page);
	await card.getByText('記録だけ残す').click();
	await card.getByRole('button', { name: '受払簿に書かずに残す' }).click();
	await expect(card).toHaveCount(0);
	expect(handedTo(server.database, name)).toEqual({ handovers: 1, states: ['dropped'], pieces: 0 });
});
