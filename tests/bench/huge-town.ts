/**
 * The town with a store grown to a million logs: five whole fiscal years of 200,000 each, as of a city a hundred times Koganei's. Laid out by bare
 * statements, because the house's own way would take a quarter of an hour; the guards of the file look at every row all the same.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { addDays, instantOf, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import type { Programme } from '#lib/patrols/log.ts';
import { newId } from '#lib/server/db/ids.ts';
import { demoPeople, town } from '../../src/demo/town.ts';
import { bigStore } from './big-store.ts';
import { wordyJobs } from './field.ts';

export const years = 5;
/** Of one fiscal year; `LOGS` for a quicker look. */
export const logsAYear = Number(process.env.LOGS || 200_000);
/** The year before them has fewer: those that are confirmed are as many as ODK Central was measured with, 43,717. */
export const confirmedOfCsv = 43_717;
const logsOfCsv = confirmedOfCsv + Math.ceil(confirmedOfCsv / 49);
const businesses = 20;
const walkersEach = 4;
const of = town.municipality;
/** One in twenty is the city's own car, one in twenty a joint patrol of two bodies. */
const mix: Programme[] = [
	...(['schoolWatch', 'schoolWatch', 'volunteerPatrol', 'nagara', 'greeting', 'schoolWatch'] as const),
	...(['volunteerPatrol', 'greeting', 'business', 'cityCar', 'schoolWatch', 'schoolWatch'] as const),
	...(['volunteerPatrol', 'nagara', 'greeting', 'schoolWatch', 'volunteerPatrol', 'greeting'] as const),
	...(['business', 'joint'] as const)
];

let laid: Promise<string> | undefined;

/** The file with the huge town, for copying: laid out once for all benches. `HUGE_TOWN` names one that was kept. */
export const hugeTown = (): Promise<string> =>
	(laid ??= (process.env.HUGE_TOWN ? Promise.resolve(process.env.HUGE_TOWN) : layOut()).then(rested));

/** As after a night's work: no job was missed, so that a server does not begin with a copy of the whole file. */
function rested(file: string): string {
	const base = new Database(file);
	const done = base.prepare("insert into job_run (id, job, at, ms, done, counts) values (?, ?, ?, 1, 1, '{}')");
	for (const { name } of wordyJobs()) done.run(newId(), name, Date.now());
	base.pragma('wal_checkpoint(TRUNCATE)');
	base.close();
	return file;
}

async function layOut(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-huge-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	const file = join(folder, 'town.db');
	await layHugeTown(file, jstDay(new Date()));
	return file;
}

/** Lays the huge town out in `file`: the years before the one `today` is in. Deterministic but for its ids. */
export async function layHugeTown(file: string, today: string): Promise<void> {
	copyFileSync((await bigStore()).file, file);
	const base = new Database(file);
	base.pragma('synchronous = OFF');
	base.pragma('cache_size = -400000');
	const year = fiscalYearOf(today);
	const laying = new Laying(base);
	laying.year(year - years - 1, logsOfCsv);
	for (let past = years; past > 0; past--) laying.year(year - past, logsAYear);
	base.exec('ANALYZE');
	base.pragma('wal_checkpoint(TRUNCATE)');
	base.close();
}

type Version = Record<string, string | number | null> & { id: string; log: string; at: number };
type Body = { id: string; members: string[] };

/** One statement for each table, as many rows as are wanted. */
export class Laying {
	readonly #base: Database.Database;
	readonly #bodies: Body[];
	readonly #firms: Body[];
	readonly #section: string;

	constructor(base: Database.Database) {
		this.#base = base;
		const members = base
			.prepare('select association as id, person from membership where joinedOn = ? order by association, id')
			.all('2020-04-01') as { id: string; person: string }[];
		this.#bodies = [...Map.groupBy(members, ({ id }) => id)].map(([id, all]) => ({
			id,
			members: all.map(({ person }) => person)
		}));
		this.#section = base.prepare('select id from section order by id').pluck().get() as string;
		this.#firms = this.#addFirms();
	}

	#addFirms(): Body[] {
		const at = instantOf('2020-04-01').getTime();
		const firms = Array.from({ length: businesses }, (_, n) => ({ id: newId(), members: this.#bodies[n]!.members }));
		for (const [n, { id }] of firms.entries())
			this.#insert('association', {
				...{ id, municipality: of, kind: 'business', name: `第${n + 1}商事`, kana: `しょうじ${n}`, towns: '' },
				createdAt: at
			});
		return firms;
	}

	#insert(into: string, row: Record<string, string | number | null>): void {
		const columns = Object.keys(row);
		const values = columns.map((column) => `@${column}`).join();
		this.#statement(`insert into ${into} (${columns.join()}) values (${values})`).run(row);
	}

	readonly #known = new Map<string, Database.Statement>();
	#statement(sql: string): Database.Statement {
		const known = this.#known.get(sql) ?? this.#base.prepare(sql);
		this.#known.set(sql, known);
		return known;
	}

	/** A whole fiscal year, in steps that fit into memory; one in fifty still waits, one in a hundred was corrected. */
	year(fiscalYear: number, logs: number): void {
		const start = fiscalYearStart(fiscalYear);
		const step = 50_000;
		for (let from = 0; from < logs; from += step)
			this.#base.transaction(() => {
				for (let n = from; n < Math.min(from + step, logs); n++)
					this.#walk(n, addDays(start, Math.floor((n * 365) / logs)), fiscalYear);
			})();
	}

	#walk(n: number, onDay: string, fiscalYear: number): void {
		const programme = mix[n % mix.length]!;
		const city = programme === 'cityCar';
		const at = instantOf(onDay, `${String(7 + (n % 13)).padStart(2, '0')}:${n % 2 ? '30' : '00'}`).getTime();
		const all = programme === 'business' ? this.#firms : this.#bodies;
		const body = all[(n * 7) % all.length]!;
		const walkers = Array.from({ length: walkersEach }, (_, k) => body.members[(n + k) % body.members.length]!);
		const id = newId(at);
		const common = { municipality: of };
		const ours = { association: city ? null : body.id, section: city ? this.#section : null, author: walkers[0]! };
		this.#insert('log', { id, ...common, ...ours, forOthers: 0, latest: 1, createdAt: at });
		const said = {
			...{ ...common, log: id, by: walkers[0]!, at, programme, onDay, fiscalYear, departedAt: at },
			...{ finishedAt: at + 50 * 60_000, method: city ? 'blueCar' : 'foot', metres: 1200 + (n % 900) },
			...{ metresFrom: 'estimate', remarks: '公園の西側が暗い。', handOver: '', typed: 0, clockDoubt: 0 },
			...{ headcount: walkersEach, blueLight: city ? 1 : 0, announced: city && n % 3 ? 1 : 0, cardHolder: 0 }
		};
		const bodies = city ? [] : programme === 'joint' ? [body, all[(n * 7 + 1) % all.length]!] : [body];
		const people = city ? [demoPeople.safety.id] : walkers;
		this.#version({ ...said, id: newId(at), number: 1 }, bodies, people, n % 50 !== 0);
		if (n % 100 !== 7) return;
		this.#statement('update log set latest = 2 where id = ?').run(id);
		const corrected = { ...said, id: newId(at), number: 2, reason: '距離の訂正', metres: 1500 };
		this.#version(corrected, bodies, people, true);
	}

	#version(row: Version, bodies: Body[], people: string[], confirmed: boolean): void {
		const { id: version, log, at } = row;
		this.#insert('log_version', row);
		for (const { id } of bodies) this.#insert('log_association', { version, association: id, municipality: of });
		for (const person of people) this.#insert('log_person', { version, person, municipality: of });
		if (confirmed) this.#insert('log_confirmation', { version, municipality: of, log, by: people.at(-1)!, at });
	}
}
