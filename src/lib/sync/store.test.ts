import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { thaw } from './protocol.ts';
import { openStore, rfc3339, StaleDraft, StoreFull, StoreLost, StoreNewer, type Finish } from './store.client.ts';

const what = (over: Partial<Finish> = {}): Finish => ({
	kind: 'patrol.submit',
	kv: 1,
	body: { type: 'association', id: 'honcho' },
	payload: { remarks: '街路灯が切れている' },
	summary: '11/27 緑町コース',
	...over
});

afterEach(() => vi.restoreAllMocks());
beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
});

const draft = (revision = 0) => ({ id: 'd1', kind: 'patrol', revision, recording: true, data: { people: ['田中'] } });

describe('drafts', () => {
	it('come back as they were, newest first, and say that a patrol is being walked', async () => {
		const store = await openStore('tanaka');
		expect(await store.isRecording()).toBe(false);
		expect(await store.saveDraft(draft())).toBe(1);
		expect(await store.saveDraft({ ...draft(1), data: { people: ['田中', '髙橋'] } })).toBe(2);
		store.close();
		const again = await openStore('tanaka');
		expect((await again.drafts()).map((one) => one.data)).toEqual([{ people: ['田中', '髙橋'] }]);
		expect(await again.isRecording()).toBe(true);
		again.close();
	});

	it('are not overwritten by a tab that has not seen the last change', async () => {
		const [a, b] = [await openStore('tanaka'), await openStore('tanaka')];
		await a.saveDraft(draft());
		await expect(b.saveDraft(draft())).rejects.toThrow(StaleDraft);
		a.close();
		b.close();
	});
});

describe('finishing', () => {
	it('puts the op and removes the draft in one step, and numbers without a gap', async () => {
		const store = await openStore('tanaka');
		const revision = await store.saveDraft(draft());
		const line = await store.finish('d1', revision, what());
		expect(line).toMatchObject({ seq: 1, state: 'queued', summary: '11/27 緑町コース' });
		expect(await store.drafts()).toEqual([]);
		await expect(store.finish('d1', revision, what())).rejects.toThrow(StaleDraft);
		expect((await store.submit(what())).seq).toBe(2);
		expect((await store.ops()).map((one) => one.seq)).toEqual([2, 1]);
		expect(await store.payload(line.id)).toEqual({ remarks: '街路灯が切れている' });
		store.close();
	});

	it('gives one op when two tabs finish the same draft', async () => {
		const [a, b] = [await openStore('tanaka'), await openStore('tanaka')];
		const revision = await a.saveDraft(draft());
		const done = await Promise.allSettled([a.finish('d1', revision, what()), b.finish('d1', revision, what())]);
		expect(done.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(await a.ops()).toHaveLength(1);
		a.close();
		b.close();
	});

	it('binds the author and freezes the bytes', async () => {
		const store = await openStore('tanaka');
		await store.submit(what({ deps: [], blobs: [] }));
		const [op] = await store.outbox.waiting(10, 1e6, 0);
		expect(thaw(op!.bytes)).toMatchObject({ author: 'tanaka', kind: 'patrol.submit' });
		store.close();
	});

	it('rests sealed: neither words nor names stand in the database', async () => {
		const store = await openStore('tanaka');
		await store.saveDraft(draft());
		await store.submit(what());
		await store.savePack({ value: { roster: ['田中'] }, next: '1:a', at: new Date(0) });
		store.close();
		const db = await openDB('mp-store:tanaka');
		const all = await Promise.all((['drafts', 'ops', 'mirrors'] as const).map((name) => db.getAll(name)));
		const text = JSON.stringify(all, (_key, value) =>
			value instanceof ArrayBuffer ? Buffer.from(value).toString('utf8') : value
		);
		expect(text).not.toMatch(/田中|街路灯|緑町/);
		expect((await db.get('key', 'key')).extractable).toBe(false);
		db.close();
	});

	it('keeps people apart', async () => {
		const [tanaka, sato] = [await openStore('tanaka'), await openStore('sato')];
		await tanaka.submit(what());
		expect(await sato.ops()).toEqual([]);
		expect(sato.device).not.toBe(tanaka.device);
		tanaka.close();
		sato.close();
	});
});

describe('a browser that fails', () => {
	it('reopens once when the connection is lost', async () => {
		const store = await openStore('tanaka');
		const real = IDBDatabase.prototype.transaction;
		const spy = vi.spyOn(IDBDatabase.prototype, 'transaction');
		spy.mockImplementationOnce(() => {
			throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
		});
		spy.mockImplementation(real);
		expect((await store.submit(what())).seq).toBe(1);
		spy.mockImplementation(() => {
			throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
		});
		await expect(store.submit(what())).rejects.toThrow(StoreLost);
		spy.mockRestore();
		expect(await store.ops()).toHaveLength(1);
		store.close();
	});

	it('drops the pack and says so when the device is full, and keeps the draft', async () => {
		const store = await openStore('tanaka');
		const revision = await store.saveDraft(draft());
		await store.savePack({ value: {}, next: '1:a', at: new Date(0) });
		const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
			throw new DOMException('full', 'QuotaExceededError');
		});
		await expect(store.finish('d1', revision, what())).rejects.toThrow(StoreFull);
		put.mockRestore();
		expect(await store.drafts()).toHaveLength(1);
		expect(await store.ops()).toEqual([]);
		expect(await store.pack()).toBeUndefined();
		expect((await store.finish('d1', revision, what())).seq).toBe(1);
		store.close();
	});

	it('says that nothing was saved when what is read back is not what was written', async () => {
		const store = await openStore('tanaka');
		const real = IDBObjectStore.prototype.put;
		const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
			this: IDBObjectStore,
			value: { hash?: string; box?: { data: ArrayBuffer } },
			key
		) {
			const bent = value.hash && value.box ? { ...value, box: { ...value.box, data: new ArrayBuffer(40) } } : value;
			return real.call(this, bent, ...(key === undefined ? [] : [key]));
		});
		await expect(store.submit(what())).rejects.toThrow(StoreLost);
		put.mockRestore();
		// It is shown as broken and does not stand in the way of the next.
		await store.submit(what());
		expect((await store.outbox.waiting(10, 1e6, 0)).map((op) => op.seq)).toEqual([2]);
		expect((await store.ops()).map((one) => one.state)).toEqual(['queued', 'broken']);
		store.close();
	});

	it('touches nothing when the store is of a newer version', async () => {
		(await openStore('tanaka')).close();
		(await openDB('mp-store:tanaka', 99)).close();
		await expect(openStore('tanaka')).rejects.toThrow(StoreNewer);
	});

	it('lets a newer page have the store', async () => {
		const old = await openStore('tanaka');
		await old.submit(what());
		const newer = await openDB('mp-store:tanaka', 2);
		expect(await newer.count('ops')).toBe(1);
		newer.close();
		await expect(old.ops()).rejects.toThrow(StoreNewer);
		old.close();
	});

	it('keeps what is on screen when the store was wiped under it', async () => {
		const store = await openStore('tanaka');
		const revision = await store.saveDraft(draft());
		await store.submit(what());
		const before = await store.outbox.identity();
		await deleteDB('mp-store:tanaka');
		expect((await store.finish('d1', revision, what())).seq).toBe(1);
		store.close();
		const again = await openStore('tanaka');
		expect((await again.ops()).map((one) => one.summary)).toEqual(['11/27 緑町コース']);
		const after = await again.outbox.identity();
		expect(after.device).toBe(before.device);
		expect(after.epoch).not.toBe(before.epoch);
		again.close();
	});
});

it('tells other tabs', async () => {
	const [a, b] = [await openStore('tanaka'), await openStore('tanaka')];
	const told = new Promise<void>((done) => b.subscribe(done));
	await a.submit(what());
	await told;
	a.close();
	b.close();
});

it('keeps photos under their hash', async () => {
	const store = await openStore('tanaka');
	const hash = await store.putBlob(new Uint8Array([0xff, 0xd8, 0xff]), 'image/jpeg');
	expect(await store.putBlob(new Uint8Array([0xff, 0xd8, 0xff]), 'image/jpeg')).toBe(hash);
	expect([...(await store.blob(hash))!.bytes]).toEqual([0xff, 0xd8, 0xff]);
	expect((await store.submit(what({ blobs: [hash] }))).id).toBeTruthy();
	expect((await store.ops())[0]!.blobsWaiting).toBe(1);
	await expect(store.putBlob(new Uint8Array(2 * 1024 * 1024 + 1), 'image/jpeg')).rejects.toThrow(RangeError);
	store.close();
});

it('writes local time with its offset', () => {
	const text = rfc3339(Date.UTC(2025, 2, 31, 14, 59));
	expect(new Date(text).getTime()).toBe(Date.UTC(2025, 2, 31, 14, 59));
	expect(text).toMatch(/[+-]\d\d:\d\d$/);
});
