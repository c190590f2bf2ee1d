/** How much goes at once: packed, in batches, halved where it is too large, later where the server asks for it. */
import { gzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { db } from '#lib/server/db/index.ts';
import { fact, my, openPhone, states } from '../../../tests/phone-store.ts';
import { instead } from '../../../tests/sync-server.ts';
import { createSender } from './sender.client.ts';
import { syncDevice } from './tables.server.ts';

openPhone();

/** What a phone sends, packed or not. */
async function sentText(init?: RequestInit): Promise<string> {
	const body = new Response(init?.body);
	if (new Headers(init?.headers).get('content-encoding') !== 'gzip') return body.text();
	return new Response(body.body!.pipeThrough(new DecompressionStream('gzip'))).text();
}

it('many records go packed; where that is not understood, plain; and a body that unpacks to more than may be is refused', async () => {
	const send = async (many: number) => {
		const sent: (string | null)[] = [];
		const watched: typeof fetch = (input, init) => {
			sent.push(new Headers(init?.headers).get('content-encoding'));
			return my.line.fetch(input, init);
		};
		for (let i = 0; i < many; i++) await my.store.submit(fact());
		expect(await createSender(my.store, { fetch: watched }).sendNow()).toBe('done');
		expect(new Set(await states())).toEqual(new Set(['delivered']));
		return sent;
	};
	expect(await send(1)).toEqual([null]);
	expect(await send(30)).toEqual(['gzip']);
	const shape = () => Response.json({ p: 'mp-sync/1', error: 'shape' }, { status: 400 });
	let refusals = 0;
	my.line.weather = (reach) => (refusals++ === 0 ? Promise.resolve(shape()) : reach());
	expect(await send(30)).toEqual(['gzip', null]);
	const raw = (body: Uint8Array<ArrayBuffer>) =>
		my.line.fetch('/api/v1/sync/push', {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-mp-sync': '1', 'content-encoding': 'gzip' },
			body
		});
	expect((await raw(new Uint8Array(gzipSync('0'.repeat(2_000_000))))).status).toBe(413);
	expect((await raw(new TextEncoder().encode('{"p":"mp-sync/1"}'))).status).toBe(400);
});

it('sends 230 waiting records in order, in batches', async () => {
	for (let i = 0; i < 230; i++) await my.store.submit(fact());
	expect(await my.sender.sendNow()).toBe('done');
	expect(my.line.asked).toHaveLength(3);
	const [device] = await db.select().from(syncDevice).where(eq(syncDevice.device, my.store.device));
	expect(device).toMatchObject({ upTo: 230, lastSeq: 230 });
});

describe('too much, too soon', () => {
	it('halves what is too large until one stands alone, and that one delays nobody', async () => {
		const made = [];
		for (let i = 0; i < 7; i++) made.push((await my.store.submit(fact({ payload: { i } }))).id);
		const poison = (await my.store.outbox.waiting(100, 1e7, 0))[3]!.hash;
		const real = my.line.fetch;
		const blocked: typeof fetch = async (input, init) =>
			(await sentText(init)).includes(poison) ? new Response(null, { status: 413 }) : real(input, init);
		expect(await createSender(my.store, { fetch: blocked }).sendNow()).toBe('held');
		const found = await my.store.ops();
		expect(found.filter((one) => one.state === 'delivered')).toHaveLength(6);
		expect(found.find((one) => one.state === 'held')).toMatchObject({ id: made[3], reason: 'tooLarge' });
	});

	it('keeps a push below one megabyte', async () => {
		for (let i = 0; i < 40; i++) await my.store.submit(fact({ payload: { note: '見'.repeat(10_000) } }));
		expect(await my.sender.sendNow()).toBe('done');
		expect(my.line.asked.length).toBeGreaterThan(1);
		expect(new Set(await states())).toEqual(new Set(['delivered']));
	});

	it.each([429, 503])('%i: later', async (status) => {
		await my.store.submit(fact());
		my.line.weather = instead(() => new Response('{}', { status, headers: { 'retry-after': '30' } }));
		let time = Date.now();
		my.sender = createSender(my.store, { fetch: my.line.fetch, now: () => time });
		expect(await my.sender.sendNow()).toBe('later');
		expect(await states()).toEqual(['queued']);
		const asked = my.line.asked.length;
		my.line.weather = (reach) => reach();
		time += 29_000;
		expect(await my.sender.sendSoon()).toBe('later');
		expect(my.line.asked).toHaveLength(asked);
		time += 1000;
		expect(await my.sender.sendSoon()).toBe('done');
		expect(await states()).toEqual(['delivered']);
	});

	it('later, but the person asked: at once', async () => {
		await my.store.submit(fact());
		my.line.weather = instead(() => new Response('{}', { status: 503, headers: { 'retry-after': '30' } }));
		expect(await my.sender.sendNow()).toBe('later');
		my.line.weather = (reach) => reach();
		expect(await my.sender.sendNow()).toBe('done');
	});
});
