/** The schedules of the model, driven through the real client core (fake-indexeddb) and the real receiver (a real file). */
import { rmSync, writeFileSync } from 'node:fs';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Actor } from '#lib/people/permissions.ts';
import { closeDatabase, connections, db, openDatabase, transaction } from '#lib/server/db/index.ts';
import { record, trail } from '#lib/server/db/trail.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { registerHandler } from '#lib/sync/handlers.server.ts';
import { greeting } from '#lib/sync/self.server.ts';
import { createSender } from '#lib/sync/sender.client.ts';
import { openStore, type Store } from '#lib/sync/store.client.ts';
import { syncOp } from '#lib/sync/tables.server.ts';
import { freshDatabase } from '../database.ts';
import { actorFor, seedPeople, town } from '../people.ts';
import { schedule } from '../model/schedules.ts';
import type { Net, Step } from '../model/world.ts';
import { answerLost, cut, instead, Line, type Weather } from '../sync-server.ts';

const today = new Date().toISOString().slice(0, 10);
const body = { type: 'association', id: town.associations.honcho } as const;
/** The long rounds take more. */
const schedules = Number(process.env.SCHEDULES || 500);
/** A backup is the whole file: with all schedules in one, each would cost more than the last. */
const PER_FILE = 250;
let people: Actor[];
let file: string;
let close: () => void;

/** A town in a file of its own. */
async function lay(): Promise<void> {
	({ file, close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, today));
	people = [await actorFor(db, 'volunteer', today), await actorFor(db, 'leader', today)];
	await greeting(new Date());
}

beforeAll(async () => {
	await lay();
	registerHandler('test.fact', {
		schema: { 1: z.looseObject({ poison: z.boolean(), needs: z.optional(z.string()) }) },
		async apply(tx, op, { poison, needs }) {
			// I6: what it needs has been applied before.
			if (needs !== undefined && (await tx.$count(syncOp, eq(syncOp.id, needs))) !== 1) throw new Error('I6');
			await record(tx, op.actor, 'test.fact', 'test', op.id);
			if (poison) throw new RuleBroken('error_input');
		}
	});
});
afterAll(() => close());

const weathers: Record<Net, Weather> = {
	fine: (reach) => reach(),
	cut,
	answerLost,
	captive: instead(() => new Response('<h1>Wi-Fi</h1>', { headers: { 'content-type': 'text/html' } })),
	foreignAnswer: async (reach) =>
		Response.json(JSON.parse((await (await reach()).text()).replace(/"hash":"../g, '"hash":"ff'))),
	duplicated: async (reach) => {
		await reach();
		return reach();
	}
};

/** Yesterday's file in place of today's, under a higher era: what the restore command does, which has tests of its own. */
function restore(bytes: Buffer): void {
	const era = Number(connections().writer.prepare('select era from sync_server').pluck().get());
	closeDatabase();
	for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true });
	writeFileSync(file, bytes);
	openDatabase(file);
	connections()
		.writer.prepare('update sync_server set era = ?')
		.run(era + 1);
}

type Saved = { id: string; author: Actor; poison: boolean };

async function drive(steps: Step[]): Promise<void> {
	globalThis.indexedDB = new IDBFactory();
	const stores: Store[] = await Promise.all(people.map((one) => openStore(one.person)));
	const lines = people.map((one) => new Line(one));
	const saved: Saved[] = [];
	const last: (string | undefined)[] = [];
	let backup: Buffer | undefined;
	for (const step of steps) {
		if (step.is === 'backup') {
			backup = connections().writer.serialize();
			continue;
		}
		if (step.is === 'restore') {
			if (backup) restore(backup);
			continue;
		}
		const n = step.phone % people.length;
		if (step.is === 'signIn') lines[n]!.actor = people[step.person % people.length];
		else if (step.is === 'crash') {
			stores[n]!.close();
			stores[n] = await openStore(people[n]!.person);
		} else if (step.is === 'send' || step.is === 'serverDies') {
			// Killed before COMMIT, seen from here: nothing stored, no answer. That a real process does so is shown with a real one.
			lines[n]!.weather = step.is === 'send' ? weathers[step.net] : cut;
			await createSender(stores[n]!, { fetch: lines[n]!.fetch }).sendNow();
		} else {
			const needs = step.needsLast ? last[n] : undefined;
			const { poison } = step;
			const { id } = await stores[n]!.submit({
				kind: 'test.fact',
				kv: 1,
				body,
				payload: { poison, ...(needs && { needs }) },
				deps: needs ? [needs] : [],
				summary: 'x'
			});
			saved.push({ id, author: people[n]!, poison });
			last[n] = id;
		}
	}
	// The faults stop. The first run may only hear that the era changed.
	for (let round = 0; round < 2; round++)
		for (const [n, store] of stores.entries()) {
			lines[n]!.actor = people[n];
			lines[n]!.weather = weathers.fine;
			await createSender(store, { fetch: lines[n]!.fetch }).sendNow();
		}
	for (const { id, author, poison } of saved) {
		const stored = await db.select().from(syncOp).where(eq(syncOp.id, id));
		expect(stored, 'I1, I3, I4, I12').toHaveLength(1);
		expect(stored[0]!.author, 'I5').toBe(author.person);
		expect(await db.$count(trail, eq(trail.thing, id)), 'I2, I8').toBe(poison ? 0 : 1);
	}
	for (const store of stores) {
		expect((await store.ops()).filter((one) => one.state !== 'delivered')).toEqual([]);
		store.close();
	}
}

it(
	'holds over random schedules',
	async () => {
		for (let left = schedules; left > 0; left -= PER_FILE) {
			if (left < schedules) {
				close();
				await lay();
			}
			const numRuns = Math.min(left, PER_FILE);
			await fc.assert(fc.asyncProperty(schedule, drive), { numRuns, endOnFailure: true });
		}
		if (process.env.SCHEDULES)
			console.log(`${schedules} random schedules through the real engine, all invariants held`);
	},
	240_000 + schedules * 400
);
