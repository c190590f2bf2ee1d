/** The volunteer's phone as it is: the real store over fake-indexeddb, the real sender, the real receiver at the other end. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach } from 'vitest';
import * as z from 'zod/mini';
import { db } from '#lib/server/db/index.ts';
import { record, trail } from '#lib/server/db/trail.ts';
import { registerHandler } from '#lib/sync/handlers.server.ts';
import { createSender, type Sender } from '#lib/sync/sender.client.ts';
import { openStore, type Finish, type Store } from '#lib/sync/store.client.ts';
import { openTown } from './open-town.ts';
import { town } from './people.ts';
import { Line } from './sync-server.ts';

export const now = new Date();
export const today = now.toISOString().slice(0, 10);

/** Filled before each test of a file that calls `openPhone`: an empty store and a good line. */
export const my = {} as { store: Store; line: Line; sender: Sender };

/** A fresh database with both towns for one test file, and a new phone of the volunteer for each test. */
export function openPhone() {
	const people = openTown(today, ['volunteer', 'leader'] as const);
	beforeAll(() =>
		registerHandler('test.fact', {
			schema: { 1: z.looseObject({}) },
			apply: async (tx, op) => record(tx, op.actor, 'test.fact', 'test', op.id)
		})
	);
	beforeEach(async () => {
		globalThis.indexedDB = new IDBFactory();
		my.store = await openStore(people.volunteer.person);
		my.line = new Line(people.volunteer);
		my.sender = createSender(my.store, { fetch: my.line.fetch, random: () => 0 });
	});
	afterEach(() => my.store.close());
	return people;
}

/** Something to be kept on the phone. */
export const fact = (over: Partial<Finish> = {}): Finish => ({
	kind: 'test.fact',
	kv: 1,
	body: { type: 'association', id: town.associations.honcho },
	payload: { note: '見回り' },
	summary: '11/27 見回り',
	...over
});
/** Where the records stand, the oldest first. */
export const states = async () => (await my.store.ops()).map((one) => one.state).reverse();
/** How often a record had its effect. */
export const effects = (id: string) => db.$count(trail, eq(trail.thing, id));
