/** Yesterday's backup in place of today's database, while phones live that were told 「届きました」 in between. */
import { spawnSync } from 'node:child_process';
import { expect } from '../journeys/fixtures.ts';
import { startServer } from '../journeys/server.ts';
import { startProxy } from './chaos-proxy.ts';
import { drain, otherPhone, ready, record, test } from './field.ts';
import { allArrived, atServer } from './oracle.ts';

test('yesterday’s backup is restored while two phones live: they offer again what it lacks, and the report is whole', async ({
	page
}) => {
	test.setTimeout(120_000);
	const server = await startServer(process.env.TOWN_TEMPLATE);
	const net = await startProxy(server.origin);
	const cli = (script: string, ...args: string[]) => {
		const env = { ...process.env, DATABASE: server.database };
		const done = spawnSync('node', [`src/lib/server/db/${script}-cli.ts`, ...args], { encoding: 'utf8', env });
		expect(done.status, done.stderr).toBe(0);
		return done.stdout;
	};
	const other = await otherPhone(page, net);
	try {
		const phones = [page, other];
		await ready(page, net, 'volunteer');
		await ready(other, net, 'leader');
		const kept: string[] = [];
		for (const [n, phone] of phones.entries()) kept.push(await record(phone, `きのうの控え ${n} 前`));
		await expect.poll(() => atServer(server.database, 'きのうの控え').length).toBe(2);
		const backup = /verified backup: (\S+)/.exec(cli('backup'))![1]!;
		for (const [n, phone] of phones.entries()) kept.push(await record(phone, `きのうの控え ${n} 後`));
		await expect.poll(() => atServer(server.database, 'きのうの控え').length).toBe(4);
		// The phones have heard of it: nothing waits on them.
		for (const phone of phones) {
			await phone.goto(`${net.origin}/patrol/sent`);
			await expect(phone.getByRole('heading', { name: '送信待ち' })).toBeHidden();
			await expect(phone.getByText(/届きました/).first()).toBeVisible();
		}
		await server.stop();
		cli('restore', backup);
		expect(atServer(server.database, 'きのうの控え')).toHaveLength(2);
		await server.start();
		for (const phone of phones) await drain(phone, net);
		await allArrived(phones, server.database, 'きのうの控え', kept);
	} finally {
		await other.context().close();
		await net.close();
		await server.remove();
	}
});
