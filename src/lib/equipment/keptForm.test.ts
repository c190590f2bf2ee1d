import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it } from 'vitest';
import { openStore, type Store } from '#lib/sync/store.client.ts';
import { FormKeeper, keptAt, type Kept, type KeptState } from './keptForm.client.ts';

const person = '01890000-0000-7001-8000-000000000001';
const somebodyElse = '01890000-0000-7001-8000-000000000002';
const id = '01890000-0000-7004-8001-000000000001';
let store: Store;
let typed: Kept;
let said: KeptState[];
const type = (plan: string) => (typed = { ...typed, values: { plan } });
beforeEach(async () => {
	globalThis.indexedDB = new IDBFactory();
	store = await openStore(person);
	said = [];
	typed = { association: 'honcho', fresh: true, base: 0, files: 0, values: {} };
});
const keeper = (revision = 0, of = store) =>
	new FormKeeper(
		of,
		id,
		revision,
		() => typed,
		(state) => void said.push(state)
	);
const fresh = (of: Store = store) => keptAt(of, { freshFor: 'honcho' });

it('keeps what was typed, for the same person in another tab, and for nobody else', async () => {
	const one = keeper();
	await one.save();
	expect(await fresh()).toBeUndefined();
	type('髙橋 𠮷子');
	one.touched();
	await one.save();
	const tab = await openStore(person);
	expect(await fresh(tab)).toMatchObject({ id, kept: { values: { plan: '髙橋 𠮷子' } } });
	expect(await keptAt(tab, { id })).toMatchObject({ revision: 1 });
	expect(await keptAt(tab, { freshFor: 'midori' })).toBeUndefined();
	expect(await fresh(await openStore(somebodyElse))).toBeUndefined();
});

it('writes every save in its turn, and takes what stands there when it is asked', async () => {
	const one = keeper();
	const all = ['1', '2', '3'].map((plan) => {
		type(plan);
		one.touched();
		return one.save();
	});
	type('after the form is gone');
	await Promise.all(all);
	expect((await fresh())?.kept.values).toEqual({ plan: '3' });
});

it('leaves nothing once it has arrived, however late a save comes', async () => {
	const one = keeper();
	type('a');
	one.touched();
	void one.save();
	await one.forget();
	one.touched();
	await one.save();
	expect(await store.drafts()).toEqual([]);
});

it('goes on beside another tab, but brings back nothing that the other has sent', async () => {
	const [one, other] = [keeper(), keeper(0, await openStore(person))];
	for (const tab of [one, other]) {
		type('both');
		tab.touched();
		await tab.save();
	}
	expect(said).toEqual(['changed', 'kept', 'changed', 'kept']);
	await other.forget();
	type('left over');
	one.touched();
	await one.save();
	expect(said.at(-1)).toBe('failed');
	expect(await store.drafts()).toEqual([]);
});
