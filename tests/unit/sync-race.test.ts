import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { db, transaction } from '#lib/server/db/index.ts';
import { trail } from '#lib/server/db/trail.ts';
import { syncOp } from '#lib/sync/tables.server.ts';
import { freshDatabase } from '../database.ts';
import { demoPeople, seedPeople, town } from '../people.ts';
import { moment, phone } from '../phone.ts';

/** How often each process posts; the long rounds take 2000. */
const times = Number(process.env.TIMES || 5);
let file: string;
let close: () => void;
beforeAll(async () => {
	({ file, close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, '2025-11-27'));
});
afterAll(() => close());

it(
	'six processes that post the same ops again and again: every op once, every effect once, one number',
	async () => {
		const mine = phone(demoPeople.volunteer.id, { type: 'association', id: town.associations.honcho });
		const ops = [await mine.op(), await mine.op(), await mine.op()];
		writeFileSync(`${file}.push`, JSON.stringify(mine.push(ops, { sentAt: moment.toISOString() })));
		const run = promisify(execFile);
		const pushers = Array.from({ length: 6 }, () =>
			run('node', ['tests/faults/pusher.ts', file, `${file}.push`, String(times)], { maxBuffer: 64 << 20 })
		);
		const said = (await Promise.all(pushers)).flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
		expect(said).toHaveLength(6 * times * 3);
		expect(said.filter((one) => one.startsWith('stored'))).toHaveLength(3);
		expect(new Set(said.map((one) => one.split(' ')[1])).size).toBe(3);
		expect(await db.$count(syncOp)).toBe(3);
		expect(await db.$count(trail, eq(trail.kind, 'test'))).toBe(3);
		if (process.env.TIMES)
			console.log(`6 processes posted 3 ops ${times} times each: ${said.length} answers, 3 stored`);
	},
	60_000 + times * 1000
);
