/** Between the phone and the server: a net that fails on purpose. Real Chromium, the built server, the store on the device. */
import type { Fault } from '../faults/chaos-proxy.ts';
import { axe, expect, fits } from './fixtures.ts';
import { atServer, every, failing, online, pushes, ready, record, sendNow, test } from './onPhone.ts';

test('opens and records with no network; the answer is lost while sending; it arrives once', async ({
	page,
	context,
	net,
	server
}, info) => {
	const remarks = `圏外の記録 ${info.project.name}`;
	await ready(page, net);
	await online(context, false);
	await page.goto('/patrol');
	await expect(page.getByText('圏外・記録できます')).toBeVisible();
	await record(page, remarks);
	await page.goto('/patrol/sent');
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeVisible();
	await fits(page);
	await axe(page);
	expect(atServer(server.database, remarks)).toEqual({ ops: 0, logs: 0 });

	// Each state lasts until this test ends it: a phone that tries again by itself must not outrun the question asked of it.
	every(net, { is: 'dropAnswer' });
	await online(context, true);
	await expect.poll(() => atServer(server.database, remarks)).toEqual({ ops: 1, logs: 1 });
	await sendNow(page);
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeVisible();

	every(net, { is: 'instead', status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Wi-Fi</h1>' });
	const before = pushes(net);
	await sendNow(page);
	await expect.poll(() => pushes(net)).toBeGreaterThan(before);
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeVisible();

	net.fault = () => undefined;
	await sendNow(page);
	await expect(page.getByRole('heading', { name: '届いた' })).toBeVisible();
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeHidden();
	expect(atServer(server.database, remarks)).toEqual({ ops: 1, logs: 1 });
});

const faults: [string, Fault][] = [
	['the request is lost', { is: 'dropRequest' }],
	['500 before', { is: 'instead', status: 500 }],
	['500 after commit', { is: 'after', status: 500 }],
	['302 of a captive portal', { is: 'instead', status: 302, headers: { location: 'http://127.0.0.1:9/wifi' } }],
	['511 of a captive portal', { is: 'instead', status: 511, body: '<h1>Wi-Fi</h1>' }],
	['401 of a captive portal', { is: 'instead', status: 401, body: '<h1>Wi-Fi</h1>' }],
	['half an answer', { is: 'truncate', bytes: 120 }],
	['the request arrives twice', { is: 'duplicate' }]
];

test('whatever the net does, a record is sent until it has a receipt, and counts once', async ({
	page,
	net,
	server
}, info) => {
	test.setTimeout(120_000);
	await ready(page, net);
	for (const [what, fault] of faults) {
		const remarks = `${what} ${info.project.name}`;
		failing(net, [fault]);
		await record(page, remarks);
		await page.goto('/patrol/sent');
		const waits = page.getByRole('heading', { name: '送信待ち' });
		await expect(waits.or(page.getByRole('heading', { name: '届いた' })).first()).toBeVisible();
		for (let tries = 0; tries < 5 && (await waits.isVisible()); tries++) await sendNow(page);
		await expect(waits, what).toBeHidden();
		expect(atServer(server.database, remarks), what).toEqual({ ops: 1, logs: 1 });
	}
});

test('another person who signs in on the same browser neither sends nor sees what waits', async ({
	page,
	context,
	net,
	server
}, info) => {
	const remarks = `人が替わる ${info.project.name}`;
	await ready(page, net);
	await online(context, false);
	await record(page, remarks);
	every(net, { is: 'dropRequest' });
	await online(context, true);
	await ready(page, net, 'leader');
	await page.goto('/patrol/sent');
	await expect(page.getByRole('heading', { name: '送信状況' })).toBeVisible();
	await expect(page.getByRole('heading', { name: '送信待ち' })).toBeHidden();
	net.fault = () => undefined;
	await sendNow(page);
	expect(atServer(server.database, remarks)).toEqual({ ops: 0, logs: 0 });
	await ready(page, net, 'volunteer');
	await expect.poll(() => atServer(server.database, remarks)).toEqual({ ops: 1, logs: 1 });
});

test('a page of the server without a network says so and leads to recording; nothing personal is in a cache', async ({
	page,
	context,
	net
}) => {
	await ready(page, net);
	await page.goto('/home');
	await online(context, false);
	await page.goto('/home');
	await expect(page.getByRole('link', { name: /記録/ }).first()).toBeVisible();
	await fits(page);
	const kept = await page.evaluate(async () => {
		const urls: string[] = [];
		for (const name of await caches.keys())
			for (const request of await (await caches.open(name)).keys())
				urls.push(`${request.method} ${new URL(request.url).pathname}`);
		return urls;
	});
	expect(kept.length).toBeGreaterThan(5);
	expect(
		kept.filter((one) => !/^GET \/(_app\/|patrol|(pocket-)?offline|icons?\b|icon\.svg|favicon|manifest|$)/.test(one))
	).toEqual([]);
	await online(context, true);
	await page.goto('/home');
	await expect(page).toHaveURL(/\/home$/);
});
