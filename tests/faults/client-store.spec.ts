/** Faults of the browser's store: connections lost, no room, upgraded, two tabs, many records. */
import { expect } from '../journeys/fixtures.ts';
import {
	delivered,
	drain,
	every,
	fill,
	otherTab,
	pushes,
	ready,
	record,
	save,
	saveButton,
	saved,
	test,
	waits,
	walk
} from './field.ts';
import { allArrived, atServer, nothingLost, onPhone } from './oracle.ts';
import { fillDevice, multiply } from './outbox.ts';

test('a connection that is lost while saving is opened again, and the record is saved', async ({
	page,
	net,
	server
}) => {
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await fill(page, '接続が切れた');
	await page.evaluate(() => {
		const real = IDBDatabase.prototype.transaction;
		let left = 1;
		IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...all: Parameters<typeof real>) {
			if (all[1] === 'readwrite' && [all[0]].flat().includes('ops') && left-- > 0) {
				document.documentElement.dataset.lost = 'yes';
				throw new DOMException(
					'Connection to Indexed Database server lost. Refresh the page to try again',
					'UnknownError'
				);
			}
			return real.apply(this, all);
		};
	});
	await save(page);
	expect(await page.evaluate(() => document.documentElement.dataset.lost)).toBe('yes');
	await page.reload();
	await nothingLost([page], server.database, '接続が切れた', ['接続が切れた']);
	await drain(page, net);
	await allArrived([page], server.database, '接続が切れた', ['接続が切れた']);
});

test('a full device: nothing is called saved, the form stays, tiles go first, and with room again it is one record', async ({
	page,
	net,
	server,
	expectProblems
}) => {
	expectProblems(/Quota|この/);
	const browser = await page.context().newCDPSession(page);
	await browser.send('Storage.overrideQuotaForOrigin', { origin: net.origin, quotaSize: 16 << 20 });
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await page.evaluate(async () => {
		await (await caches.open('mp-tiles')).put('/tile.png', new Response(new Uint8Array(200_000)));
	});
	// As long as tiles and the like can make room, a record is saved; then it is not, and nothing else is said.
	const kept: string[] = [];
	const lost = page.getByText('この端末に保存できませんでした');
	do {
		await fill(page, `容量がいっぱい ${kept.length}`);
		await fillDevice(page);
		await saveButton(page).click();
		await page.getByRole('button', { name: 'このまま保存' }).click();
		await expect(lost.or(saved(page))).toBeVisible();
		if (await saved(page).isVisible()) kept.push(`容量がいっぱい ${kept.length}`);
	} while (kept.length < 5 && !(await lost.isVisible()));
	await expect(lost).toBeVisible();
	expect(await page.evaluate(() => caches.has('mp-tiles'))).toBe(false);
	await expect(page.getByLabel('備考', { exact: false })).toHaveValue(`容量がいっぱい ${kept.length}`);
	expect((await onPhone(page)).map(({ remarks }) => remarks).toSorted()).toEqual(kept);
	await browser.send('Storage.overrideQuotaForOrigin', { origin: net.origin });
	await save(page);
	await drain(page, net);
	await allArrived([page], server.database, '容量がいっぱい', [...kept, `容量がいっぱい ${kept.length}`]);
});

test('a browser that will not promise to keep the store says so while something waits', async ({ page, net }) => {
	await page.addInitScript(() => {
		StorageManager.prototype.persist = StorageManager.prototype.persisted = async () => false;
	});
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await record(page, '保存の約束なし');
	await page.goto('/patrol/sent');
	await expect(page.getByText('この端末は、記録を消すことがあります')).toBeVisible();
	await drain(page, net);
	await expect(page.getByText('この端末は、記録を消すことがあります')).toBeHidden();
});

test('two tabs that finish one draft at the same moment make one record', async ({ page, net, server }) => {
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await walk(page);
	await page.getByRole('button', { name: '終わる' }).click();
	await page.getByLabel(/備考/).fill('同時に終わる');
	await expect(page.getByText('下書きは自動で保存されています')).toBeVisible();
	const other = await otherTab(page, page.url());
	await expect(other.getByLabel(/備考/)).toHaveValue('同時に終わる');
	const anyway = [page, other].map((tab) => tab.getByRole('button', { name: 'このまま保存' }));
	for (const tab of [page, other]) await saveButton(tab).click();
	for (const button of anyway) await expect(button).toBeVisible();
	// Straight to the element: a click that waits until the page is still would not come at the same moment.
	await Promise.all(anyway.map((button) => button.evaluate((one: HTMLElement) => one.click())));
	await Promise.any([page, other].map((tab) => expect(saved(tab)).toBeVisible()));
	await expect.poll(async () => (await onPhone(page)).length).toBe(1);
	await drain(page, net);
	await allArrived([page], server.database, '同時に終わる', ['同時に終わる']);
});

test('two tabs that send together without a lock have one effect each', async ({ page, net, server }) => {
	await page.context().addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }));
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await record(page, '二つの画面で送る');
	const all = await multiply(page, 6);
	every(net, { is: 'hold' });
	const before = pushes(net);
	// Each begins to send when it opens; neither hears anything before both are under way.
	await page.goto('/patrol/sent');
	const other = await otherTab(page, '/patrol/sent');
	await expect.poll(() => pushes(net)).toBeGreaterThanOrEqual(before + 2);
	net.fault = () => undefined;
	await net.deliverLate();
	for (const tab of [page, other]) await expect(waits(tab)).toBeHidden();
	await allArrived([page, other], server.database, '二つの画面で送る', all);
});

test('a newer version of the app takes the store over: an open page lets go, an old one says so, the queue stays', async ({
	page,
	net
}) => {
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await record(page, '新しい版の端末');
	const waiting = await onPhone(page);
	const newer = await otherTab(page, '/offline');
	const upgraded = await newer.evaluate(async () => {
		const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('mp-store:'))!.name!;
		return new Promise<string>((done) => {
			const request = indexedDB.open(name, 99);
			request.onsuccess = () => {
				request.result.close();
				done('open');
			};
			request.onerror = () => done(String(request.error));
		});
	});
	expect(upgraded).toBe('open');
	await page.goto('/patrol');
	await expect(page.getByRole('heading', { name: 'アプリを新しくしてください' })).toBeVisible();
	expect(await onPhone(newer)).toEqual(waiting);
});

test('500 waiting records go in batches while the screens stay usable, each once', async ({ page, net, server }) => {
	test.setTimeout(150_000);
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await record(page, '五百件');
	const all = await multiply(page, 500);
	const before = pushes(net);
	every(net, { is: 'hold' });
	// It begins to send when it opens.
	await page.goto('/patrol/sent');
	await expect(waits(page)).toBeVisible();
	await expect.poll(() => pushes(net)).toBeGreaterThan(before);
	// While the first batch is under way another patrol is begun.
	await page.getByRole('link', { name: '記録', exact: false }).first().click();
	await expect(page.getByRole('button', { name: '当番なしで記録' })).toBeVisible();
	const first = pushes(net);
	net.fault = () => undefined;
	await net.deliverLate();
	await expect.poll(() => atServer(server.database, '五百件').length, { timeout: 90_000 }).toBe(500);
	expect(pushes(net) - first).toBeLessThan(20);
	await page.goto('/patrol/sent');
	await expect(delivered(page)).toBeVisible();
	await expect(waits(page)).toBeHidden();
	await allArrived([page], server.database, '五百件', all);
});
