/** Ops exactly as released phones froze them: accepted for ever. A file here is never edited; a new version of a payload adds one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { registerPatrols } from '#lib/patrols/receive.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { handlerOf } from '#lib/sync/handlers.server.ts';
import { opSchema, sha256, thaw } from '#lib/sync/protocol.ts';
import { receive } from '#lib/sync/receive.server.ts';
import { freshDatabase } from '../database.ts';
import { actorFor, seedPeople, town } from '../people.ts';
import { phone } from '../phone.ts';

const folder = 'src/lib/sync/golden';
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const read = (file: string) => opSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
const now = new Date('2025-11-27T22:00:00+09:00');
let close: () => void;

beforeAll(async () => {
	({ close } = freshDatabase());
	registerPatrols();
	await transaction((tx) => seedPeople(tx, '2025-11-27'));
});
afterAll(() => close());

it.each(files)('%s is whole and its kind and version are known', async (file) => {
	const op = read(file);
	expect(await sha256(op.bytes)).toBe(op.hash);
	const content = thaw(op.bytes)!;
	expect(file).toBe(`${content.kind}.v${content.kv}.json`);
	expect(handlerOf(content.kind)!.schema[content.kv]!.safeParse(content.payload)).toMatchObject({ success: true });
});

it('all of them are accepted, in any order, and again', async () => {
	const volunteer = await actorFor(db, 'volunteer', '2025-11-27');
	const from = phone(volunteer.person, { type: 'association', id: town.associations.honcho }, now);
	const ops = files.map(read).sort((a, b) => b.seq - a.seq);
	const named = { device: ops[0]!.device, epoch: ops[0]!.epoch };
	for (const op of ops) await receive(volunteer, from.push([op], named), now, String);
	const answer = await receive(volunteer, from.push(ops, named), now, String);
	if (typeof answer === 'string') throw new Error(answer);
	expect(answer.results.map((one) => 'outcome' in one && `${one.s} ${one.outcome.is}`)).toEqual(
		ops.map(() => 'duplicate accepted')
	);
	expect(answer.missing).toEqual([]);
});
