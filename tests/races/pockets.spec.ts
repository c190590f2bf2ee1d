/** 継続確認 from all sides at once: hosts by their link, who goes round, and two clerks who close the same district while answers arrive. */
import { createHash, randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import { expect, test } from '@playwright/test';
import { fiscalYearAt, fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { newId } from '#lib/server/db/ids.ts';
import { town } from '../../src/demo/town.ts';
import { startServer } from '../journeys/server.ts';
import type { Press } from '../press.ts';
import { pressAtOnce } from '../pressers.ts';
import { cookieOf } from '../security/ask.ts';

const district = town.schools.honcho;
const year = fiscalYearAt(new Date());
const fields = (values: Record<string, string>) => new URLSearchParams(values).toString();

/** The round of a district that began yesterday, with a link for each home whose host lets itself be asked at the door. */
function openRound(file: string): { homes: { id: string; token: string }[]; registered: number } {
	const db = new Database(file);
	try {
		const today = jstDay(new Date());
		const guidance = town.people.guidance;
		db.prepare(
			`INSERT INTO pocket_season (id, municipality, fiscalYear, school, openedOn, "by", at) VALUES (?, ?, ?, ?, ?, ?, ?)`
		).run(newId(), town.municipality, year, district, addDays(today, -1), guidance, Date.now());
		const asked = db
			.prepare(
				`SELECT id FROM pocket WHERE school = ? AND state = 'registered' AND registeredOn < ? AND id IN
				(SELECT pocket FROM pocket_consent WHERE purpose = 'district' AND withdrawnAt IS NULL) ORDER BY number LIMIT 40`
			)
			.pluck()
			.all(district, addDays(today, -1)) as string[];
		const insert = db.prepare(
			`INSERT INTO pocket_link (id, municipality, pocket, fiscalYear, hash, at, untilOn) VALUES (?, ?, ?, ?, ?, ?, ?)`
		);
		const homes = asked.map((id) => {
			const token = randomBytes(16).toString('base64url');
			const hash = createHash('sha256').update(token).digest('hex');
			insert.run(newId(), town.municipality, id, year, hash, Date.now(), fiscalYearEnd(year));
			return { id, token };
		});
		const registered = db
			.prepare(`SELECT count(*) FROM pocket WHERE school = ? AND state IN ('registered', 'paused')`)
			.pluck()
			.get(district) as number;
		return { homes, registered };
	} finally {
		db.close();
	}
}

test('six processes answer for the same homes and close the district twice: nothing is lost, nothing is double, it ends once', async () => {
	test.setTimeout(300_000);
	const server = await startServer(process.env.TOWN_TEMPLATE, { LOG_LEVEL: 'warn' });
	try {
		const { homes, registered } = openRound(server.database);
		expect(homes.length).toBeGreaterThan(20);
		const who = { leader: '', school: '', guidance: '' };
		for (const login of ['leader', 'school', 'guidance'] as const)
			who[login] = (await cookieOf(server, login)).replace(/^.*?mp=/, '');
		const links: Press[] = homes.flatMap(({ id, token }) => {
			const body = fields({ id: newId(), result: 'withdrew', words: '' });
			return [0, 1].map(() => ({ cookie: '', path: `/pocket/${token}?/answer`, body, name: `link ${id}` }));
		});
		const doors = (cookie: string, result: string): Press[] =>
			homes.flatMap(({ id }) => {
				const body = fields({ id: newId(), pocket: id, result, words: '' });
				return [0, 1].map(() => ({ cookie, path: '/pockets/visits?/answer', body, name: `${result} ${id}` }));
			});
		const closing: Press = {
			cookie: who.guidance,
			path: `/pockets/rounds/${year}/${district}?/close`,
			body: fields({ ...boxes(jstDay(new Date())), homes: String(registered) }),
			name: 'close'
		};
		const late = (all: Press[]) => [...all.slice(0, 14), closing, ...all.slice(14)];
		const [stays, moved] = [doors(who.leader, 'stays'), doors(who.school, 'moved')];
		const half = (all: Press[], n: number) => all.filter((_, at) => at % 2 === n);
		const answers = await pressAtOnce(
			[links, half(stays, 0), late(half(stays, 1)), half(moved, 0), late(half(moved, 1)), links].map((tries, n) => ({
				port: server.port,
				tries,
				// Guesses at links are counted by address: a host presses once, not eight times at a moment.
				atOnce: n === 0 || n === 5 ? 1 : 4,
				enhanced: true
			}))
		);
		expect(answers.flatMap((one) => one.other)).toEqual([]);
		const done = answers.flatMap((one) => one.done);
		await server.stop();
		const db = new Database(server.database, { readonly: true });
		const column = (sql: string, ...of: unknown[]) =>
			db
				.prepare(sql)
				.pluck()
				.all(...of) as string[];
		// Closed by one of them, with every home of it.
		expect(done.filter((name) => name === 'close')).toHaveLength(1);
		expect(
			column(`SELECT count(*) FROM pocket WHERE school = ? AND state IN ('registered', 'paused')`, district)
		).toEqual([0]);
		expect(column(`SELECT count(*) FROM trail WHERE deed = 'pocket.closeDistrict'`)).toEqual([1]);
		expect(column(`SELECT count(*) FROM pocket_deed WHERE deed = 'end' AND at > ?`, Date.now() - 300_000)).toEqual([
			registered
		]);
		// What was taken from a door holds or waits for the office, once; or the same had been said by another.
		for (const { id } of homes) {
			const rows = column(
				`SELECT result FROM pocket_confirmation WHERE pocket = @id AND fiscalYear = @year AND "by" IS NOT NULL
				UNION ALL SELECT result FROM pocket_aside WHERE pocket = @id AND fiscalYear = @year`,
				{ id, year }
			);
			const taken = (name: string) => done.includes(`${name} ${id}`);
			expect(rows.toSorted()).toEqual(['moved', 'stays'].filter(taken));
			// The host's own word is there if it was told so, and once.
			const own = column(
				`SELECT result FROM pocket_confirmation WHERE pocket = ? AND fiscalYear = ? AND method = 'link'`,
				id,
				year
			);
			expect(own).toEqual(taken('link') ? ['withdrew'] : []);
		}
		// Not one of two people's answers covers the other.
		expect(
			column(
				`SELECT pocket FROM pocket_confirmation WHERE fiscalYear = ? AND "by" IS NOT NULL GROUP BY pocket HAVING count(*) > 1`,
				year
			)
		).toEqual([]);
		// Was it a race at all?
		expect(Number(column(`SELECT count(*) FROM pocket_aside WHERE why = 'differs'`)[0])).toBeGreaterThan(0);
		expect(Number(column(`SELECT count(*) FROM pocket_aside WHERE why = 'late'`)[0])).toBeGreaterThan(0);
		expect(column('PRAGMA foreign_key_check')).toEqual([]);
		db.close();
	} finally {
		await server.remove();
	}
});

/** A day as its three boxes are sent. */
function boxes(on: string): Record<string, string> {
	const [y, m, d] = on.split('-') as [string, string, string];
	return { 'on.year': y, 'on.month': String(Number(m)), 'on.day': String(Number(d)) };
}
