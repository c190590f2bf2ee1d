/** Verified copies of the database, and which of them are kept. A backup that was not read back is not a backup. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { assertWhole, Damaged, rowCounts } from './inspect.ts';

export type Backup = { file: string; at: Date };

/** So many pages are copied before requests get their turn again: about 4 MB. */
const pagesPerTurn = 1000;
const hour = 3_600_000;
const nameOf = (file: string, at: Date) => `${basename(file, '.db')}-${at.toISOString().replaceAll(':', '-')}.db`;
const namePattern = /-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)\.db$/;

/** Where backups of a file stand when nobody says otherwise. */
export const backupFolder = (file: string, asked?: string) => asked ?? join(dirname(file), 'backups');

/** The backups of a folder, newest first. */
export function backupsIn(folder: string): Backup[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.flatMap((name) => {
			const found = namePattern.exec(name);
			return found ? [{ file: join(folder, name), at: new Date(`${found[1]}:${found[2]}:${found[3]}`) }] : [];
		})
		.sort((a, b) => b.at.getTime() - a.at.getTime());
}

/**
 * Copies the database while it is in use, reads the copy back (integrity, foreign keys, and no fewer ops of phones than the
 * original had when the copy began) and only then gives it its name. Throws `Damaged` and leaves no file otherwise.
 * `lastNo` is the last receipt number that the copy holds.
 */
export async function backUp(
	file: string,
	folder: string,
	now: Date
): Promise<{ file: string; lastNo: number | undefined }> {
	mkdirSync(folder, { recursive: true });
	const target = join(folder, nameOf(file, now));
	const part = `${target}.part`;
	const source = new Database(file, { readonly: true, timeout: 5000 });
	try {
		// One snapshot for the whole copy: without it every write of the server starts the copy over, and under load it never ends.
		source.exec('BEGIN');
		const ops = opsIn(source);
		await source.backup(part, { progress: () => pagesPerTurn });
		const lastNo = settle(part);
		assertWhole(part, true);
		if (ops !== undefined && (lastNo === undefined || lastNo.count < ops.count))
			throw new Damaged(part, 'ops are missing');
		flush(part);
		renameSync(part, target);
		flush(folder);
		return { file: target, lastNo: lastNo?.last };
	} finally {
		source.close();
		for (const rest of [part, `${part}-wal`, `${part}-shm`, `${part}-journal`]) rmSync(rest, { force: true });
	}
}

/** A backup is one file: without this it would ask for a WAL beside it. */
function settle(part: string) {
	const copy = new Database(part);
	try {
		copy.pragma('journal_mode = DELETE');
		return opsIn(copy);
	} finally {
		copy.close();
	}
}

/** How many ops of phones a database holds and the number of the last; undefined before there was such a table. */
function opsIn(connection: Database.Database): { count: number; last: number } | undefined {
	const count = rowCounts(connection).get('sync_op');
	if (count === undefined) return undefined;
	return { count, last: connection.prepare('SELECT coalesce(max(no), 0) FROM sync_op').pluck().get() as number };
}

/** Makes a file or folder durable before anybody relies on it. */
export function flush(path: string): void {
	const handle = openSync(path, 'r');
	fsyncSync(handle);
	closeSync(handle);
}

/** What is kept: everything of 48 hours, the last of each JST day for 35 days, the last of each fiscal year for ever. */
export function toKeep(backups: Backup[], now: Date): Set<string> {
	const kept = new Set<string>();
	const seen = new Set<string>();
	for (const { file, at } of [...backups].sort((a, b) => b.at.getTime() - a.at.getTime())) {
		const age = now.getTime() - at.getTime();
		const day = jstDay(at);
		const [daily, yearly] = [`day ${day}`, `year ${fiscalYearOf(day)}`];
		if (age <= 48 * hour || (age <= 35 * 24 * hour && !seen.has(daily)) || !seen.has(yearly)) kept.add(file);
		seen.add(daily).add(yearly);
	}
	return kept;
}

/** Removes the backups that need not be kept and returns how many. */
export function prune(folder: string, now: Date): number {
	const backups = backupsIn(folder);
	const kept = toKeep(backups, now);
	const gone = backups.filter(({ file }) => !kept.has(file));
	for (const { file } of gone) rmSync(file);
	return gone.length;
}
