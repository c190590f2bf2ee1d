/** What leaves the phone: what is safe in a verified backup, what the person throws away; and an older page that holds the store. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Actor } from '#lib/people/permissions.ts';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { record, trail } from '#lib/server/db/trail.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, seedPeople, town } from '../../../tests/people.ts';
import { cut, Line } from '../../../tests/sync-server.ts';
import { registerHandler } from './handlers.server.ts';
import { createSender } from './sender.client.ts';
import { openStore, StoreBlocked, type Finish, type Store } from './store.client.ts';
import { syncDevice, syncOp } from './tables.server.ts';

const now = new Date();
const today = now.toISOString().slice(0, 10);
const days = (n: number) => new Date(now.getTime() + n * 86_400_000);
let volunteer: Actor;
let store: Store;
let line: Line;
let close: () => void;

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, today));
	volunteer = await actorFor(db, 'volunteer', today);
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
});

const fact = (over: Partial<Finish> = {}): Finish => ({
	kind: 'test.fact',
	kv: 1,
	body: { type: 'association', id: town.associations.honcho },
	payload: { note: '見回り' },
	summary: '11/27 見回り',
	...over
});
const send = () => createSender(store, { fetch: line.fetch }).sendNow();
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4]);

describe('delivered records', () => {
	/** One record that arrived, with a photo; and what the server says of its backups afterwards. */
	async function delivered(backupNo: 'behind' | 'there') {
		const sha256 = await store.putBlob(png, 'image/png');
		const { id } = await store.submit(fact({ blobs: [sha256] }));
		await send();
		const [op] = await store.ops();
		const { server, era } = serverSays();
		await store.outbox.meet(server, era, backupNo === 'there' ? op!.no! : op!.no! - 1);
		return { id, sha256 };
	}
	const serverSays = () =>
		connections().writer.prepare('SELECT server, era FROM sync_server').get() as { server: string; era: number };

	it('keep their content until a verified backup holds them and 14 days have passed', async () => {
		const { id } = await delivered('behind');
		expect(await store.outbox.prune(days(20))).toBe(0);
		const there = await delivered('there');
		expect(await store.outbox.prune(days(13))).toBe(0);
		expect(await store.payload(id)).toBeDefined();
		expect(await store.outbox.prune(days(14.1))).toBe(2);
		expect(await store.payload(there.id)).toBeUndefined();
	});

	it('leave id, place, number and the line for the lists; the photo goes; nothing is offered again for ever', async () => {
		const { id, sha256 } = await delivered('there');
		await store.outbox.prune(days(15));
		expect(await store.ops()).toMatchObject([{ id, state: 'delivered', summary: '11/27 見回り', seq: 1 }]);
		expect((await store.ops())[0]!.no).toBeGreaterThan(0);
		expect(await store.blob(sha256)).toBeUndefined();
		await store.outbox.offerAgain([[1, 1]]);
		const { server, era } = serverSays();
		expect(await store.outbox.meet(server, era + 1, undefined)).toBe('restored');
		expect((await store.outbox.head()).pending).toBe(0);
	});

	it('stay whole where their person still has to mend them', async () => {
		const { id } = await store.submit(fact({ kind: 'test.unknown' }));
		await send();
		const { server, era } = serverSays();
		await store.outbox.meet(server, era, 1_000_000);
		expect(await store.outbox.prune(days(400))).toBe(0);
		expect(await store.payload(id)).toBeDefined();
	});
});

describe('thrown away by the person', () => {
	it('content, drafts, pack and photos go; the server learns that nothing is missing', async () => {
		const sha256 = await store.putBlob(Uint8Array.from([...png, 9]), 'image/png');
		await store.submit(fact());
		await send();
		line.weather = cut;
		const gone = await store.submit(fact({ blobs: [sha256] }));
		await store.saveDraft({ id: 'd', kind: 'patrol', revision: 0, recording: false, data: { a: 1 } });
		await store.savePack({ value: { roster: [] }, next: 'x', at: now });
		expect(await store.discard()).toBe(1);
		expect(await Promise.all([store.payload(gone.id), store.pack(), store.blob(sha256)])).toEqual([
			undefined,
			undefined,
			undefined
		]);
		expect(await store.drafts()).toEqual([]);
		line.weather = (reach) => reach();
		expect(await send()).toBe('done');
		expect(await db.$count(syncOp, eq(syncOp.id, gone.id))).toBe(0);
		expect(await db.$count(trail, eq(trail.thing, gone.id))).toBe(0);
		const [device] = await db.select().from(syncDevice).where(eq(syncDevice.device, store.device));
		expect(device).toMatchObject({ upTo: 3, lastSeq: 3 });
	});

	it('what had arrived without the phone knowing is taken back', async () => {
		line.weather = async (reach) => {
			await reach();
			throw new TypeError('Failed to fetch');
		};
		const { id } = await store.submit(fact());
		await send();
		expect(await db.$count(syncOp, eq(syncOp.id, id))).toBe(1);
		await store.discard();
		line.weather = (reach) => reach();
		await send();
		const erasing = await db.select().from(syncOp).where(eq(syncOp.base, id));
		expect(erasing).toMatchObject([{ kind: 'void', voids: 1 }]);
	});
});

it('an older page that does not let go is said, and nothing is touched', async () => {
	await store.submit(fact());
	store.close();
	// What a page of an older version looks like from here: it holds version 1 and does not hear that it should close.
	const held = await new Promise<IDBDatabase>((done, failed) => {
		const request = indexedDB.open(`mp-store:${volunteer.person}`);
		request.onsuccess = () => done(request.result);
		request.onerror = () => failed(new Error('not open'));
	});
	const open = indexedDB.open.bind(indexedDB);
	indexedDB.open = (name, version) => open(name, version && version + 1);
	await expect(openStore(volunteer.person)).rejects.toBeInstanceOf(StoreBlocked);
	indexedDB.open = open;
	expect(held.objectStoreNames).toContain('ops');
	held.close();
});
