import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { fillEveryTable } from '../../../../tests/rows.ts';
import { backUp, backupsIn, prune, toKeep } from './backup.ts';
import { keepBackupApart } from './backup-run.ts';
import { closeDatabase, connections, openDatabase, transaction } from './index.ts';
import { assertWhole, rowCounts } from './inspect.ts';
import { takeLock } from './lock.ts';
import { migrate, migration, migrationsIn } from './migrate.ts';
import { openMigrated } from './open.ts';
import { restore } from './restore.ts';
import { record } from './trail.ts';

let folder: string;
let file: string;
const now = new Date('2026-11-22T00:00:00Z');
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mimamori-backup-'));
	file = join(folder, 'town.db');
	openDatabase(file);
	migrate(connections().writer, migrationsIn('drizzle'));
	fillEveryTable(connections().writer);
});
afterEach(() => {
	closeDatabase();
	rmSync(folder, { recursive: true });
});

const backups = () => join(folder, 'backups');
const all = migrationsIn('drizzle');

function countsOf(path: string): Record<string, number> {
	const connection = new Database(path, { readonly: true });
	try {
		return Object.fromEntries(rowCounts(connection));
	} finally {
		connection.close();
	}
}

/** Overwrites the middle of every page but the first: what a dying disk does. */
function spoil(path: string): void {
	const bytes = readFileSync(path);
	for (let at = 4096 + 100; at + 200 < bytes.length; at += 4096) bytes.fill(0x5a, at, at + 200);
	writeFileSync(path, bytes);
}

test('a backup made while people write is whole, holds every row of every table, and is one file', async () => {
	const before = Object.fromEntries(rowCounts(connections().writer));
	let writing = true;
	const writers = (async () => {
		while (writing) await transaction((tx) => record(tx, { municipality: 'm' }, 'test.write', 'test', 'x'.repeat(500)));
	})();
	const made = await backUp(file, backups(), now);
	writing = false;
	await writers;
	assertWhole(made.file, true);
	const held = countsOf(made.file);
	expect(held.trail).toBeGreaterThanOrEqual(before.trail!);
	expect({ ...held, trail: before.trail }).toEqual(before);
	expect(readdirSync(backups())).toHaveLength(1);
	expect(backupsIn(backups())).toEqual([{ file: made.file, at: now }]);
});

test('a copy that cannot be read back is no backup', async () => {
	connections().writer.exec(`PRAGMA foreign_keys = OFF; INSERT INTO association_ending
		VALUES ('nobody', (SELECT id FROM municipality), '2026-01-01', 'x', 1); PRAGMA foreign_keys = ON;`);
	await expect(backUp(file, backups(), now)).rejects.toThrow(/without their parent/);
	expect(readdirSync(backups())).toEqual([]);
});

test('kept: everything of 48 hours, one a day for 35 days, the last of each fiscal year for ever', () => {
	const hours = Array.from({ length: 24 * 800 }, (_, n) => new Date(now.getTime() - n * 3_600_000));
	const made = hours.map((at) => ({ file: at.toISOString(), at }));
	const kept = [...toKeep(made, now)].map((name) => new Date(name)).sort((a, b) => +b - +a);
	const ageInHours = (at: Date) => (+now - +at) / 3_600_000;
	expect(kept.filter((at) => ageInHours(at) <= 48)).toHaveLength(49);
	expect(kept.filter((at) => ageInHours(at) > 48 && ageInHours(at) <= 35 * 24).map(jstDay)).toHaveLength(33);
	const old = kept.filter((at) => ageInHours(at) > 35 * 24);
	expect(old.map((at) => at.toISOString())).toEqual(['2026-03-31T14:00:00.000Z', '2025-03-31T14:00:00.000Z']);
});

test('the newest backup and the last of each fiscal year are never removed, whenever they were made', () => {
	const instants = fc.array(fc.integer({ min: 0, max: 5 * 365 * 24 }), { minLength: 1, maxLength: 200 });
	fc.assert(
		fc.property(instants, (ages) => {
			const made = ages.map((age, n) => ({ file: String(n), at: new Date(now.getTime() - age * 3_600_000) }));
			const kept = toKeep(made, now);
			const years = new Set(made.map(({ at }) => fiscalYearOf(jstDay(at))));
			const left = made.filter(({ file }) => kept.has(file));
			const newest = Math.max(...made.map(({ at }) => +at));
			expect(left.some(({ at }) => +at === newest)).toBe(true);
			expect(new Set(left.map(({ at }) => fiscalYearOf(jstDay(at))))).toEqual(years);
		})
	);
});

test('pruning removes files of ours only', async () => {
	for (const days of [0, 1, 40, 41, 80]) await backUp(file, backups(), new Date(now.getTime() - days * 24 * 3_600_000));
	writeFileSync(join(backups(), 'letter.txt'), 'keep me');
	expect(prune(backups(), now)).toBe(3);
	expect(readdirSync(backups())).toHaveLength(3);
});

test('a restore brings every row back, raises the era, and keeps the replaced file', async () => {
	const before = Object.fromEntries(rowCounts(connections().writer));
	const hasEra = 'sync_server' in before;
	const made = await backUp(file, backups(), now);
	await transaction((tx) => record(tx, { municipality: 'm' }, 'test.write', 'test', 'after the backup'));
	closeDatabase();
	const done = restore(file, made.file, all, now);
	expect(countsOf(file)).toEqual(before);
	expect(countsOf(done.replaced!).trail).toBe(before.trail! + 1);
	if (hasEra) {
		expect(done.era).toBeGreaterThanOrEqual(now.getTime() / 1000);
		expect(restore(file, made.file, all, now).era).toBe(done.era! + 1);
	}
});

test('a damaged or newer backup, or a running server, changes nothing', async () => {
	const made = await backUp(file, backups(), now);
	const bad = join(folder, 'bad.db');
	copyFileSync(made.file, bad);
	spoil(bad);
	const newer = join(folder, 'newer.db');
	copyFileSync(made.file, newer);
	const other = new Database(newer);
	migrate(other, [...all, migration('9999_future', 'CREATE TABLE future (x);')]);
	other.close();
	await transaction((tx) => record(tx, { municipality: 'm' }, 'test.write', 'test', 'x'));
	closeDatabase();
	const before = countsOf(file);
	expect(() => restore(file, bad, all, now)).toThrow(/damaged/);
	expect(() => restore(file, newer, all, now)).toThrow(/newer version/);
	expect(() => restore(file, join(folder, 'none.db'), all, now)).toThrow(/no backup/);
	const release = takeLock(file);
	expect(() => restore(file, made.file, all, now)).toThrow(/another process/);
	release();
	expect(countsOf(file)).toEqual(before);
	expect(readdirSync(folder).filter((name) => /restoring|replaced/.test(name))).toEqual([]);
});

test('a damaged or newer database is not opened; one that has to be migrated is backed up first', async () => {
	closeDatabase();
	const bad = join(folder, 'bad.db');
	copyFileSync(file, bad);
	spoil(bad);
	await expect(openMigrated(bad, 'drizzle', backups(), now)).rejects.toThrow(/damaged.*npm run restore/);
	writeFileSync(bad, 'this is a letter and no database at all, whatever its name says');
	await expect(openMigrated(bad, 'drizzle', backups(), now)).rejects.toThrow(/damaged/);
	expect(existsSync(backups())).toBe(false);

	const older = join(folder, 'older.db');
	const connection = new Database(older);
	migrate(connection, all.slice(0, 1));
	fillEveryTable(connection);
	connection.close();
	const before = countsOf(older);
	expect(await openMigrated(older, 'drizzle', backups(), now)).toEqual(all.slice(1).map(({ name }) => name));
	closeDatabase();
	expect(backupsIn(backups()).map((one) => countsOf(one.file))).toEqual([before]);

	const newer = new Database(older);
	newer.prepare('INSERT INTO migration VALUES (?, ?, 0)').run('9999_future', 'x');
	newer.close();
	await expect(openMigrated(older, 'drizzle', backups(), now)).rejects.toThrow(/newer version/);
});

test('the backup of a running server is made in a thread of its own: it waits for a writer of this one, and this one goes on', async () => {
	const { writer } = connections();
	// The rows that mean nothing break the rule of one server; their last number is 2.
	writer.exec('DROP TRIGGER sync_server_forward');
	writer.exec('DELETE FROM sync_server WHERE one <> 1');
	const reaches = writer.prepare('select backupNo from sync_server').pluck();
	expect(reaches.get()).toBe(1);
	writer.exec('BEGIN IMMEDIATE');
	const kept = keepBackupApart(file, backups(), now);
	// In this thread it would wait for the writer, and the writer for it, until both give up.
	await expect.poll(() => backupsIn(backups()).length).toBe(1);
	writer.exec('COMMIT');
	expect(await kept).toEqual({ file: backupsIn(backups())[0]!.file, removed: 0 });
	expect(reaches.get()).toBe(2);
});

test('a backup in a thread of its own that is not whole is none, and says why', async () => {
	closeDatabase();
	spoil(file);
	await expect(keepBackupApart(file, backups(), now)).rejects.toThrow(/damaged|malformed/);
	expect(backupsIn(backups())).toEqual([]);
	openDatabase(join(folder, 'other.db'));
});
