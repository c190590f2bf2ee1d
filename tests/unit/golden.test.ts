/** Ops exactly as released phones froze them: accepted for ever. A file here is never edited; a new version of a payload adds one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { decide, prepare } from '#lib/equipment/decisions.server.ts';
import { saveRequest } from '#lib/equipment/requests.server.ts';
import { enterMovement } from '#lib/equipment/stock.server.ts';
import { item } from '#lib/equipment/tables.server.ts';
import { giveConsent } from '#lib/pockets/consents.server.ts';
import type { PocketForm } from '#lib/pockets/pocket.ts';
import { apply, explain, register } from '#lib/pockets/pockets.server.ts';
import { openRound } from '#lib/pockets/rounds.server.ts';
import { place, shift } from '#lib/watches/tables.server.ts';
import { handlerOf, registeredKinds } from '#lib/sync/handlers.server.ts';
import { opSchema, sha256, thaw } from '#lib/sync/protocol.ts';
import { receive } from '#lib/sync/receive.server.ts';
// Every room that takes part: a new one brings its golden files.
import '../../src/routes/api/v1/sync/handlers.ts';
import { freshDatabase } from '../database.ts';
import { actorFor, seedPeople, town } from '../people.ts';
import { phone } from '../phone.ts';

const folder = 'src/lib/sync/golden';
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const read = (file: string) => opSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
const now = new Date('2025-11-27T22:00:00+09:00');
/** The watch the golden ops of shifts speak of. */
const watch = '019abf2e-0000-7000-8000-00000000005f';
let close: () => void;

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, '2025-11-27');
		const of = { municipality: town.municipality, association: town.associations.honcho };
		await tx
			.insert(place)
			.values({ ...of, id: watch, kind: 'post', name: '本町交差点', line: [[35.7, 139.5]], metres: 0, createdAt: now });
		await tx.insert(shift).values({
			...of,
			id: watch,
			place: watch,
			programme: 'schoolWatch',
			onDay: '2025-11-27',
			from: '21:30',
			to: '22:30',
			startsAt: new Date('2025-11-27T21:30:00+09:00'),
			endsAt: new Date('2025-11-27T22:30:00+09:00'),
			capacity: 1,
			minimum: 1,
			at: now
		});
	});
	await readyToHandOver();
	await readyToAsk();
});
afterAll(() => close());

/** The request and the item the golden hand-over speaks of: two megaphones, granted and reserved. */
async function readyToHandOver() {
	const [id, of] = ['019abf2e-0000-7000-8000-0000000000e1', '019abf2e-0000-7000-8000-0000000000e2'];
	const [leader, safety, approver] = await Promise.all(
		(['leader', 'safety', 'approver'] as const).map((who) => actorFor(db, who, '2025-11-27'))
	);
	const lines = [{ item: of, size: '', pieces: 2 }];
	const form = { lines: lines.map((line) => ({ ...line, reason: '' })), words: '', override: '' };
	await transaction(async (tx) => {
		const { municipality } = town;
		await tx.insert(item).values({
			id: of,
			municipality,
			name: '拡声器',
			unit: '台',
			mode: 'loan',
			sizes: [],
			reorderAt: null,
			createdAt: now
		});
		const bought = { kind: 'received', size: '', pieces: 2, on: '2025-11-01', reason: '購入' } as const;
		await enterMovement(tx, safety!, of, bought, now);
		const asked = { id, association: town.associations.honcho, plan: '', as: 'send' } as const;
		await saveRequest(tx, leader!, asked, lines, now);
		await prepare(tx, safety!, id, form, now);
		await decide(tx, approver!, id, form, now);
	});
}

/** The home the golden answer speaks of, in a round that is open. */
async function readyToAsk() {
	const { municipality } = town;
	const home = '019abf2e-0000-7000-8000-0000000000f1';
	const clerk = (await actorFor(db, 'guidance', '2025-11-27'))!;
	const form: PocketForm = {
		...{ kind: 'home', name: '見本', kana: 'みほん', contact: null, town: '本町一丁目', address: '1番', phone: null },
		...{ school: town.schools.honcho, lat: 35.7, lng: 139.5, closed: null },
		hours: [null, null, null, null, null, null, null]
	};
	await transaction(async (tx) => {
		await apply(tx, { municipality }, home, form, 'host', now);
		await explain(tx, clerk, home, '2025-04-20', now);
		await register(tx, clerk, home, '2025-05-01', now);
		await giveConsent(tx, clerk, home, { purpose: 'district', text: 'x', on: '2025-05-01' }, now);
		const opened = new Date('2025-11-20T09:00:00+09:00');
		await openRound(tx, clerk, { fiscalYear: 2025, schools: [town.schools.honcho] }, opened);
	});
}

/** What the server takes today: every version a room knows, and the one kind that is the engine's own. */
const known = () => [
	...registeredKinds().flatMap((kind) => Object.keys(handlerOf(kind)!.schema).map((kv) => `${kind}.v${kv}.json`)),
	'void.v1.json'
];

it('there is one of every kind and version', () => {
	expect(files.toSorted()).toEqual(known().toSorted());
});

it.each(files)('%s is whole and its kind and version are known', async (file) => {
	const op = read(file);
	expect(await sha256(op.bytes)).toBe(op.hash);
	const content = thaw(op.bytes)!;
	expect(file).toBe(`${content.kind}.v${content.kv}.json`);
	if (content.kind === 'void') return expect(content).toMatchObject({ base: expect.any(String), payload: { seq: 8 } });
	expect(handlerOf(content.kind)!.schema[content.kv]!.safeParse(content.payload)).toMatchObject({ success: true });
});

it('all of them are accepted, in any order, and again', async () => {
	const ops = files.map(read).sort((a, b) => b.seq - a.seq);
	const from = phone('', { type: 'association', id: town.associations.honcho }, now);
	for (const [device, theirs] of Map.groupBy(ops, (op) => op.device)) {
		const who = device === 'golden-desk' ? 'safety' : device === 'golden-leader' ? 'leader' : 'volunteer';
		const actor = await actorFor(db, who, '2025-11-27');
		const named = { device, epoch: theirs[0]!.epoch };
		for (const op of theirs) await receive(actor, from.push([op], named), now, String);
		const answer = await receive(actor, from.push(theirs, named), now, String);
		if (typeof answer === 'string') throw new Error(answer);
		expect(answer.results.map((one) => 'outcome' in one && `${one.s} ${one.outcome.is}`)).toEqual(
			theirs.map(() => 'duplicate accepted')
		);
		expect(answer.missing).toEqual([]);
	}
});
