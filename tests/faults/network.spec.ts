/** Faults of the net, in a real browser through the failing proxy. What came through before is in `journeys/sync.spec.ts`. */
import { expect } from '../journeys/fixtures.ts';
import type { Fault } from './chaos-proxy.ts';
import { drain, every, pushes, ready, record, sendNow, test, waits, isPush } from './field.ts';
import { allArrived, atServer, nothingLost, onPhone } from './oracle.ts';
import { multiply } from './outbox.ts';

const page200 = '<!doctype html><html><title>FREE Wi-Fi</title><form action="/login">同意する</form>';
const html = { 'content-type': 'text/html; charset=utf-8' };
const json = { 'content-type': 'application/json' };
const wifi = (status: number, headers: Record<string, string> = html, body = page200): Fault => ({
	is: 'instead',
	status,
	headers,
	body
});

/** What free Wi-Fi and office proxies answer in our place. */
const portals: [string, Fault][] = [
	['200 and a page', wifi(200)],
	['200 and a page called JSON', wifi(200, json)],
	['200 and empty', wifi(200, html, '')],
	['200 and {}', wifi(200, json, '{}')],
	['200 and another API', wifi(200, json, '{"status":"ok","results":[]}')],
	['204', wifi(204, {}, '')],
	['302 to its own page', wifi(302, { location: 'http://127.0.0.1:9/wifi' }, '')],
	['307 back to us', wifi(307, { location: '/login' }, '')],
	['401 and a page', wifi(401)],
	['403 and a page', wifi(403)],
	['407 of a proxy', wifi(407)],
	['413 and a page', wifi(413)],
	['502 of a gateway', wifi(502)],
	['511 as the standard asks', wifi(511)]
];

test('whatever captive portal answers in our place, nothing is taken for a receipt', async ({ page, net, server }) => {
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await record(page, '無料Wi-Fi');
	await page.goto('/patrol/sent');
	for (const [what, fault] of portals) {
		every(net, fault);
		const before = pushes(net);
		await sendNow(page);
		await expect.poll(() => pushes(net), { message: what }).toBeGreaterThan(before);
		await expect(waits(page), what).toBeVisible();
		expect(
			(await onPhone(page)).map(({ state }) => state),
			what
		).not.toContain('delivered');
	}
	await nothingLost([page], server.database, '無料Wi-Fi', ['無料Wi-Fi']);
	expect(atServer(server.database, '無料Wi-Fi')).toEqual([]);
	await drain(page, net);
	await allArrived([page], server.database, '無料Wi-Fi', ['無料Wi-Fi']);
});

const broken: [string, Fault][] = [
	[
		'broken gzip',
		{ is: 'after', status: 200, headers: { ...json, 'content-encoding': 'gzip' }, body: '{"p":"mp-sync/1"' }
	],
	['another charset', { is: 'after', status: 200, headers: json, body: Buffer.from('{"p":"mp-sync/1"}', 'utf16le') }],
	['broken off', { is: 'breakOff', bytes: 100 }],
	['cut short', { is: 'truncate', bytes: 100 }],
	['reset under the answer', { is: 'reset' }]
];

test('an answer that breaks on the way is none: sent again, it arrived once', async ({ page, net, server }) => {
	await ready(page, net);
	const kept: string[] = [];
	for (const [what, fault] of broken) {
		every(net, fault);
		kept.push(await record(page, `こわれた返事 ${what}`));
		await expect.poll(() => atServer(server.database, `こわれた返事 ${what}`).length).toBe(1);
		expect(
			(await onPhone(page)).map(({ state }) => state),
			what
		).not.toContain('delivered');
	}
	await drain(page, net);
	await allArrived([page], server.database, 'こわれた返事', kept);
});

test('a request that arrives after a newer one, and one that arrives twice, has one effect', async ({
	page,
	net,
	server
}) => {
	await ready(page, net);
	every(net, { is: 'late' });
	const kept = [await record(page, '順番ちがい 1'), await record(page, '順番ちがい 2')];
	await expect.poll(() => pushes(net)).toBeGreaterThan(1);
	every(net, { is: 'duplicate' });
	kept.push(await record(page, '順番ちがい 3'));
	await expect.poll(() => atServer(server.database, '順番ちがい').length).toBe(3);
	await net.deliverLate();
	await drain(page, net);
	await allArrived([page], server.database, '順番ちがい', kept);
});

test('a net of 50 kbit/s with 300 ms that resets two connections of three delivers all of it', async ({
	page,
	net,
	server
}) => {
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await record(page, '遅い網');
	const all = await multiply(page, 120, 'different');
	await page.goto('/patrol/sent');
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 300,
		downloadThroughput: 50_000 / 8,
		uploadThroughput: 50_000 / 8
	});
	let n = 0;
	// Reset under the answer, reset before the server heard anything, let through.
	const turn: (Fault | undefined)[] = [{ is: 'reset' }, { is: 'dropRequest' }, undefined];
	net.fault = (method, path) => (isPush(method, path) ? turn[n++ % 3] : undefined);
	await expect(async () => {
		await sendNow(page);
		await expect(waits(page)).toBeHidden({ timeout: 300 });
	}).toPass({ timeout: 120_000 });
	// Two pushes hold it, each of which came to its end only at the third try.
	expect(n).toBeGreaterThanOrEqual(6);
	await allArrived([page], server.database, '遅い網', all);
});

test('an answer later than the phone waits: the button comes back, the record waits, sent again it arrived once', async ({
	page,
	net,
	server
}) => {
	// The phone waits twenty seconds and more; this one a twentieth of it.
	await page.addInitScript(() => {
		const real = AbortSignal.timeout.bind(AbortSignal);
		AbortSignal.timeout = (ms) => real(Math.ceil(ms / 20));
	});
	await ready(page, net);
	every(net, { is: 'hold' });
	await record(page, '三分後の返事');
	await expect.poll(() => atServer(server.database, '三分後の返事').length).toBe(1);
	await page.goto('/patrol/sent');
	await expect(page.getByRole('button', { name: '今すぐ送る' })).toBeEnabled();
	await expect(waits(page)).toBeVisible();
	expect((await onPhone(page)).map(({ state }) => state)).toEqual(['queued']);
	net.fault = () => undefined;
	await sendNow(page);
	await expect(waits(page)).toBeHidden();
	// What was meant for nobody any more arrives at last.
	await net.deliverLate();
	await allArrived([page], server.database, '三分後の返事', ['三分後の返事']);
});
