/** A phone whose app the server calls too old: asked to update, and served like any other until it does. */
import { readFileSync } from 'node:fs';
import { expect } from '../journeys/fixtures.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { drain, ready, record, save, test as faults, walk } from './field.ts';
import { deployNext } from './next-build.ts';
import { allArrived } from './oracle.ts';

const { version } = JSON.parse(readFileSync('build/client/_app/version.json', 'utf8')) as { version: string };

const test = faults.extend<object, { server: Server }>({
	server: [
		async ({}, use) => {
			const server = await startServer(process.env.TOWN_TEMPLATE, { MIN_APP: version });
			await use(server);
			await server.remove();
		},
		{ scope: 'worker' }
	]
});

test('an app that is too old is asked to update, records and sends on, and is quiet once it is new', async ({
	page,
	net,
	server
}) => {
	const deploy = deployNext(net, version, 'old', String(Number(version) - 1));
	await ready(page, net);
	const old = page.getByText('アプリが古くなっています');
	const kept = [await record(page, '古いアプリ 1')];
	await drain(page, net);
	await expect(old).toBeVisible();
	// It goes on as before, and nothing is let in in the middle of a walk.
	await walk(page);
	await expect(old).toBeVisible();
	await page.getByRole('button', { name: 'アプリを新しくする' }).click();
	await expect(page.getByText('いまの巡回を終えてから')).toBeVisible();
	await page.getByRole('button', { name: '終わる' }).click();
	await page.getByLabel(/備考/).fill('古いアプリ 2');
	await save(page);
	kept.push('古いアプリ 2');
	await drain(page, net);
	await expect(old).toBeVisible();
	await allArrived([page], server.database, '古いアプリ', kept);
	deploy();
	await page.evaluate(() => void (document.documentElement.dataset.sameLife = 'yes'));
	await page.getByRole('button', { name: 'アプリを新しくする' }).click();
	// Its worker fetches all files of the field first.
	await expect(page.locator('html[data-same-life]')).toHaveCount(0, { timeout: 60_000 });
	await expect(page.getByRole('heading', { name: '届いた' })).toBeVisible();
	expect(await page.content()).not.toContain('/immutable/old/');
	kept.push(await record(page, '古いアプリ 3'));
	await drain(page, net);
	await expect(old).toBeHidden();
	await allArrived([page], server.database, '古いアプリ', kept);
});
