import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate as naive } from 'drizzle-orm/better-sqlite3/migrator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillEveryTable, rebuilding } from '../../../../tests/rows.ts';
import { connect } from './connect.ts';
import { assertWhole, rowCounts, tablesOf } from './inspect.ts';
import { migrate, migration, migrationsIn, pending } from './migrate.ts';

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mimamori-migrate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const all = migrationsIn('drizzle');
let made = 0;
/** A migrated file with rows in every table. */
function filled(): { file: string; connection: Database.Database } {
	const file = join(folder, `${made++}.db`);
	const connection = connect(file);
	migrate(connection, all);
	fillEveryTable(connection);
	return { file, connection };
}
const counts = (connection: Database.Database) => Object.fromEntries(rowCounts(connection));
const parentsIn = (connection: Database.Database) =>
	tablesOf(connection).filter((table) =>
		tablesOf(connection).some((child) =>
			(connection.pragma(`foreign_key_list("${child}")`) as { table: string }[]).some((key) => key.table === table)
		)
	);

test('every migration keeps every row of every table, and twice changes nothing', () => {
	const connection = connect(join(folder, 'steps.db'));
	for (const [n, one] of all.entries()) {
		const before = counts(connection);
		expect(migrate(connection, all.slice(0, n + 1))).toEqual([one.name]);
		expect(counts(connection)).toMatchObject({ ...before, ...(before.migration ? { migration: n + 1 } : {}) });
		fillEveryTable(connection);
	}
	expect(migrate(connection, all)).toEqual([]);
	expect(connection.pragma('foreign_key_check')).toEqual([]);
	expect(connection.pragma('foreign_keys', { simple: true })).toBe(1);
	const empty = Object.entries(counts(connection)).filter(([, rows]) => rows === 0);
	expect(empty).toEqual([]);
	connection.close();
});

test('a table that has children can be built anew without losing one of them', () => {
	const { connection } = filled();
	const parents = parentsIn(connection);
	expect(parents).toContain('municipality');
	const before = counts(connection);
	const more = [...all];
	for (const parent of parents) {
		more.push(migration(`9${String(more.length).padStart(3, '0')}_${parent}`, rebuilding(connection, parent)));
		migrate(connection, more);
	}
	expect(counts(connection)).toEqual({ ...before, migration: more.length });
	connection.close();
});

test("drizzle's own migrate() takes the children along: the wound this file is for", () => {
	const build = (file: string) => {
		const connection = connect(join(folder, file));
		connection.exec(`CREATE TABLE body (id TEXT PRIMARY KEY, name TEXT);
			CREATE TABLE log (id TEXT PRIMARY KEY, body TEXT REFERENCES body(id) ON DELETE CASCADE);
			INSERT INTO body VALUES ('a', '本町北町会'); INSERT INTO log VALUES ('1', 'a'), ('2', 'a');`);
		return connection;
	};
	const logs = (connection: Database.Database) => connection.prepare('SELECT count(*) FROM log').pluck().get();

	const theirs = build('naive.db');
	const sql = rebuilding(theirs, 'body');
	mkdirSync(join(folder, 'naive', 'meta'), { recursive: true });
	writeFileSync(join(folder, 'naive', '0000_rebuild.sql'), sql);
	const entries = [{ idx: 0, version: '6', when: 1, tag: '0000_rebuild', breakpoints: true }];
	writeFileSync(
		join(folder, 'naive', 'meta', '_journal.json'),
		JSON.stringify({ version: '7', dialect: 'sqlite', entries })
	);
	naive(drizzle({ client: theirs }), { migrationsFolder: join(folder, 'naive') });
	expect(logs(theirs)).toBe(0);

	const ours = build('ours.db');
	migrate(ours, [migration('0000_rebuild', sql)]);
	expect(logs(ours)).toBe(2);
	theirs.close();
	ours.close();
});

test("drizzle's own migrate() cannot rebuild our parents at all, whatever it says to foreign keys", () => {
	const { connection } = filled();
	mkdirSync(join(folder, 'stuck', 'meta'), { recursive: true });
	writeFileSync(join(folder, 'stuck', '0000_rebuild.sql'), rebuilding(connection, 'municipality'));
	const entries = [{ idx: 0, version: '6', when: 1, tag: '0000_rebuild', breakpoints: true }];
	writeFileSync(
		join(folder, 'stuck', 'meta', '_journal.json'),
		JSON.stringify({ version: '7', dialect: 'sqlite', entries })
	);
	expect(() => naive(drizzle({ client: connection }), { migrationsFolder: join(folder, 'stuck') })).toThrow();
	connection.close();
});

test('losing rows, tables or guards is refused, unless the migration says that it means to', () => {
	const { connection } = filled();
	const before = counts(connection);
	const attempt = (sql: string) => migrate(connection, [...all, migration('9999_test', sql)]);
	const rebuilt = rebuilding(connection, 'trail');
	const unguarded = rebuilt
		.split('--> statement-breakpoint')
		.filter((part) => !part.includes('TRIGGER'))
		.join('\n');
	expect(() => attempt(unguarded)).toThrow(/loses the trigger trail_no/);
	expect(() => attempt('DROP TABLE job_run;')).toThrow(/drops the table job_run/);
	expect(() => attempt('DELETE FROM job_run WHERE rowid = 1;')).toThrow(/leaves 1 of 2 rows in job_run/);
	expect(() => attempt('DELETE FROM person WHERE rowid = 1;')).toThrow(/without their parent/);
	expect(() => attempt('CREATE TABLE x (y); NONSENSE;')).toThrow(/syntax/);
	expect(counts(connection)).toEqual(before);
	expect(() => attempt(`DROP TRIGGER trail_no_update; DROP TABLE trail; -- expect gone: trail`)).toThrow(
		/trail_no|trail/
	);
	expect(() => attempt('-- expect gone: school\nDROP TABLE school;')).toThrow(/parent/);
	expect(counts(connection)).toEqual(before);
	attempt('-- expect rows: job_run\nDELETE FROM job_run WHERE rowid = 1;');
	migrate(connection, [
		...all,
		migration('9999_test', '-- expect rows: job_run\nDELETE FROM job_run WHERE rowid = 1;'),
		migration('9999_then', '-- expect gone: job_run\nDROP TABLE job_run;')
	]);
	expect(tablesOf(connection)).not.toContain('job_run');
	connection.close();
});

test('an edited migration and a newer file are refused', () => {
	const { connection } = filled();
	const edited = all.map((one, n) => (n === 0 ? migration(one.name, `${one.sql}\n-- edited`) : one));
	expect(() => migrate(connection, edited)).toThrow(/edited/);
	expect(() => pending(connection, all.slice(0, -1))).toThrow(/newer version/);
	connection.close();
});

test('the trail can only grow', () => {
	const { connection } = filled();
	expect(() => connection.exec(`UPDATE trail SET deed = 'x'`)).toThrow(/append-only/);
	expect(() => connection.exec('DELETE FROM trail')).toThrow(/append-only/);
	connection.close();
});

test('a migration killed before any of its statements leaves the old database, and the next start finishes it', () => {
	const { file, connection } = filled();
	const before = counts(connection);
	const sql = join(folder, 'die.sql');
	writeFileSync(sql, rebuilding(connection, 'association'));
	connection.pragma('wal_checkpoint(TRUNCATE)');
	connection.close();
	let killed = 0;
	for (let at = 0; ; at++) {
		const copy = join(folder, `die-${at}.db`);
		copyFileSync(file, copy);
		const { signal, status, stderr } = spawnSync('node', ['tests/migrate-and-die.ts', copy, sql, String(at)], {
			encoding: 'utf8'
		});
		const after = connect(copy);
		const finished = signal === null;
		expect(counts(after), `killed before statement ${at}`).toEqual({
			...before,
			migration: all.length + (finished ? 1 : 0)
		});
		expect(tablesOf(after).filter((name) => name.startsWith('__new'))).toEqual([]);
		after.close();
		assertWhole(copy, true);
		if (finished) {
			expect([status, stderr]).toEqual([0, '']);
			break;
		}
		if (killed++ % 4 !== 0) continue;
		const again = spawnSync('node', ['tests/migrate-and-die.ts', copy, sql, '-1'], { encoding: 'utf8' });
		expect(again.status, again.stderr).toBe(0);
	}
	expect(killed).toBeGreaterThan(9);
}, 120_000);

test('a new index is known to SQLite as well as the old ones, where it knows those', () => {
	const { connection } = filled();
	connection.exec('ANALYZE');
	const more = migration('9999_index', 'CREATE INDEX made_later ON association (municipality, createdAt)');
	expect(migrate(connection, [...all, more])).toEqual([more.name]);
	const known = connection.prepare('SELECT idx FROM sqlite_stat1').pluck().all();
	expect(known).toContain('made_later');
	// A file of which nothing is known stays so: its tables are empty, and that is not how they will lie.
	const fresh = connect(join(folder, `${made++}.db`));
	migrate(fresh, all);
	expect(fresh.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'`).get()).toBeUndefined();
	for (const one of [connection, fresh]) one.close();
});
