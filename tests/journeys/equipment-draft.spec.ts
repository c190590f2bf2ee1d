/** One device, several leaders: what one of them has typed and not sent is there for nobody else who signs in on it. */
import Database from 'better-sqlite3';
import type { Page } from '@playwright/test';
import { newId } from '#lib/server/db/ids.ts';
import { demoPeople, town } from '../../src/demo/town.ts';
import { expect, inOwnTown, signIn, type Login } from './fixtures.ts';
import type { Server } from './server.ts';
import { rowsIn } from './town.ts';

const test = inOwnTown();

const secret = '秘密の見回り 髙橋と𠮷田';
const plan = (page: Page) => page.getByLabel('活動計画');

/** Two more leaders: of the same body, and of another. */
async function moreLeaders(server: Server): Promise<void> {
	await server.stop();
	const file = new Database(server.database);
	try {
		const insert =
			file.prepare(`INSERT INTO role_grant (id, municipality, person, role, association, fromOn, untilOn, at)
			VALUES (?, ?, ?, 'leader', ?, '2020-04-01', '2099-03-31', ?)`);
		const { honcho, midori } = town.associations;
		insert.run(newId(), town.municipality, demoPeople.volunteer.id, honcho, Date.now());
		insert.run(newId(), town.municipality, demoPeople.school.id, midori, Date.now());
	} finally {
		file.close();
	}
	await server.start();
}

async function leave(page: Page): Promise<void> {
	await page.goto('/logout');
	await page.getByRole('button', { name: 'この端末から出る' }).click();
	await page.waitForURL((url) => url.pathname !== '/logout');
}

/** Everything the browser keeps of this address, as letters. */
const onDevice = (page: Page) =>
	page.evaluate(async () => {
		const letters = (value: unknown): string => {
			if (value instanceof ArrayBuffer) return new TextDecoder().decode(value);
			if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
			if (value === null || typeof value !== 'object') return String(value);
			return Object.values(value).map(letters).join(' ');
		};
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((fine, failed) => {
				request.onsuccess = () => fine(request.result);
				request.onerror = () => failed(request.error);
			});
		const found: string[] = [letters({ ...localStorage }), letters({ ...sessionStorage })];
		for (const { name } of await indexedDB.databases()) {
			const base = await done(indexedDB.open(name!));
			for (const store of base.objectStoreNames)
				found.push(letters(await done(base.transaction(store).objectStore(store).getAll())));
			base.close();
		}
		return found.join('\n');
	});

test('a draft on a shared device is shown to its writer alone, and lies there sealed', async ({ page, server }) => {
	await moreLeaders(server);
	await signIn(page, 'leader');
	await page.goto('/equipment/requests/new');
	await expect(page.getByText('送るまでこの端末に残ります')).toBeVisible();
	await plan(page).fill(secret);
	await page.getByLabel('腕章').fill('7');
	await expect(page.getByText('入力した内容はこの端末に残っています。')).toBeVisible();
	const kept = await onDevice(page);
	expect(kept).toMatch(/ request \d+ false /);
	expect(kept).not.toContain('秘密');
	expect(kept).not.toContain('𠮷田');

	for (const login of ['volunteer', 'school'] satisfies Login[]) {
		await leave(page);
		await signIn(page, login);
		await page.goto('/equipment/requests/new');
		// The form has opened this person's own store: what it keeps would stand there by now.
		await expect(page.getByText('送るまでこの端末に残ります')).toBeVisible();
		await expect(plan(page)).toHaveValue('');
		await expect(page.getByLabel('腕章')).toHaveValue('');
		await expect(page.getByText(/入力した続き/)).toHaveCount(0);
		expect(await page.content()).not.toContain('秘密');
	}
	// Not because it is gone: it waits for the one who wrote it.
	await leave(page);
	await signIn(page, 'leader');
	await page.goto('/equipment/requests/new');
	await expect(page.getByText(/に入力した続きです。まだ送っていません。/)).toBeVisible();
	await expect(plan(page)).toHaveValue(secret);
});

test('chosen files outlive a cut line with the form; after a reload the form says that they must be chosen again', async ({
	page,
	context,
	server
}) => {
	const files = page.getByLabel('ファイルや写真を選ぶ');
	const chosen = () => files.evaluate((box: HTMLInputElement) => [...(box.files ?? [])].map((one) => one.name));
	const pdf = { name: '計画.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nplan') };
	const stored = () => rowsIn(server, 'SELECT name FROM request_attachment WHERE name = ?', pdf.name);
	await signIn(page, 'leader');
	await page.goto('/equipment/requests/new');
	await expect(page.getByText(/送るまでこの端末に残ります|この端末に残っています/)).toBeVisible();
	await plan(page).fill('朝の見回り');
	await page.getByLabel('腕章').fill('1');
	await files.setInputFiles([pdf]);
	await expect(page.getByText('入力した内容はこの端末に残っています。')).toBeVisible();
	await context.setOffline(true);
	await page.getByRole('button', { name: '申請する', exact: true }).click();
	await expect(page.getByText('まだ送れていません')).toBeVisible();
	expect(await chosen()).toEqual([pdf.name]);
	await context.setOffline(false);
	await page.reload();
	await expect(page.getByText('選んだファイルは残っていません。もう一度選んでください。')).toBeVisible();
	await expect(plan(page)).toHaveValue('朝の見回り');
	expect(await chosen()).toEqual([]);
	expect(stored()).toEqual([]);
	await files.setInputFiles([pdf]);
	await page.getByRole('button', { name: '申請する', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^令和\d+-防資-\d{3}$/);
	expect(stored()).toEqual([pdf.name]);
});
