/** Faults of the server that need no process: a database that does not hold its promises, a clock that jumps. */
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '#lib/people/permissions.ts';
import { connect } from '#lib/server/db/connect.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import type { Answer } from '#lib/sync/protocol.ts';
import { receive } from '#lib/sync/receive.server.ts';
import { syncOp } from '#lib/sync/tables.server.ts';
import { freshDatabase } from '../database.ts';
import { actorFor, demoPeople, seedPeople, town } from '../people.ts';
import { moment, phone } from '../phone.ts';

let close: () => void;
let file: string;
let volunteer: Actor;
beforeAll(async () => {
	({ file, close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, '2025-11-27'));
	volunteer = await actorFor(db, 'volunteer', '2025-11-27');
});
afterAll(() => close());
afterEach(() => vi.restoreAllMocks());

describe('a database that does not hold its promises is not opened', () => {
	/** The setting cannot be made: SQLite goes on answering what it had. */
	function stubborn(setting: string, found: unknown): void {
		const real = Database.prototype.pragma;
		vi.spyOn(Database.prototype, 'pragma').mockImplementation(function (
			this: Database.Database,
			source: string,
			options?: Database.PragmaOptions
		) {
			if (source.startsWith(setting)) return found;
			return real.call(this, source, options);
		});
	}
	it.each([
		['journal_mode', 'delete'],
		['synchronous', 1],
		['foreign_keys', 0]
	])('%s = %s', (setting, found) => {
		stubborn(setting, found);
		expect(() => connect(file)).toThrow(/does not hold its promises/);
	});

	it.each(['3.51.2', '3.50.9', '2.99.99'])('SQLite %s, which can lose a frame of the log', (version) => {
		const real = Database.prototype.prepare;
		vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, source: string) {
			return real.call(this, source.replace('sqlite_version()', `'${version}'`));
		});
		expect(() => connect(file)).toThrow(/does not hold its promises/);
	});

	it.each(['3.51.3', '3.52.0', '4.0.0'])('SQLite %s is welcome', (version) => {
		const real = Database.prototype.prepare;
		vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, source: string) {
			return real.call(this, source.replace('sqlite_version()', `'${version}'`));
		});
		connect(file).close();
	});
});

it('receipts are counted by number, whatever the clock of the server does', async () => {
	const mine = phone(demoPeople.volunteer.id, { type: 'association', id: town.associations.honcho });
	const year = 365 * 86_400_000;
	const numbers: number[] = [];
	for (const jump of [0, -year, year, -1, 0]) {
		const op = await mine.op({ kind: 'void', payload: { seq: 1 } });
		const answer = (await receive(volunteer, mine.push([op]), new Date(moment.getTime() + jump), String)) as Answer;
		const [result] = answer.results;
		if (result?.s !== 'stored') throw new Error('not stored');
		numbers.push(result.no);
		const [row] = await db.select().from(syncOp).where(eq(syncOp.hash, op.hash));
		expect(row!.no).toBe(result.no);
	}
	expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
	expect(new Set(numbers).size).toBe(numbers.length);
});
