/** What leaves the phone: what is safe in a verified backup, what the person deletes or throws away; and an older page that holds the store. */
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { connections, db } from '#lib/server/db/index.ts';
import { trail } from '#lib/server/db/trail.ts';
import { effects, fact, my, now, openPhone, states } from '../../../tests/phone-store.ts';
import { answerLost, cut } from '../../../tests/sync-server.ts';
import { registerHandler } from './handlers.server.ts';
import { openStore, StoreBlocked } from './store.client.ts';
import { syncDevice, syncOp } from './tables.server.ts';

const people = openPhone();
const days = (n: number) => new Date(now.getTime() + n * 86_400_000);
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4]);

describe('delivered records', () => {
	/** One record that arrived, with a photo; and what the server says of its backups afterwards. */
	async function delivered(backupNo: 'behind' | 'there') {
		const sha256 = await my.store.putBlob(png, 'image/png');
		const { id } = await my.store.submit(fact({ blobs: [sha256] }));
		await my.sender.sendNow();
		const [op] = await my.store.ops();
		const { server, era } = serverSays();
		await my.store.outbox.meet(server, era, backupNo === 'there' ? op!.no! : op!.no! - 1);
		return { id, sha256 };
	}
	const serverSays = () =>
		connections().writer.prepare('SELECT server, era FROM sync_server').get() as { server: string; era: number };

	it('keep their content until a verified backup holds them and 14 days have passed', async () => {
		const { id } = await delivered('behind');
		expect(await my.store.outbox.prune(days(20))).toBe(0);
		const there = await delivered('there');
		expect(await my.store.outbox.prune(days(13))).toBe(0);
		expect(await my.store.payload(id)).toBeDefined();
		expect(await my.store.outbox.prune(days(14.1))).toBe(2);
		expect(await my.store.payload(there.id)).toBeUndefined();
	});

	it('leave id, place, number and the line for the lists; the photo goes; nothing is offered again for ever', async () => {
		const { id, sha256 } = await delivered('there');
		await my.store.outbox.prune(days(15));
		expect(await my.store.ops()).toMatchObject([{ id, state: 'delivered', summary: '11/27 見回り', seq: 1 }]);
		expect((await my.store.ops())[0]!.no).toBeGreaterThan(0);
		expect(await my.store.blob(sha256)).toBeUndefined();
		await my.store.outbox.offerAgain([[1, 1]]);
		const { server, era } = serverSays();
		expect(await my.store.outbox.meet(server, era + 1, undefined)).toBe('restored');
		expect((await my.store.outbox.head()).pending).toBe(0);
	});

	it('stay whole where their person still has to mend them', async () => {
		const { id } = await my.store.submit(fact({ kind: 'test.unknown' }));
		await my.sender.sendNow();
		const { server, era } = serverSays();
		await my.store.outbox.meet(server, era, 1_000_000);
		expect(await my.store.outbox.prune(days(400))).toBe(0);
		expect(await my.store.payload(id)).toBeDefined();
	});
});

describe('what was written of a child', () => {
	const kind = 'pocket.runIn';
	const took = (is: 'accepted' | 'rejected') =>
		registerHandler(kind, { schema: { 1: z.looseObject({}) }, apply: () => Promise.resolve({ is }) });
	const told = () => my.store.submit(fact({ kind, payload: { words: 'ひみつ' }, summary: '11/27 記録' }));

	it('leaves the phone with the receipt, and only then; the line for the lists stays', async () => {
		took('accepted');
		my.line.weather = answerLost;
		const { id } = await told();
		await my.sender.sendNow();
		// The server has it, the phone does not know: it must not let go.
		expect(await my.store.payload(id)).toEqual({ words: 'ひみつ' });
		my.line.weather = (reach) => reach();
		await my.sender.sendNow();
		expect(await my.store.payload(id)).toBeUndefined();
		expect(await my.store.ops()).toMatchObject([{ id, state: 'delivered', summary: '11/27 記録' }]);
		expect((await my.store.ops())[0]!.no).toBeGreaterThan(0);
		// Neither a gap the server names nor a restored server brings back an empty record.
		await my.store.outbox.offerAgain([[1, 1]]);
		expect((await my.store.outbox.head()).pending).toBe(0);
	});

	it('stays where the server refused it, and goes where its person deleted it', async () => {
		took('rejected');
		const refused = await told();
		await my.sender.sendNow();
		expect(await my.store.payload(refused.id)).toEqual({ words: 'ひみつ' });
		took('accepted');
		my.line.weather = cut;
		const deleted = await told();
		await my.sender.sendNow();
		const { body } = fact();
		await my.store.submit({ kind: 'void', kv: 1, body, base: deleted.id, payload: {}, summary: '' });
		expect(await my.store.payload(deleted.id)).toBeUndefined();
	});
});

describe('thrown away by the person', () => {
	it('content, drafts, pack and photos go; the server learns that nothing is missing', async () => {
		const sha256 = await my.store.putBlob(Uint8Array.from([...png, 9]), 'image/png');
		await my.store.submit(fact());
		await my.sender.sendNow();
		my.line.weather = cut;
		const gone = await my.store.submit(fact({ blobs: [sha256] }));
		await my.store.saveDraft({ id: 'd', kind: 'patrol', revision: 0, recording: false, data: { a: 1 } });
		await my.store.savePack({ value: { roster: [] }, next: 'x', at: now });
		expect(await my.store.discard()).toBe(1);
		expect(await Promise.all([my.store.payload(gone.id), my.store.pack(), my.store.blob(sha256)])).toEqual([
			undefined,
			undefined,
			undefined
		]);
		expect(await my.store.drafts()).toEqual([]);
		my.line.weather = (reach) => reach();
		expect(await my.sender.sendNow()).toBe('done');
		expect(await db.$count(syncOp, eq(syncOp.id, gone.id))).toBe(0);
		expect(await db.$count(trail, eq(trail.thing, gone.id))).toBe(0);
		const [device] = await db.select().from(syncDevice).where(eq(syncDevice.device, my.store.device));
		expect(device).toMatchObject({ upTo: 3, lastSeq: 3 });
	});

	it('what had arrived without the phone knowing is taken back', async () => {
		my.line.weather = async (reach) => {
			await reach();
			throw new TypeError('Failed to fetch');
		};
		const { id } = await my.store.submit(fact());
		await my.sender.sendNow();
		expect(await db.$count(syncOp, eq(syncOp.id, id))).toBe(1);
		await my.store.discard();
		my.line.weather = (reach) => reach();
		await my.sender.sendNow();
		const erasing = await db.select().from(syncOp).where(eq(syncOp.base, id));
		expect(erasing).toMatchObject([{ kind: 'void', voids: 1 }]);
	});
});

describe('deleted on the phone', () => {
	const voids = (base: string) => my.store.submit(fact({ kind: 'void', base, payload: {} }));

	it('before it left: it never comes, and its number is not missed', async () => {
		const { id } = await my.store.submit(fact());
		await voids(id);
		await my.store.submit(fact());
		expect(await states()).toEqual(['voided', 'queued', 'queued']);
		expect(await my.sender.sendNow()).toBe('done');
		expect(await states()).toEqual(['voided', 'delivered', 'delivered']);
		expect(await effects(id)).toBe(0);
		const [device] = await db.select().from(syncDevice).where(eq(syncDevice.device, my.store.device));
		expect(device).toMatchObject({ upTo: 3, pending: 2 });
	});

	it('after it had arrived without our knowing: the room is asked, or the leader', async () => {
		const { id } = await my.store.submit(fact());
		my.line.weather = answerLost;
		await my.sender.sendNow();
		my.line.weather = (reach) => reach();
		await voids(id);
		await my.sender.sendNow();
		expect((await my.store.ops())[0]).toMatchObject({ kind: 'void', outcome: { is: 'rejected', fix: 'leader' } });
		expect(await effects(id)).toBe(1);
	});
});

it('an older page that does not let go is said, and nothing is touched', async () => {
	await my.store.submit(fact());
	my.store.close();
	// What a page of an older version looks like from here: it holds version 1 and does not hear that it should close.
	const held = await new Promise<IDBDatabase>((done, failed) => {
		const request = indexedDB.open(`mp-store:${people.volunteer.person}`);
		request.onsuccess = () => done(request.result);
		request.onerror = () => failed(new Error('not open'));
	});
	const open = indexedDB.open.bind(indexedDB);
	indexedDB.open = (name, version) => open(name, version && version + 1);
	await expect(openStore(people.volunteer.person)).rejects.toBeInstanceOf(StoreBlocked);
	indexedDB.open = open;
	expect(held.objectStoreNames).toContain('ops');
	held.close();
});
