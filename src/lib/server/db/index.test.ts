import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/database.ts';
import { connections, db, openDatabase, savepoint, transaction, type Tx } from './index.ts';
import { newId } from './ids.ts';
import { record, trail } from './trail.ts';

let fresh: ReturnType<typeof freshDatabase>;
beforeAll(() => {
	fresh = freshDatabase();
});
afterAll(() => fresh.close());

const deeds = async (thing: string) => (await db.select().from(trail)).filter((line) => line.thing === thing).length;
const write = (tx: Tx, thing: string) => record(tx, { municipality: 'm' }, 'test.write', 'test', thing);

test('a transaction is seen by readers after it resolves, and not at all when it throws', async () => {
	const kept = newId();
	const lost = newId();
	await transaction(async (tx) => {
		await write(tx, kept);
		expect(await deeds(kept)).toBe(0);
	});
	await expect(
		transaction(async (tx) => {
			await write(tx, lost);
			throw new Error('no');
		})
	).rejects.toThrow('no');
	expect([await deeds(kept), await deeds(lost)]).toEqual([1, 0]);
});

test('those that share a commit do not share a failure', async () => {
	const things = Array.from({ length: 200 }, () => newId());
	const results = await Promise.allSettled(
		things.map((thing, i) =>
			transaction(async (tx) => {
				await write(tx, thing);
				if (i % 3 === 0) throw new Error('mine alone');
				return thing;
			})
		)
	);
	for (const [i, thing] of things.entries()) {
		expect(results[i]!.status).toBe(i % 3 === 0 ? 'rejected' : 'fulfilled');
		expect(await deeds(thing)).toBe(i % 3 === 0 ? 0 : 1);
	}
});

test('each keeps the context of its own caller', async () => {
	const language = new AsyncLocalStorage<string>();
	const heard = await Promise.all(
		['ja', 'en', 'ja', 'en'].map((one) => language.run(one, () => transaction(async () => language.getStore())))
	);
	expect(heard).toEqual(['ja', 'en', 'ja', 'en']);
});

test('nesting is refused', async () => {
	await expect(transaction(async () => transaction(async () => 1))).rejects.toThrow('nest');
});

test('a savepoint undoes its own part only', async () => {
	const outer = newId();
	const inner = newId();
	await transaction(async (tx) => {
		await write(tx, outer);
		await savepoint(tx, async () => {
			await write(tx, inner);
			throw new Error('inner');
		}).catch(() => undefined);
	});
	expect([await deeds(outer), await deeds(inner)]).toEqual([1, 0]);
});

test('the reading connection refuses to write', () => {
	expect(() => connections().reader.exec("INSERT INTO migration VALUES ('x', 'x', 1)")).toThrow(/readonly/);
});

test('when the store itself ends the transaction, nobody of the group is told it was saved', async () => {
	const { writer } = connections();
	const pages = Number(writer.pragma('page_count', { simple: true }));
	writer.pragma(`max_page_count = ${pages}`);
	const before = (await db.select().from(trail)).length;
	const results = await Promise.allSettled(
		Array.from({ length: 64 }, () =>
			transaction((tx) => record(tx, { municipality: 'm' }, 'test.write', 'test', newId(), { long: 'x'.repeat(5000) }))
		)
	);
	writer.pragma('max_page_count = 1073741823');
	const stored = (await db.select().from(trail)).length - before;
	expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(stored);
	expect(results.some((one) => one.status === 'rejected')).toBe(true);
	await transaction((tx) => write(tx, newId()));
});

test('what cannot be committed is not stored, and nobody of the group is told it was', async () => {
	const { writer } = connections();
	const [mine, theirs] = [newId(), newId()];
	const results = await Promise.allSettled([
		transaction((tx) => write(tx, theirs)),
		transaction(async (tx) => {
			await write(tx, mine);
			// A row without its parent, which is found out at COMMIT only.
			writer.pragma('defer_foreign_keys = ON');
			writer.exec("INSERT INTO sync_op_blob VALUES ('m', -1, 'x')");
		})
	]);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect([await deeds(mine), await deeds(theirs)]).toEqual([0, 0]);
	await transaction((tx) => write(tx, mine));
	expect(await deeds(mine)).toBe(1);
});

test('the pragmas hold on a re-opened file', () => {
	openDatabase(fresh.file);
	const { writer } = connections();
	expect(writer.pragma('synchronous', { simple: true })).toBe(2);
	expect(writer.pragma('journal_mode', { simple: true })).toBe('wal');
	expect(writer.pragma('foreign_keys', { simple: true })).toBe(1);
});
