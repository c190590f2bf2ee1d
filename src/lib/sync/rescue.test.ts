/** Records that leave the phone as a sealed file: handed in by whom it may be, under their own ids, once. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { copyOf, fileOfBroken, filesOf, handInRescues, keepRescue, rescues } from '#lib/patrols/rescue.client.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { record, trail } from '#lib/server/db/trail.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, otherLeader, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { cut, instead, Line } from '../../../tests/sync-server.ts';
import { blobOf } from './blobs.server.ts';
import { handIn } from './handIn.server.ts';
import { registerHandler } from './handlers.server.ts';
import { rescueKey } from './keys.server.ts';
import { newRescueKeys, openRescue, sealRescue, type RescueKey } from './rescue.ts';
import { createSender } from './sender.client.ts';
import { openStore, type Finish, type Store } from './store.client.ts';
import { syncOp } from './tables.server.ts';

const now = new Date();
const today = now.toISOString().slice(0, 10);
const honcho = { type: 'association', id: town.associations.honcho } as const;
let volunteer: Actor, leader: Actor, safety: Actor, midori: Actor, stranger: Actor;
let key: RescueKey;
let store: Store;
let line: Line;
let close: () => void;

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await secondTown(tx, today);
	});
	[volunteer, leader, safety, midori] = (await Promise.all(
		(['volunteer', 'leader', 'safety', 'midoriLeader'] as const).map((who) => actorFor(db, who, today))
	)) as [Actor, Actor, Actor, Actor];
	stranger = await otherLeader(db, today);
	key = await rescueKey(now);
	registerHandler('test.fact', {
		schema: { 1: z.looseObject({}) },
		apply: async (tx, op) => record(tx, op.actor, 'test.fact', 'test', op.id)
	});
});
afterAll(() => close());
beforeEach(async () => {
	globalThis.indexedDB = new IDBFactory();
	const kept = new Map<string, string>();
	globalThis.localStorage = {
		getItem: (name: string) => kept.get(name) ?? null,
		setItem: (name: string, value: string) => void kept.set(name, value),
		removeItem: (name: string) => void kept.delete(name)
	} as Storage;
	store = await openStore(volunteer.person);
	line = new Line(volunteer);
	globalThis.fetch = line.fetch;
});

const secret = '𠮷田さん宅のうら';
const fact = (over: Partial<Finish> = {}): Finish => ({
	kind: 'test.fact',
	kv: 1,
	body: honcho,
	payload: { note: secret },
	summary: 'x',
	...over
});
const effects = (id: string) => db.$count(trail, and(eq(trail.thing, id), eq(trail.deed, 'test.fact')));
const give = (actor: Actor, text: string) => handIn(actor, text, new Date(), (code) => code);
const broken = (code: string) => expect.objectContaining({ name: 'RuleBroken', code });
const png = () =>
	Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...crypto.getRandomValues(new Uint8Array(40))]);

/** One record with a photo, and the file it left as. */
async function exported() {
	const sha256 = await store.putBlob(png(), 'image/png');
	const { id } = await store.submit(fact({ blobs: [sha256] }));
	const [file] = await filesOf(store, key, now);
	return { id, sha256, file: file!.text };
}

describe('broken', () => {
	/** The server says three times that the bytes arrived damaged. */
	async function damagedOnTheWay() {
		const { id } = await store.submit(fact());
		line.weather = async (reach) => {
			const answer = (await (await reach()).json()) as { results: { hash: string }[] };
			return Response.json({ ...answer, results: answer.results.map(({ hash }) => ({ s: 'corrupt', hash })) });
		};
		const sender = createSender(store, { fetch: line.fetch });
		for (let n = 0; n < 3; n++) await sender.sendNow();
		expect((await store.ops())[0]).toMatchObject({ id, state: 'broken' });
		return id;
	}

	it('on the way only: its file is handed in like any other, once', async () => {
		const id = await damagedOnTheWay();
		const file = (await fileOfBroken(store, key, id, now))!;
		expect(file.name).toMatch(/\.mimamori$/);
		expect(await give(leader, file.text)).toMatchObject({ taken: 0, known: 1 });
		expect(await effects(id)).toBe(1);
		expect(await fileOfBroken(store, undefined, id, now)).toBeUndefined();
	});

	it('not at all: there is no such file', async () => {
		const { id } = await store.submit(fact());
		expect(await fileOfBroken(store, key, id, now)).toBeUndefined();
	});
});

describe('sealed', () => {
	it('to the server: nothing of it can be read, not by the phone either', async () => {
		const { file } = await exported();
		expect(file).not.toContain(secret);
		expect(atob((JSON.parse(file) as { data: string }).data)).not.toContain('payload');
		const other = await newRescueKeys();
		expect(await openRescue(other.privateKey, file)).toBeUndefined();
	});

	it('one changed sign makes it worthless', async () => {
		const { file } = await exported();
		const parsed = JSON.parse(file) as Record<string, string>;
		for (const part of ['from', 'iv', 'data', 'key'] as const) {
			const at = Math.floor(parsed[part]!.length / 2);
			const bent = parsed[part]!.slice(0, at) + (parsed[part]![at] === 'A' ? 'B' : 'A') + parsed[part]!.slice(at + 1);
			await expect(give(volunteer, JSON.stringify({ ...parsed, [part]: bent }))).rejects.toMatchObject({
				name: 'RuleBroken'
			});
		}
		for (const text of ['', '{}', 'null', '<html>', file.slice(0, -20)])
			await expect(give(volunteer, text)).rejects.toEqual(broken('error_sync_rescue_file'));
	});

	it('to another city’s server it says so', async () => {
		const made = await newRescueKeys();
		const content = { at: now.toISOString(), ops: [], blobs: [] };
		const file = await sealRescue({ id: 'elsewhere', publicKey: made.publicKey }, content);
		await expect(give(volunteer, file)).rejects.toEqual(broken('error_sync_rescue_server'));
	});
});

describe('handed in', () => {
	it('twice, and sent by the phone as well: once, with its photo, in its author’s name', async () => {
		const { id, sha256, file } = await exported();
		expect(await give(leader, file)).toEqual({ author: volunteer.name, taken: 1, known: 0, refused: 0, photos: 1 });
		expect(await give(safety, file)).toMatchObject({ taken: 0, known: 1 });
		expect(await give(volunteer, file)).toMatchObject({ taken: 0, known: 1 });
		expect(await createSender(store, { fetch: line.fetch }).sendNow()).toBe('done');
		expect(await store.ops()).toMatchObject([{ id, state: 'delivered', outcome: { is: 'accepted' } }]);
		expect(await effects(id)).toBe(1);
		const [row] = await db.select().from(syncOp).where(eq(syncOp.id, id));
		expect(row).toMatchObject({ author: volunteer.person, device: store.device, seq: 1 });
		expect(await blobOf(db, town.municipality, sha256)).toMatchObject({ type: 'image/png' });
	});

	it('after the phone had sent it: nothing changes', async () => {
		const { id, file } = await exported();
		await createSender(store, { fetch: line.fetch }).sendNow();
		expect(await give(leader, file)).toMatchObject({ taken: 0, known: 1 });
		expect(await effects(id)).toBe(1);
	});

	it('not by a leader of elsewhere, not by another municipality; the trail names who did', async () => {
		const { id, file } = await exported();
		for (const one of [midori, stranger])
			await expect(give(one, file)).rejects.toEqual(broken('error_sync_rescue_person'));
		expect(await effects(id)).toBe(0);
		await give(leader, file);
		const lines = await db
			.select()
			.from(trail)
			.where(and(eq(trail.deed, 'sync.handIn'), eq(trail.person, leader.person)));
		expect(lines.at(-1)).toMatchObject({ thing: volunteer.person, facts: { taken: 1, known: 0, refused: 0 } });
	});

	it('records of two people in one file are refused', async () => {
		const other = await openStore(leader.person);
		await store.submit(fact());
		await other.submit(fact());
		const ops = [...(await store.outbox.waiting(1, 1e6, 0)), ...(await other.outbox.waiting(1, 1e6, 0))];
		const file = await sealRescue(key, { at: now.toISOString(), ops, blobs: [] });
		await expect(give(safety, file)).rejects.toEqual(broken('error_sync_rescue_file'));
	});
});

describe('the emergency copy', () => {
	/** A log the store refused: its draft is still there, its copy lies beside the store. */
	async function refused(draft: string) {
		const frozen = await store.freeze(fact());
		await store.saveDraft({ id: draft, kind: 'patrol', revision: 0, recording: false, data: {} });
		keepRescue(volunteer.person, await copyOf(store, key, draft, frozen, now));
		return { frozen, id: (JSON.parse(frozen.bytes) as { id: string }).id };
	}

	it('goes by itself, and its draft with it, so that nobody finishes it again', async () => {
		const { id } = await refused('d1');
		line.weather = cut;
		expect(await handInRescues(store, undefined)).toBe(0);
		line.weather = instead(() => new Response('<h1>Wi-Fi</h1>'));
		expect(await handInRescues(store, undefined)).toBe(0);
		expect(rescues(volunteer.person)).toHaveLength(1);
		expect(JSON.stringify(rescues(volunteer.person))).not.toContain(secret);
		line.weather = (reach) => reach();
		expect(await handInRescues(store, undefined)).toBe(1);
		expect([rescues(volunteer.person), await store.drafts()]).toEqual([[], []]);
		expect(await effects(id)).toBe(1);
	});

	it('waits while its form is on screen', async () => {
		await refused('d2');
		expect(await handInRescues(store, 'd2')).toBe(0);
		expect(line.asked).toEqual([]);
	});

	it('and the store taking it after all: the same op, once, and no gap that is asked for', async () => {
		const { frozen, id } = await refused('d3');
		await handInRescues(store, undefined);
		await store.submit(fact({ frozen }));
		await store.submit(fact());
		await createSender(store, { fetch: line.fetch }).sendNow();
		expect((await store.ops()).map((one) => one.state)).toEqual(['delivered', 'delivered']);
		expect(await effects(id)).toBe(1);
	});

	it('is not taken from another person', async () => {
		const { id } = await refused('d4');
		line.actor = midori;
		expect(await handInRescues(store, undefined)).toBe(0);
		expect(rescues(volunteer.person)).toHaveLength(1);
		expect(await effects(id)).toBe(0);
	});
});
