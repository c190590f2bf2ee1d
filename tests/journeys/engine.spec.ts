/** Records that cannot be sent as usual: by file, on leaving a device, from a phone that was stopped; and how a leader sees it. */
import { readFileSync } from 'node:fs';
import { axe, expect, fits, signIn } from './fixtures.ts';
import { atServer, every, online, ready, record, sendNow, test } from './onPhone.ts';

test('what cannot be sent leaves as a sealed file; the leader hands it in twice, the phone sends it too: once', async ({
	page,
	context,
	browser,
	net,
	server
}, info) => {
	const remarks = `ファイルで ${info.project.name}`;
	await ready(page, net);
	await online(context, false);
	await record(page, remarks);
	await page.goto('/patrol/sent');
	await page.getByText('この端末から送れないとき').click();
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'ファイルに残す' }).click();
	const file = await (await saving).path();
	await expect(page.getByText('1件をファイルに残しました')).toBeVisible();
	await fits(page);
	await axe(page);
	expect(readFileSync(file, 'utf8')).not.toContain(remarks);

	const desk = await browser.newContext({ baseURL: server.origin, viewport: page.viewportSize() });
	const leader = await desk.newPage();
	await signIn(leader, 'leader');
	for (const said of ['1件 受け取りました', 'すでに届いていました']) {
		await leader.goto('/rescue');
		await leader.getByLabel('書き出したファイル').setInputFiles(file);
		await leader.getByRole('button', { name: '渡す' }).click();
		await expect(leader.getByText(said)).toBeVisible();
	}
	await fits(leader);
	await axe(leader);
	await desk.close();

	await online(context, true);
	await sendNow(page);
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeHidden();
	expect(atServer(server.database, remarks)).toEqual({ ops: 1, logs: 1 });
});

test('leaving a device with a record waiting: kept for its person, unseen by others', async ({
	page,
	net,
	server
}, info) => {
	const remarks = `残して出る ${info.project.name}`;
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await record(page, remarks);
	await page.goto('/logout');
	await expect(page.getByText('まだ届いていない記録が')).toBeVisible();
	await fits(page);
	await axe(page);
	await page.getByRole('button', { name: '送ってから出る' }).click();
	await expect(page.getByText('まだ送れません')).toBeVisible();
	await page.getByRole('button', { name: 'この端末に残して出る' }).click();
	await page.waitForURL((url) => url.pathname === '/');
	await page.goto('/patrol/sent');
	await expect(page.getByRole('heading', { name: 'この端末を使う人が' })).toBeVisible();
	await expect(page.getByText(remarks)).toBeHidden();
	net.fault = () => undefined;
	await ready(page, net);
	await expect.poll(() => atServer(server.database, remarks)).toEqual({ ops: 1, logs: 1 });
});

test('thrown away in two steps: nothing of it arrives', async ({ page, net, server }, info) => {
	const remarks = `捨てて出る ${info.project.name}`;
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await record(page, remarks);
	await page.goto('/logout');
	await page.getByRole('button', { name: '捨てて出る' }).click();
	await expect(page.getByText('元には戻せません')).toBeVisible();
	await page.getByRole('button', { name: '捨てて出る' }).click();
	await page.waitForURL((url) => url.pathname === '/');
	net.fault = () => undefined;
	await ready(page, net);
	await page.goto('/patrol/sent');
	await sendNow(page);
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeHidden();
	expect(atServer(server.database, remarks)).toEqual({ ops: 0, logs: 0 });
});

test('a leader sees the phones, stops one, and its records wait with a reason', async ({
	page,
	browser,
	net,
	server
}, info) => {
	const remarks = `止めた端末 ${info.project.name}`;
	await ready(page, net);
	await record(page, `${remarks} 先`);
	await expect.poll(() => atServer(server.database, `${remarks} 先`).ops).toBe(1);
	const device = await page.evaluate(async () => {
		const [store] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith('mp-store:'));
		const db = await new Promise<IDBDatabase>((done) => {
			const request = indexedDB.open(store!.name!);
			request.onsuccess = () => done(request.result);
		});
		const identity = await new Promise<{ device: string }>((done) => {
			const request = db.transaction('identity').objectStore('identity').get('identity');
			request.onsuccess = () => done(request.result as { device: string });
		});
		db.close();
		return identity.device;
	});

	const desk = await browser.newContext({ baseURL: server.origin, viewport: page.viewportSize() });
	const leader = await desk.newPage();
	await signIn(leader, 'leader');
	await leader.goto('/patrols');
	await leader.getByRole('link', { name: '端末の届きぐあい' }).last().click();
	await expect(leader.getByRole('heading', { name: '端末ごとの届きぐあい' })).toBeVisible();
	const row = leader.getByRole('listitem').filter({ has: leader.locator(`input[value="${device}"]`) });
	await row.getByText('この端末を止める').click();
	await fits(leader);
	await axe(leader);
	await row.getByRole('button', { name: /の端末を止める/ }).click();
	await expect(row.getByText('止めています')).toBeVisible();

	await record(page, `${remarks} 後`);
	await page.goto('/patrol/sent');
	await expect(page.getByText('この端末は止められています')).toBeVisible();
	expect(atServer(server.database, `${remarks} 後`)).toEqual({ ops: 0, logs: 0 });
	await row.getByRole('button', { name: 'また受け取る' }).click();
	await expect(row.getByText('止めています')).toBeHidden();
	await desk.close();
	await sendNow(page);
	await expect.poll(() => atServer(server.database, `${remarks} 後`)).toEqual({ ops: 1, logs: 1 });
});
