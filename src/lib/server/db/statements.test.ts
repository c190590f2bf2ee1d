import Database from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, test, vi } from 'vitest';
import { id, table, text } from './columns.ts';
import { rememberStatements } from './statements.ts';

const thing = table('thing', { id: id(), name: text() });

function opened() {
	const connection = new Database(':memory:');
	connection.exec('create table thing (id text primary key, name text)');
	const prepare = vi.spyOn(connection, 'prepare');
	rememberStatements(connection);
	return { connection, prepare, db: drizzle({ client: connection }) };
}

test('a text is compiled once, with other values each time', async () => {
	const { db, prepare } = opened();
	for (const one of ['a', 'b', 'c']) await db.insert(thing).values({ id: one, name: one });
	for (const one of ['a', 'b', 'c'])
		expect(await db.select().from(thing).where(eq(thing.id, one))).toEqual([{ id: one, name: one }]);
	expect(prepare).toHaveBeenCalledTimes(2);
});

test('rows and arrays of one text do not mix', async () => {
	const { db } = opened();
	await db.insert(thing).values({ id: 'a', name: 'b' });
	const query = db.select().from(thing);
	const raw = sql.raw(query.toSQL().sql);
	for (let n = 0; n < 3; n++) {
		expect(await query).toEqual([{ id: 'a', name: 'b' }]);
		expect(db.all(raw)).toEqual([{ id: 'a', name: 'b' }]);
	}
});

test('a changed table is seen, and a failed statement works again', async () => {
	const { db, connection } = opened();
	await db.insert(thing).values({ id: 'a', name: 'b' });
	await expect((async () => db.insert(thing).values({ id: 'a', name: 'b' }))()).rejects.toThrow();
	connection.exec('alter table thing add column more text');
	await db.insert(thing).values({ id: 'b', name: 'b' });
	expect(await db.select().from(thing)).toHaveLength(2);
});

test('more texts than are kept', async () => {
	const { db } = opened();
	for (let n = 1; n < 900; n++) expect(await db.all(sql.raw(`select ${n} as n`))).toEqual([{ n }]);
	expect(await db.all(sql.raw('select 1 as n'))).toEqual([{ n: 1 }]);
});

test('the first column alone, rows, and a statement in the middle of its rows do not disturb one another', () => {
	const { connection } = opened();
	connection.exec("insert into thing values ('a', 'x'), ('b', 'y')");
	const text = 'select id, name from thing order by id';
	expect(connection.prepare(text).pluck().all()).toEqual(['a', 'b']);
	expect(connection.prepare(text).all()).toEqual([
		{ id: 'a', name: 'x' },
		{ id: 'b', name: 'y' }
	]);
	const going = connection.prepare(text).iterate();
	expect(going.next().value).toEqual({ id: 'a', name: 'x' });
	expect(connection.prepare(text).raw().all()).toEqual([
		['a', 'x'],
		['b', 'y']
	]);
	expect(going.next().value).toEqual({ id: 'b', name: 'y' });
	going.return?.();
});
