/**
 * What is asked after every fault: is everything the screen called saved still there, once? Ids on the phone and at the server are
 * read from the two databases themselves, not through the app.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, type Page } from '@playwright/test';
import { jstDay } from '#lib/calendar/day.ts';
import { confirm } from '#lib/patrols/logs.server.ts';
import { tallyOf } from '#lib/patrols/figures.server.ts';
import { closeDatabase, db, openDatabase, transaction } from '#lib/server/db/index.ts';
import { actorFor } from '../people.ts';

export type Kept = { id: string; seq: number; hash: string; state: string; remarks: string | undefined };

/** Every op in the stores of this browser, its remarks opened with the store's own key; undefined where it cannot be read. */
export async function onPhone(page: Page): Promise<Kept[]> {
	return page.evaluate(async () => {
		const asked = <T>(request: IDBRequest<T>) =>
			new Promise<T>((done, failed) => {
				request.onsuccess = () => done(request.result);
				request.onerror = () => failed(request.error);
			});
		type Row = { id: string; seq: number; hash: string; state: string; box?: { iv: Uint8Array; data: ArrayBuffer } };
		const found: { id: string; seq: number; hash: string; state: string; remarks: string | undefined }[] = [];
		for (const { name } of await indexedDB.databases()) {
			if (!name?.startsWith('mp-store:')) continue;
			const base = await asked(indexedDB.open(name));
			const tx = base.transaction(['ops', 'key']);
			const rows = asked(tx.objectStore('ops').getAll() as IDBRequest<Row[]>);
			const key = await asked(tx.objectStore('key').get('key') as IDBRequest<CryptoKey>);
			for (const { id, seq, hash, state, box } of await rows) {
				const how = { name: 'AES-GCM', iv: box?.iv as BufferSource, additionalData: new TextEncoder().encode(id) };
				const open = box && (await crypto.subtle.decrypt(how, key, box.data).catch(() => undefined));
				const { bytes } = open ? (JSON.parse(new TextDecoder().decode(open)) as { bytes: string }) : { bytes: '{}' };
				const { payload } = JSON.parse(bytes) as { payload?: { remarks?: string } };
				found.push({ id, seq, hash, state, remarks: payload?.remarks });
			}
			base.close();
		}
		return found;
	});
}

export type Arrived = { id: string; hash: string; remarks: string; logs: number };

/** The ops at the server whose remarks hold `mark`, each with the number of logs it has become. */
export function atServer(file: string, mark: string): Arrived[] {
	const base = new Database(file, { readonly: true });
	try {
		const rows = base
			.prepare(
				`select o.id, o.hash, p.bytes, (select count(*) from log where log.id = o.id) as logs
				from sync_op o join sync_payload p on p.op = o.no where p.bytes like ?`
			)
			.all(`%${mark}%`) as { id: string; hash: string; bytes: string; logs: number }[];
		return rows.map(({ id, hash, bytes, logs }) => {
			const { payload } = JSON.parse(bytes) as { payload: { remarks: string } };
			return { id, hash, logs, remarks: payload.remarks };
		});
	} finally {
		base.close();
	}
}

/**
 * Fails unless each of `saved` (the remarks of what the screen called saved) is on a phone or at the server as one id, what the
 * phone calls delivered is at the server with the same bytes, each arrived one is one log, and the year's report counts exactly
 * as many walks as arrived.
 */
export async function nothingLost(pages: Page[], file: string, mark: string, saved: readonly string[]): Promise<void> {
	const kept = (await Promise.all(pages.map(onPhone))).flat().filter(({ state }) => state !== 'voided');
	const arrived = atServer(file, mark);
	for (const remarks of saved) {
		const ids = new Set([...kept, ...arrived].filter((one) => one.remarks === remarks).map(({ id }) => id));
		expect(ids.size, `「${remarks}」 is there as so many records`).toBe(1);
	}
	for (const { id, hash, state, remarks } of kept) {
		if (state !== 'delivered' || !remarks?.includes(mark)) continue;
		const there = arrived.filter((one) => one.id === id && one.hash === hash);
		expect(there.length, `「${remarks}」 is called delivered, and stands at the server`).toBe(1);
	}
	for (const one of arrived) expect(one.logs, `effects of 「${one.remarks}」`).toBe(1);
	await totals(
		file,
		arrived.map(({ id }) => id)
	);
}

/** On a copy of the database the leader confirms these logs: the report of the year must grow by each of them once. */
export async function totals(file: string, logs: string[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-oracle-'));
	const copy = join(folder, 'town.db');
	const base = new Database(file, { readonly: true });
	base.prepare('vacuum into ?').run(copy);
	base.close();
	openDatabase(copy);
	try {
		const now = new Date();
		const leader = await actorFor(db, 'leader', jstDay(now));
		const years = new Database(copy, { readonly: true });
		const yearOf = years.prepare('select fiscalYear from log_version where log = ?').pluck();
		const byYear = Map.groupBy(logs, (id) => yearOf.get(id) as number);
		years.close();
		for (const [year, ids] of byYear) {
			const runs = async () =>
				[...(await tallyOf(db, leader, year)).byProgramme.values()].reduce((sum, one) => sum + one.runs, 0);
			const before = await runs();
			for (const id of ids) await transaction((tx) => confirm(tx, leader, id, 1, now));
			expect((await runs()) - before, `walks in the report of ${year}`).toBe(ids.length);
		}
	} finally {
		closeDatabase();
		rmSync(folder, { recursive: true });
	}
}

/** For a browser test: nothing waits on these phones any more, everything saved has arrived, once. */
export async function allArrived(pages: Page[], file: string, mark: string, saved: readonly string[]): Promise<void> {
	await nothingLost(pages, file, mark, saved);
	const arrived = atServer(file, mark).map(({ remarks }) => remarks);
	expect(arrived.toSorted()).toEqual([...saved].toSorted());
}
