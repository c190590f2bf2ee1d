/** Many phones in the field, each with a person, a sign-in and a store of its own, against a server with a town of realistic size. */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { asc, eq } from 'drizzle-orm';
import { signIn } from '#lib/people/sessions.server.ts';
import { membership, person } from '#lib/people/tables.server.ts';
import { closeDatabase, db, openDatabase, transaction } from '#lib/server/db/index.ts';
import { checkEnv } from '#lib/server/env.ts';
import { houseJobs } from '../../src/house-jobs.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { bigTown } from './big-town.ts';
import type { Gone, Orders, Walker } from './field-process.ts';
import { LAG, type Lag } from './lag.ts';

export type Measured = Gone & { stored: number; effects: number; lag: Lag };

/** Another town than the big one; what somebody does on the same server until the phones are through. */
type Circumstances = { town?: string; beside?: (server: Server, over: AbortSignal) => Promise<void> };

/** Sends `orders` from so many phones of the big town and counts in the file what has become of them. */
export async function fromTheField(
	phones: number,
	orders: Omit<Orders, 'port' | 'walkers'>,
	{ town, beside }: Circumstances = {}
): Promise<Measured> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-bench-'));
	const file = join(folder, 'town.db');
	copyFileSync(town ?? (await bigTown()), file);
	const walkers = await signedIn(file, phones);
	const NODE_OPTIONS = `--import ${new URL('lag.ts', import.meta.url).href}`;
	const server = await startServer(file, { LOG_LEVEL: 'warn', NODE_OPTIONS, MEASURE_LAG: '1' });
	try {
		await madeUp(server.database);
		process.kill(server.pid(), 'SIGUSR2');
		const over = new AbortController();
		const other = beside?.(server, over.signal);
		const gone = await send({ ...orders, port: server.port, walkers }).finally(() => over.abort());
		await other;
		await server.stop();
		const said = server
			.output()
			.split('\n')
			.find((line) => line.startsWith(LAG));
		if (!said) throw new Error(`the server did not say how busy it was:\n${server.output()}`);
		return { ...gone, ...count(server.database, gone.receipts), lag: JSON.parse(said.slice(LAG.length)) as Lag };
	} finally {
		await server.remove();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Everybody of the 500 bodies, one after the other, on a phone of their own. */
async function signedIn(file: string, phones: number): Promise<Walker[]> {
	openDatabase(file);
	try {
		const members = await db
			.select({ person: person.id, body: membership.association, municipality: person.municipality })
			.from(membership)
			.innerJoin(person, eq(person.id, membership.person))
			.where(eq(membership.joinedOn, '2020-04-01'))
			.orderBy(asc(membership.id))
			.limit(phones);
		if (members.length !== phones) throw new Error(`the town has no ${phones} people`);
		return await transaction(async (tx) => {
			const walkers: Walker[] = [];
			for (const { body, ...who } of members)
				walkers.push({ person: who.person, body, cookie: await signIn(tx, who, 'bench', 'code', new Date()) });
			return walkers;
		});
	} finally {
		closeDatabase();
	}
}

/** Waits until the server has made up for what it had missed: these are its first minutes with so many rows. A quiet job leaves no word. */
async function madeUp(file: string): Promise<void> {
	const base = new Database(file, { readonly: true });
	const runs = base.prepare('select count(distinct job) from job_run').pluck();
	while ((runs.get() as number) < wordyJobs().length) await sleep(200);
	base.close();
}

/** The jobs that leave a word of each run. */
export const wordyJobs = () => houseJobs(checkEnv({ ORIGIN: 'http://localhost' })).filter((one) => !one.quiet);

/** In a process of its own, so that the phones do not keep each other waiting for our own work. */
async function send(orders: Orders): Promise<Gone> {
	const child = spawn('node', ['tests/bench/field-process.ts'], { stdio: ['pipe', 'pipe', 'inherit'] });
	child.stdin.end(JSON.stringify(orders));
	return JSON.parse(await text(child.stdout)) as Gone;
}

/** How many of the receipts have their op in the file, under the number that was promised, and how many effects those ops have had. */
function count(file: string, receipts: Gone['receipts']): { stored: number; effects: number } {
	const base = new Database(file, { readonly: true });
	try {
		type Op = { hash: string; no: number; logs: number };
		const ops = base
			.prepare('select hash, no, (select count(*) from log where log.id = sync_op.id) as logs from sync_op')
			.all() as Op[];
		if (ops.length !== receipts.length) throw new Error(`${ops.length} ops in the file, ${receipts.length} receipts`);
		const promised = new Map(receipts);
		const there = ops.filter(({ hash, no }) => promised.get(hash) === no);
		return { stored: there.length, effects: there.reduce((sum, { logs }) => sum + logs, 0) };
	} finally {
		base.close();
	}
}

/** What must be true of every run, whatever it took. */
export function asPromised({ sent, receipts, stored, effects }: Measured): void {
	if (receipts.length !== sent || stored !== sent || effects !== sent)
		throw new Error(`${sent} sent, ${receipts.length} receipts, ${stored} stored, ${effects} logs`);
}

/** The value below which so many of a hundred lie. */
export const percentile = (values: readonly number[], of: number): number =>
	values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor((values.length * of) / 100))]!;

/** The figures every run of phones has. */
export function figuresOf({ took, lag }: Measured, aim?: string) {
	return {
		'answered, p50': { value: percentile(took, 50), unit: 'ms' },
		'answered, p95': { value: percentile(took, 95), unit: 'ms', ...(aim && { aim }) },
		'answered, longest': { value: Math.max(...took), unit: 'ms' },
		'event loop lag, p50': { value: lag.p50, unit: 'ms' },
		'event loop lag, p99': { value: lag.p99, unit: 'ms' },
		'event loop lag, longest': { value: lag.max, unit: 'ms' },
		'event loop busy': { value: lag.busy * 100, unit: '%' },
		'memory of the server, most': { value: lag.megabytes, unit: 'MB' }
	};
}
