/** The real client core over fake-indexeddb against the real receiver on a real file, with everything that lies between. */
import 'fake-indexeddb/auto';
import { gzipSync } from 'node:zlib';
import { IDBFactory } from 'fake-indexeddb';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Actor } from '#lib/people/permissions.ts';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { record, trail } from '#lib/server/db/trail.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, seedPeople, town } from '../../../tests/people.ts';
import { answerLost, cut, instead, Line, truncated, type Weather } from '../../../tests/sync-server.ts';
import { blobOf, onTheWay } from './blobs.server.ts';
import { registerHandler } from './handlers.server.ts';
import { isOlder, pullSchema } from './protocol.ts';
import { askForApp } from './self.server.ts';
import { createSender, type Sender } from './sender.client.ts';
import { openStore, type Finish, type Store } from './store.client.ts';
import { syncDevice, syncOp } from './tables.server.ts';

const today = new Date().toISOString().slice(0, 10);
let volunteer: Actor;
let leader: Actor;
let close: () => void;
let line: Line;
let store: Store;
let sender: Sender;

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, today));
	volunteer = await actorFor(db, 'volunteer', today);
	leader = await actorFor(db, 'leader', today);
	registerHandler('test.fact', {
		schema: { 1: z.looseObject({}) },
		apply: async (tx, op) => record(tx, op.actor, 'test.fact', 'test', op.id)
	});
});
afterAll(() => close());
beforeEach(async () => {
	globalThis.indexedDB = new IDBFactory();
	store = await openStore(volunteer.person);
	line = new Line(volunteer);
	sender = createSender(store, { fetch: line.fetch, random: () => 0 });
});
afterEach(() => store.close());

const fact = (over: Partial<Finish> = {}): Finish => ({
	kind: 'test.fact',
	kv: 1,
	body: { type: 'association', id: town.associations.honcho },
	payload: { note: '見回り' },
	summary: '見回り',
	...over
});
const states = async () => (await store.ops()).map((one) => one.state).reverse();
const effects = (id: string) => db.$count(trail, eq(trail.thing, id));

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
			return line.fetch(input, init);
		};
		for (let i = 0; i < many; i++) await store.submit(fact());
		expect(await createSender(store, { fetch: watched }).sendNow()).toBe('done');
		expect(new Set(await states())).toEqual(new Set(['delivered']));
		return sent;
	};
	expect(await send(1)).toEqual([null]);
	expect(await send(30)).toEqual(['gzip']);
	const shape = () => Response.json({ p: 'mp-sync/1', error: 'shape' }, { status: 400 });
	let refusals = 0;
	line.weather = (reach) => (refusals++ === 0 ? Promise.resolve(shape()) : reach());
	expect(await send(30)).toEqual(['gzip', null]);
	const raw = (body: Uint8Array<ArrayBuffer>) =>
		line.fetch('/api/v1/sync/push', {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-mp-sync': '1', 'content-encoding': 'gzip' },
			body
		});
	expect((await raw(new Uint8Array(gzipSync('0'.repeat(2_000_000))))).status).toBe(413);
	expect((await raw(new TextEncoder().encode('{"p":"mp-sync/1"}'))).status).toBe(400);
});

it('a phone that is too old is told so, sends all the same, and hears when it is new enough', async () => {
	const said = async (app: string, minApp?: string) => {
		sender = createSender(store, { fetch: line.fetch, app });
		const { id } = await store.submit(fact());
		askForApp(minApp, '1700000000001');
		expect(await sender.sendNow()).toBe('done');
		expect(await effects(id)).toBe(1);
		return isOlder(app, sender.last.minApp);
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
	const { id } = await store.submit(fact());
	expect(await sender.sendNow()).toBe('done');
	expect(await store.ops()).toMatchObject([{ id, state: 'delivered', outcome: { is: 'accepted' } }]);
	expect((await store.ops())[0]!.receivedAt).toBeInstanceOf(Date);
	await sender.sendNow();
	expect(line.asked).toEqual(['/api/v1/sync/push', '/api/v1/sync/ping']);
	expect(await effects(id)).toBe(1);
});

it('sends 230 waiting records in order, in batches', async () => {
	for (let i = 0; i < 230; i++) await store.submit(fact());
	expect(await sender.sendNow()).toBe('done');
	expect(line.asked).toHaveLength(3);
	const [device] = await db.select().from(syncDevice).where(eq(syncDevice.device, store.device));
	expect(device).toMatchObject({ upTo: 230, lastSeq: 230 });
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
		const { id } = await store.submit(fact());
		line.weather = weather;
		await sender.sendNow();
		expect(await states()).toEqual(['queued']);
		line.weather = (reach) => reach();
		expect(await sender.sendNow()).toBe('done');
		expect(await states()).toEqual(['delivered']);
		expect(await effects(id)).toBe(1);
	});

	it('an answer cut at every byte', async () => {
		await store.submit(fact());
		const whole = await (async () => {
			let text = '';
			line.weather = async (reach) => {
				text = await (await reach()).text();
				throw new TypeError('lost');
			};
			await sender.sendNow();
			return text;
		})();
		for (let n = 0; n < whole.length; n++) {
			line.weather = truncated(n);
			await sender.sendNow();
			expect(await states(), `cut at ${n}`).toEqual(['queued']);
		}
		line.weather = truncated(whole.length + 10);
		await sender.sendNow();
		expect(await states()).toEqual(['delivered']);
	}, 30_000);

	it('another server', async () => {
		await store.submit(fact());
		await sender.sendNow();
		await store.submit(fact());
		line.weather = async (reach) =>
			new Response((await (await reach()).text()).replace(/"server":"[^"]+"/, '"server":"someone-else"'));
		expect(await sender.sendNow()).toBe('held');
		expect((await store.ops())[0]).toMatchObject({ state: 'held', reason: 'server' });
		line.weather = (reach) => reach();
		await sender.sendNow();
		expect(await states()).toEqual(['delivered', 'delivered']);
	});
});

describe('held', () => {
	it('until the same person signs in', async () => {
		const { id } = await store.submit(fact());
		line.actor = undefined;
		expect(await sender.sendNow()).toBe('held');
		expect((await store.ops())[0]).toMatchObject({ state: 'held', reason: 'signedOut' });
		line.actor = leader;
		expect(await sender.sendNow()).toBe('held');
		expect((await store.ops())[0]).toMatchObject({ state: 'held', reason: 'otherPerson' });
		expect(await db.$count(syncOp, eq(syncOp.id, id))).toBe(0);
		line.actor = volunteer;
		expect(await sender.sendNow()).toBe('done');
		expect((await store.ops())[0]).toMatchObject({ state: 'delivered', reason: undefined });
		expect(await effects(id)).toBe(1);
	});
});

describe('too much, too soon', () => {
	it('halves what is too large until one stands alone, and that one delays nobody', async () => {
		const made = [];
		for (let i = 0; i < 7; i++) made.push((await store.submit(fact({ payload: { i } }))).id);
		const poison = (await store.outbox.waiting(100, 1e7, 0))[3]!.hash;
		const real = line.fetch;
		const blocked: typeof fetch = async (input, init) =>
			(await sentText(init)).includes(poison) ? new Response(null, { status: 413 }) : real(input, init);
		expect(await createSender(store, { fetch: blocked }).sendNow()).toBe('held');
		const found = await store.ops();
		expect(found.filter((one) => one.state === 'delivered')).toHaveLength(6);
		expect(found.find((one) => one.state === 'held')).toMatchObject({ id: made[3], reason: 'tooLarge' });
	});

	it('keeps a push below one megabyte', async () => {
		for (let i = 0; i < 40; i++) await store.submit(fact({ payload: { note: '見'.repeat(10_000) } }));
		expect(await sender.sendNow()).toBe('done');
		expect(line.asked.length).toBeGreaterThan(1);
		expect(new Set(await states())).toEqual(new Set(['delivered']));
	});

	it.each([429, 503])('%i: later', async (status) => {
		await store.submit(fact());
		line.weather = instead(() => new Response('{}', { status, headers: { 'retry-after': '30' } }));
		let time = Date.now();
		sender = createSender(store, { fetch: line.fetch, now: () => time });
		expect(await sender.sendNow()).toBe('later');
		expect(await states()).toEqual(['queued']);
		const asked = line.asked.length;
		line.weather = (reach) => reach();
		time += 29_000;
		expect(await sender.sendSoon()).toBe('later');
		expect(line.asked).toHaveLength(asked);
		time += 1000;
		expect(await sender.sendSoon()).toBe('done');
		expect(await states()).toEqual(['delivered']);
	});

	it('later, but the person asked: at once', async () => {
		await store.submit(fact());
		line.weather = instead(() => new Response('{}', { status: 503, headers: { 'retry-after': '30' } }));
		expect(await sender.sendNow()).toBe('later');
		line.weather = (reach) => reach();
		expect(await sender.sendNow()).toBe('done');
	});
});

it('no flag survives a throw', async () => {
	await store.submit(fact());
	const failing = createSender(
		{ ...store, outbox: { ...store.outbox, head: () => Promise.reject(new Error('broken')) } },
		{ fetch: line.fetch }
	);
	await expect(failing.sendNow()).rejects.toThrow('broken');
	await expect(failing.sendNow()).rejects.toThrow('broken');
	expect(await sender.sendNow()).toBe('done');
});

it('two senders at once: one effect', async () => {
	const ids = [];
	for (let i = 0; i < 5; i++) ids.push((await store.submit(fact())).id);
	const other = createSender(store, { fetch: line.fetch });
	await Promise.all([sender.sendNow(), other.sendNow(), sender.sendNow()]);
	expect(await Promise.all(ids.map(effects))).toEqual([1, 1, 1, 1, 1]);
});

it('offers everything again after the server was restored, and what the server says it lacks', async () => {
	const { id } = await store.submit(fact());
	await sender.sendNow();
	connections().writer.exec('UPDATE sync_server SET era = era + 1');
	await store.submit(fact());
	line.asked.length = 0;
	await sender.sendNow();
	expect(line.asked).toHaveLength(2);
	expect(await states()).toEqual(['delivered', 'delivered']);
	expect(await effects(id)).toBe(1);
	connections().writer.exec('UPDATE sync_server SET era = era + 1');
	line.asked.length = 0;
	await sender.sendNow();
	expect(line.asked, 'noticed with nothing to send').toEqual(['/api/v1/sync/ping', '/api/v1/sync/push']);
	await store.outbox.offerAgain([[1, 1]]);
	expect(await states()).toEqual(['queued', 'delivered']);
});

describe('photos', () => {
	const photo = new Uint8Array(600_000).fill(7);
	photo.set([0xff, 0xd8, 0xff]);

	it('follow their record, in pieces, and go on where the line broke', async () => {
		const sha256 = await store.putBlob(photo, 'image/jpeg');
		const { id } = await store.submit(fact({ blobs: [sha256] }));
		let pieces = 0;
		line.weather = async (reach, path) => {
			if (path.includes('/blob/') && ++pieces === 2) return answerLost(reach, path);
			return reach();
		};
		expect(await sender.sendNow()).toBe('offline');
		expect(await onTheWay(db, town.municipality, [id])).toEqual([{ op: id, sha256 }]);
		expect((await store.ops())[0]).toMatchObject({ state: 'delivered', blobsWaiting: 1 });
		line.weather = (reach) => reach();
		line.asked.length = 0;
		expect(await sender.sendNow()).toBe('done');
		// One question where to go on, and the last piece.
		expect(line.asked).toHaveLength(2);
		expect((await store.ops())[0]).toMatchObject({ blobsWaiting: 0 });
		const kept = await blobOf(db, town.municipality, sha256);
		expect(kept!.type).toBe('image/jpeg');
		expect(Buffer.compare(kept!.bytes, Buffer.from(photo))).toBe(0);
		expect(await onTheWay(db, town.municipality, [id])).toEqual([]);
	});

	it('are not taken unannounced, from another person, or when they are something else', async () => {
		const put = (sha256: string, body: BodyInit, total: number, start = 0) =>
			line.fetch(`/api/v1/sync/blob/${sha256}`, {
				method: 'PUT',
				body,
				headers: { 'x-mp-offset': String(start), 'x-mp-total': String(total) }
			});
		expect((await put('a'.repeat(64), new Uint8Array([0xff, 0xd8, 0xff, 0]), 4)).status).toBe(404);
		const script = new TextEncoder().encode('<svg onload=alert(1)>');
		const sha256 = await store.putBlob(script, 'image/jpeg');
		await store.submit(fact({ blobs: [sha256] }));
		await sender.sendNow();
		expect((await put(sha256, script, script.length)).status).toBe(422);
		line.actor = leader;
		expect((await put(sha256, photo.slice(0, 10), 10)).status).toBe(404);
		line.actor = volunteer;
		expect((await put(sha256, photo, 3_000_000)).status).toBe(413);
		expect((await put(sha256, photo, 10)).status).toBe(422);
		expect((await put('xyz', photo, 10)).status).not.toBe(200);
		expect(await blobOf(db, town.municipality, sha256)).toBeUndefined();
	});
});

describe('deleted on the phone', () => {
	const voids = (base: string) => store.submit(fact({ kind: 'void', base, payload: {} }));

	it('before it left: it never comes, and its number is not missed', async () => {
		const { id } = await store.submit(fact());
		await voids(id);
		await store.submit(fact());
		expect(await states()).toEqual(['voided', 'queued', 'queued']);
		expect(await sender.sendNow()).toBe('done');
		expect(await states()).toEqual(['voided', 'delivered', 'delivered']);
		expect(await effects(id)).toBe(0);
		const [device] = await db.select().from(syncDevice).where(eq(syncDevice.device, store.device));
		expect(device).toMatchObject({ upTo: 3, pending: 2 });
	});

	it('after it had arrived without our knowing: the room is asked, or the leader', async () => {
		const { id } = await store.submit(fact());
		line.weather = answerLost;
		await sender.sendNow();
		line.weather = (reach) => reach();
		await voids(id);
		await sender.sendNow();
		expect((await store.ops())[0]).toMatchObject({ kind: 'void', outcome: { is: 'rejected', fix: 'leader' } });
		expect(await effects(id)).toBe(1);
	});
});

it('gives the pack of whoever is signed in, and nothing when it has not changed', async () => {
	const pull = async (since?: string) =>
		pullSchema.parse(await (await line.fetch(`/api/v1/sync/pull${since ? `?since=${since}` : ''}`)).json());
	const first = await pull();
	expect(first.changes).toMatchObject([{ kind: 'pack', pack: { v: 1, person: { id: volunteer.person } } }]);
	expect(await pull(first.next)).toMatchObject({ changes: [], next: first.next });
	expect(await pull('0:elsewhere')).toMatchObject({ reset: true, changes: [{ kind: 'pack' }] });
	line.actor = leader;
	expect((await pull(first.next)).changes).toMatchObject([{ pack: { person: { id: leader.person } } }]);
	line.actor = undefined;
	expect((await line.fetch('/api/v1/sync/pull')).status).toBe(401);
});
