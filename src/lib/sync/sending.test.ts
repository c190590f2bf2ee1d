/** The real client core over fake-indexeddb against the real receiver on a real file, with everything that lies between. */
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { connections, db } from '#lib/server/db/index.ts';
import { effects, fact, my, openPhone, states } from '../../../tests/phone-store.ts';
import { answerLost, cut, instead, truncated, type Weather } from '../../../tests/sync-server.ts';
import { isOlder, pullSchema } from './protocol.ts';
import { askForApp } from './self.server.ts';
import { createSender } from './sender.client.ts';
import { syncOp } from './tables.server.ts';

const people = openPhone();

it('a phone that is too old is told so, sends all the same, and hears when it is new enough', async () => {
	const said = async (app: string, minApp?: string) => {
		my.sender = createSender(my.store, { fetch: my.line.fetch, app });
		const { id } = await my.store.submit(fact());
		askForApp(minApp, '1700000000001');
		expect(await my.sender.sendNow()).toBe('done');
		expect(await effects(id)).toBe(1);
		return isOlder(app, my.sender.last.minApp);
	};
	expect(await said('1700000000000')).toBe(false);
	expect(await said('1700000000000', '1700000000001')).toBe(true);
	expect(await said('1700000000001', '1700000000001')).toBe(false);
	expect(await said('900', '1700000000001')).toBe(true);
	// Who cannot say how old they are is not judged.
	expect(await said('', '1700000000001')).toBe(false);
	// No build newer than the server's own is asked for.
	expect(await said('1700000000001', '1700000000002')).toBe(false);
	expect(await states()).toEqual(Array(6).fill('delivered'));
});

it('delivers with number and time, once', async () => {
	const { id } = await my.store.submit(fact());
	expect(await my.sender.sendNow()).toBe('done');
	expect(await my.store.ops()).toMatchObject([{ id, state: 'delivered', outcome: { is: 'accepted' } }]);
	expect((await my.store.ops())[0]!.receivedAt).toBeInstanceOf(Date);
	await my.sender.sendNow();
	expect(my.line.asked).toEqual(['/api/v1/sync/push', '/api/v1/sync/ping']);
	expect(await effects(id)).toBe(1);
});

const html = '<!doctype html><title>Wi-Fi</title>';
const answers: [string, Weather][] = [
	['no network', cut],
	['an answer lost after commit', answerLost],
	[
		'a captive portal with 200 and HTML',
		instead(() => new Response(html, { headers: { 'content-type': 'text/html' } }))
	],
	[
		'a captive portal with 302',
		instead(() => new Response(null, { status: 302, headers: { location: 'http://wifi.example/' } }))
	],
	['a captive portal with 511', instead(() => new Response(html, { status: 511 }))],
	['200 and {}', instead(() => Response.json({}))],
	['200 and nothing', instead(() => new Response(''))],
	['a login page with 401 in HTML', instead(() => new Response(html, { status: 401 }))],
	['403 in HTML', instead(() => new Response(html, { status: 403 }))],
	['500 before', instead(() => new Response('fault', { status: 500 }))],
	['500 after commit', async (reach) => (await reach(), new Response('fault', { status: 500 }))],
	['502 of a proxy', instead(() => new Response(html, { status: 502 }))],
	[
		'an answer that was redirected',
		async (reach) => Object.defineProperty(await reach(), 'redirected', { value: true })
	],
	['an answer with 201', async (reach) => new Response((await reach()).body, { status: 201 })],
	[
		'receipts without a number',
		async (reach) => Response.json(JSON.parse((await (await reach()).text()).replace(/"no":\d+,/, '')))
	],
	[
		'receipts of other hashes',
		async (reach) => Response.json(JSON.parse((await (await reach()).text()).replace(/"hash":"../, '"hash":"ff')))
	],
	[
		'a broken charset',
		async (reach) => new Response(new Uint8Array([0xff, ...new Uint8Array(await (await reach()).arrayBuffer())]))
	]
];

describe('what is no receipt leaves the record waiting, and afterwards it arrives once', () => {
	it.each(answers)('%s', async (_what, weather) => {
		const { id } = await my.store.submit(fact());
		my.line.weather = weather;
		await my.sender.sendNow();
		expect(await states()).toEqual(['queued']);
		my.line.weather = (reach) => reach();
		expect(await my.sender.sendNow()).toBe('done');
		expect(await states()).toEqual(['delivered']);
		expect(await effects(id)).toBe(1);
	});

	it('an answer cut at every byte', async () => {
		await my.store.submit(fact());
		const whole = await (async () => {
			let text = '';
			my.line.weather = async (reach) => {
				text = await (await reach()).text();
				throw new TypeError('lost');
			};
			await my.sender.sendNow();
			return text;
		})();
		for (let n = 0; n < whole.length; n++) {
			my.line.weather = truncated(n);
			await my.sender.sendNow();
			expect(await states(), `cut at ${n}`).toEqual(['queued']);
		}
		my.line.weather = truncated(whole.length + 10);
		await my.sender.sendNow();
		expect(await states()).toEqual(['delivered']);
	}, 30_000);

	it('another server', async () => {
		await my.store.submit(fact());
		await my.sender.sendNow();
		await my.store.submit(fact());
		my.line.weather = async (reach) =>
			new Response((await (await reach()).text()).replace(/"server":"[^"]+"/, '"server":"someone-else"'));
		expect(await my.sender.sendNow()).toBe('held');
		expect((await my.store.ops())[0]).toMatchObject({ state: 'held', reason: 'server' });
		my.line.weather = (reach) => reach();
		await my.sender.sendNow();
		expect(await states()).toEqual(['delivered', 'delivered']);
	});
});

describe('held', () => {
	it('until the same person signs in', async () => {
		const { id } = await my.store.submit(fact());
		my.line.actor = undefined;
		expect(await my.sender.sendNow()).toBe('held');
		expect((await my.store.ops())[0]).toMatchObject({ state: 'held', reason: 'signedOut' });
		my.line.actor = people.leader;
		expect(await my.sender.sendNow()).toBe('held');
		expect((await my.store.ops())[0]).toMatchObject({ state: 'held', reason: 'otherPerson' });
		expect(await db.$count(syncOp, eq(syncOp.id, id))).toBe(0);
		my.line.actor = people.volunteer;
		expect(await my.sender.sendNow()).toBe('done');
		expect((await my.store.ops())[0]).toMatchObject({ state: 'delivered', reason: undefined });
		expect(await effects(id)).toBe(1);
	});
});

it('no flag survives a throw', async () => {
	await my.store.submit(fact());
	const failing = createSender(
		{ ...my.store, outbox: { ...my.store.outbox, head: () => Promise.reject(new Error('broken')) } },
		{ fetch: my.line.fetch }
	);
	await expect(failing.sendNow()).rejects.toThrow('broken');
	await expect(failing.sendNow()).rejects.toThrow('broken');
	expect(await my.sender.sendNow()).toBe('done');
});

it('two senders at once: one effect', async () => {
	const ids = [];
	for (let i = 0; i < 5; i++) ids.push((await my.store.submit(fact())).id);
	const other = createSender(my.store, { fetch: my.line.fetch });
	await Promise.all([my.sender.sendNow(), other.sendNow(), my.sender.sendNow()]);
	expect(await Promise.all(ids.map(effects))).toEqual([1, 1, 1, 1, 1]);
});

it('offers everything again after the server was restored, and what the server says it lacks', async () => {
	const { id } = await my.store.submit(fact());
	await my.sender.sendNow();
	connections().writer.exec('UPDATE sync_server SET era = era + 1');
	await my.store.submit(fact());
	my.line.asked.length = 0;
	await my.sender.sendNow();
	expect(my.line.asked).toHaveLength(2);
	expect(await states()).toEqual(['delivered', 'delivered']);
	expect(await effects(id)).toBe(1);
	connections().writer.exec('UPDATE sync_server SET era = era + 1');
	my.line.asked.length = 0;
	await my.sender.sendNow();
	expect(my.line.asked, 'noticed with nothing to send').toEqual(['/api/v1/sync/ping', '/api/v1/sync/push']);
	await my.store.outbox.offerAgain([[1, 1]]);
	expect(await states()).toEqual(['queued', 'delivered']);
});

it('gives the pack of whoever is signed in, and nothing when it has not changed', async () => {
	const pull = async (since?: string) =>
		pullSchema.parse(await (await my.line.fetch(`/api/v1/sync/pull${since ? `?since=${since}` : ''}`)).json());
	const first = await pull();
	expect(first.changes).toMatchObject([{ kind: 'pack', pack: { v: 1, person: { id: people.volunteer.person } } }]);
	expect(await pull(first.next)).toMatchObject({ changes: [], next: first.next });
	expect(await pull('0:elsewhere')).toMatchObject({ reset: true, changes: [{ kind: 'pack' }] });
	my.line.actor = people.leader;
	expect((await pull(first.next)).changes).toMatchObject([{ pack: { person: { id: people.leader.person } } }]);
	my.line.actor = undefined;
	expect((await my.line.fetch('/api/v1/sync/pull')).status).toBe(401);
});
