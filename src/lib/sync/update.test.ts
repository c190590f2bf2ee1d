import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it } from 'vitest';
import { openStore, type Clock } from './store.client.ts';
import { isAnyoneRecording } from './update.client.ts';

beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
});

const clock = (hoursAgo: number): Clock => ({
	now: () => Date.now() - hoursAgo * 3_600_000,
	mono: () => 0,
	boot: 'b'
});
async function walking(person: string, hoursAgo: number, recording = true): Promise<void> {
	const store = await openStore(person, clock(hoursAgo));
	await store.saveDraft({ id: 'd', kind: 'patrol', revision: 0, recording, data: {} });
	store.close();
}

it('a patrol under way, of anybody on this browser, keeps a new version waiting', async () => {
	expect(await isAnyoneRecording()).toBe(false);
	await walking('tanaka', 0, false);
	expect(await isAnyoneRecording()).toBe(false);
	await walking('suzuki', 3);
	expect(await isAnyoneRecording()).toBe(true);
});

it('one that was left behind does not, and its draft stays', async () => {
	await walking('tanaka', 13);
	await walking('suzuki', -13);
	expect(await isAnyoneRecording()).toBe(false);
	const store = await openStore('tanaka');
	expect(await store.drafts()).toHaveLength(1);
	store.close();
});

it('looking makes no store', async () => {
	await isAnyoneRecording();
	expect(await indexedDB.databases()).toEqual([]);
});
