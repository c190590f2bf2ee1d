/** 年度締め under load: each log that is confirmed while somebody closes the year is in what was frozen or in the tray, never in both or neither. */
import Database from 'better-sqlite3';
import { expect, test } from '@playwright/test';
import { newId } from '#lib/server/db/ids.ts';
import { checks, type Snapshot } from '#lib/reports/closing.ts';
import { town } from '../../src/demo/town.ts';
import { startServer } from '../journeys/server.ts';
import type { Press } from '../press.ts';
import { pressAtOnce } from '../pressers.ts';
import { cookieOf } from '../security/ask.ts';

const year = 2024;
const walks = 120;

/** Runs of the city cars that wait to be confirmed, each as long as the others: copies of one that was. */
function waitingWalks(file: string): string[] {
	const db = new Database(file);
	try {
		const [of] = db
			.prepare(
				`SELECT v.id, v.log FROM log_version v JOIN log_confirmation c ON c.version = v.id
				WHERE v.fiscalYear = ? AND v.programme = 'cityCar' LIMIT 1`
			)
			.all(year) as { id: string; log: string }[];
		const copy = (table: string, row: string, as: Record<string, string | number>) => {
			const found = db.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(row) as Record<string, unknown>;
			const all = { ...found, ...as };
			const names = Object.keys(all);
			const boxes = names.map(() => '?').join();
			db.prepare(`INSERT INTO ${table} (${names.map((name) => `"${name}"`).join()}) VALUES (${boxes})`).run(
				Object.values(all)
			);
		};
		return db.transaction(() =>
			Array.from({ length: walks }, () => {
				const id = newId();
				copy('log', of!.log, { id, latest: 1 });
				copy('log_version', of!.id, { id, log: id, number: 1, metres: 1000 });
				return id;
			})
		)();
	} finally {
		db.close();
	}
}

test('four processes confirm while two close: one closing, and every log in it or after it', async () => {
	test.setTimeout(180_000);
	const server = await startServer(process.env.TOWN_TEMPLATE, { LOG_LEVEL: 'warn' });
	try {
		const logs = waitingWalks(server.database);
		const cookie = (await cookieOf(server, 'safety')).replace(/^.*?mp=/, '');
		const confirms = logs.map((id): Press => {
			const body = new URLSearchParams({ 'log[]': `${id}.1` }).toString();
			return { cookie, path: '/patrols?/confirm', body, name: id };
		});
		const closing = (): Press => {
			const fields = new URLSearchParams({ id: newId() });
			for (const check of checks) fields.append('seen[]', check);
			return { cookie, path: `/reports/${year}/closing?/close`, body: fields.toString(), name: 'close' };
		};
		const parts = [0, 1, 2, 3].map((n) => confirms.filter((_, at) => at % 4 === n));
		const amid = (all: Press[]) => [...all.slice(0, 10), closing(), ...all.slice(10)];
		const answers = await pressAtOnce(
			parts.map((tries, n) => ({
				port: server.port,
				tries: n < 2 ? amid(tries) : tries,
				atOnce: 2,
				enhanced: true
			}))
		);
		const all = (kind: 'done' | 'refused') => answers.flatMap((one) => one[kind]).filter((name) => name === 'close');
		expect([all('done').length, all('refused').length]).toEqual([1, 1]);
		for (const one of answers.flatMap(({ other }) => other))
			expect(one).toMatch(/^\/patrols\?\/confirm 200 \{"type":"success"/);
		await server.stop();
		const db = new Database(server.database, { readonly: true });
		const column = (sql: string, ...of: unknown[]) =>
			db
				.prepare(sql)
				.pluck()
				.all(...of) as string[];
		const confirmed = column(`SELECT log FROM log_confirmation`).filter((id) => logs.includes(id));
		expect(confirmed.toSorted()).toEqual(logs.toSorted());
		const closed = db
			.prepare(`SELECT id, snapshot FROM year_closing WHERE municipality = ? AND fiscalYear = ?`)
			.all(town.municipality, year) as { id: string; snapshot: string }[];
		expect(closed).toHaveLength(1);
		const tray = column(`SELECT thing FROM late_arrival WHERE closing = ? AND kind = 'log'`, closed[0]!.id);
		expect(new Set(tray).size).toBe(tray.length);
		const { values } = JSON.parse(closed[0]!.snapshot) as Snapshot;
		// 202 runs and 2,011 km were there before; each of these is a kilometre more.
		expect(values).toMatchObject({ cityRuns: 202 + walks - tray.length, cityKilometres: 2011 + walks - tray.length });
		// Was it a race at all? Some came before it and some after.
		expect(tray.length).toBeGreaterThan(0);
		expect(tray.length).toBeLessThan(walks);
		// As the trail has it: what was confirmed after the closing, and nothing else.
		const after = column(
			`SELECT thing FROM trail WHERE deed = 'patrol.confirm' AND rowid > (SELECT rowid FROM trail WHERE deed = 'year.close' AND thing = ?)`,
			closed[0]!.id
		);
		expect(tray.toSorted()).toEqual(after.toSorted());
		db.close();
	} finally {
		await server.remove();
	}
});
