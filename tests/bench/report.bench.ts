/**
 * The year's report of a town with a million logs and a ledger of 200,000 lines: what its pages take, beside their bare SQL; 43,717 logs as
 * CSV; and how long phones wait that push while reports are asked for without a pause.
 */
import { request } from 'node:http';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { allBehind } from '#lib/patrols/behind.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { publishedTable } from '#lib/reports/printed.server.ts';
import { patrolYear } from '#lib/reports/patrols.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { actorFor } from '../people.ts';
import { bare } from './bare.ts';
import { asPromised, fromTheField, percentile } from './field.ts';
import { confirmedOfCsv, hugeTown, years } from './huge-town.ts';
import { pages as lists } from './lists.bench.ts';
import { cost, signIn } from './page-cost.ts';
import type { Figures } from './run.ts';

export const once = true;

const today = jstDay(new Date());
const year = fiscalYearOf(today) - 1;
const csvYear = year - years;
const table = `/reports/${year}`;
const activities = `/reports/${year}/activities`;
const csv = `/reports/${csvYear}/patrols/csv`;
const seconds = Number(process.env.DURATION || 60);
const ROUNDS = 5;

/** A download to its last byte, packed for the way or not. */
function download(
	server: Server,
	cookie: string,
	path: string,
	packed: boolean
): Promise<{ ms: number; lines: number }> {
	const started = performance.now();
	const headers = { cookie, host: `localhost:${server.port}`, ...(packed && { 'accept-encoding': 'gzip' }) };
	return new Promise((done, failed) => {
		request({ host: '127.0.0.1', port: server.port, path, headers }, (answer) => {
			const pieces: Buffer[] = [];
			answer.on('data', (piece: Buffer) => void pieces.push(piece));
			answer.on('end', () => {
				const ms = performance.now() - started;
				// Counted when the time is taken: looking at each of five million bytes takes longer than sending them.
				done({ ms, lines: packed ? 0 : Buffer.concat(pieces).toString('latin1').split('\n').length - 1 });
			});
		})
			.on('error', failed)
			.end();
	});
}

/** Milliseconds until a page is there. */
async function open(server: Server, cookie: string, path: string): Promise<number> {
	const started = performance.now();
	const answer = await fetch(server.origin + path, { headers: { cookie, accept: 'text/html' } });
	await answer.arrayBuffer();
	if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
	return performance.now() - started;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function pagesOf(server: Server): Promise<Figures> {
	const cookie = await signIn(server, 'safety');
	const get = (path: string) => open(server, cookie, path);
	const warm = async (path: string) => {
		const times: number[] = [];
		for (let n = 0; n < ROUNDS; n++) times.push(await get(path));
		return median(times);
	};
	const plain: number[] = [];
	const packed: number[] = [];
	const found: Figures = {
		'table, first page after a start': { value: await get(table), unit: 'ms', aim: '< 2,000' },
		'table, again': { value: await warm(table), unit: 'ms' },
		activities: { value: await warm(activities), unit: 'ms' }
	};
	for (let n = 0; n < ROUNDS; n++) {
		const { ms, lines } = await download(server, cookie, csv, false);
		if (lines !== confirmedOfCsv + 1) throw new Error(`${lines} lines of CSV`);
		plain.push(ms);
		packed.push((await download(server, cookie, csv, true)).ms);
	}
	found[`CSV of ${confirmedOfCsv} logs`] = { value: median(plain), unit: 'ms', aim: '≤ 250' };
	found['the same, packed with gzip'] = { value: median(packed), unit: 'ms' };
	for (const [name, path] of Object.entries(lists))
		if (!path.startsWith('/reports/') || path.includes('/patrols'))
			found[name] = { value: await cost(server, cookie, path), unit: 'ms', aim: '< 100' };
	return found;
}

/** The same figures from the same file, without the house around them. */
async function bareOf(file: string): Promise<Record<'table' | 'activities' | 'csv', number>> {
	const connection = new Database(file, { readonly: true });
	const actor: Actor = await actorFor(drizzle({ client: connection }), 'safety', today);
	connection.close();
	const all = async (tx: Reader) => void (await Array.fromAsync(allBehind(tx, actor, csvYear, {})));
	return {
		table: await bare(file, (tx) => publishedTable(tx, actor, year)),
		activities: await bare(file, (tx) => patrolYear(tx, actor, year)),
		csv: await bare(file, all)
	};
}

/** Ten logs a second from as many phones, while a clerk asks for one report after the other. */
async function pushesBeside(town: string): Promise<Figures> {
	let asked = 0;
	const measured = await fromTheField(
		100,
		{ pushes: 10 * seconds, opsEach: 1, within: seconds * 1000, evenly: true },
		{
			town,
			beside: async (server, over) => {
				const cookie = await signIn(server, 'safety');
				while (!over.aborted)
					for (const path of [table, activities, csv]) {
						if (over.aborted) break;
						await open(server, cookie, path);
						asked++;
					}
			}
		}
	);
	asPromised(measured);
	return {
		'pushes beside reports, p50': { value: percentile(measured.took, 50), unit: 'ms' },
		'pushes beside reports, p95': { value: percentile(measured.took, 95), unit: 'ms', aim: '< 1,000' },
		'pushes beside reports, longest': { value: Math.max(...measured.took), unit: 'ms' },
		'event loop lag, p99': { value: measured.lag.p99, unit: 'ms' },
		'reports asked for meanwhile': { value: asked, unit: '' },
		'memory of the server, most': { value: measured.lag.megabytes, unit: 'MB' }
	};
}

export default async function measure(): Promise<Figures> {
	const town = await hugeTown();
	const alone = await bareOf(town);
	const server = await startServer(town);
	const found = await pagesOf(server).finally(() => server.remove());
	const times = (page: string, of: number) => ({ value: found[page]!.value / of, unit: '×', aim: '≤ 2' });
	return {
		...found,
		'bare SQL of the table': { value: alone.table, unit: 'ms' },
		'table, times its bare SQL': times('table, again', alone.table),
		'bare SQL of the activities': { value: alone.activities, unit: 'ms' },
		'activities, times their bare SQL': times('activities', alone.activities),
		'bare SQL of the CSV': { value: alone.csv, unit: 'ms' },
		...(await pushesBeside(town))
	};
}
