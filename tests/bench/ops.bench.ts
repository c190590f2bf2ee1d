/**
 * How many finished logs a second arrive, are stored, applied and receipted over HTTP, beside bare inserts of the same bytes at the same
 * durability; and how long one push takes at fifty a second.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { answerSchema, type Op } from '#lib/sync/protocol.ts';
import { demoPeople, town } from '../../src/demo/town.ts';
import { startServer } from '../journeys/server.ts';
import { phone, walk, type Phone } from '../phone.ts';
import type { Figures } from './run.ts';

const BATCH = 50;
const BATCHES = 40;
const PHONES = 4;
const SINGLE_RATE = 50;
const SINGLES = 500;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function post(port: number, path: string, body: string, headers: Record<string, string>) {
	return new Promise<{ status: number; text: string; cookie: string }>((done, failed) => {
		const all = { host: `localhost:${port}`, origin: `http://localhost:${port}`, ...headers };
		const req = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers: all }, (answer) => {
			let text = '';
			answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
			answer.on('end', () =>
				done({
					status: answer.statusCode!,
					text,
					cookie: (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ')
				})
			);
		});
		req.on('error', failed).end(body);
	});
}

async function signedIn(port: number): Promise<string> {
	const form = 'loginId=volunteer&password=mimamori-demo&next=';
	const answer = await post(port, '/login', form, { 'content-type': 'application/x-www-form-urlencoded' });
	if (!answer.cookie) throw new Error(`no sign-in: ${answer.status}`);
	return answer.cookie;
}

const newPhone = () =>
	phone(demoPeople.volunteer.id, { type: 'association', id: town.associations.honcho }, new Date());

/** An op that leaves nothing but itself: the deletion of one that never left the phone. */
const bareOp = (from: Phone, n: number): Promise<Op> =>
	from.op({ kind: 'void', at: new Date().toISOString(), payload: { seq: n, note: '公園の西側が暗い。'.repeat(12) } });

/** A log as a phone makes it: two people, some words; each on another minute. */
const logOp = (from: Phone, n: number): Promise<Op> => walk(from, walked, new Date(Date.now() - (n % 5000) * 60_000));

const walked = {
	people: [demoPeople.volunteer.id, demoPeople.leader.id],
	others: { children: 3 },
	weather: 'fine',
	remarks: '公園の西側が暗い。自転車が二台、歩道に残っていた。'
};

async function push(port: number, cookie: string, from: Phone, ops: Op[]): Promise<void> {
	const body = JSON.stringify(from.push(ops));
	const headers = { 'content-type': 'application/json', 'x-mp-sync': '1', cookie };
	const answer = await post(port, '/api/v1/sync/push', body, headers);
	const results = answer.status === 200 ? answerSchema.parse(JSON.parse(answer.text)).results : [];
	const bad = results.find((one) => one.s !== 'stored' || one.outcome.is !== 'accepted');
	if (results.length !== ops.length || bad) throw new Error(`not stored: ${answer.status} ${JSON.stringify(bad)}`);
}

type Phones = { from: Phone; batches: Op[][] }[];
type Make = (from: Phone, n: number) => Promise<Op>;

const batch = (from: Phone, make: Make, first: number) =>
	Promise.all(Array.from({ length: BATCH }, (_, n) => make(from, first + n)));

async function phonesWith(make: Make): Promise<Phones> {
	const phones: Phones = [];
	for (let p = 0; p < PHONES; p++) {
		const from = newPhone();
		const batches: Op[][] = [];
		for (let b = 0; b < BATCHES / PHONES; b++) batches.push(await batch(from, make, p * 1000 + b * BATCH));
		phones.push({ from, batches });
	}
	return phones;
}

/** Ops per second of phones that push at the same time, each its batches one after the other. */
async function rate(port: number, cookie: string, phones: Phones): Promise<number> {
	const started = performance.now();
	await Promise.all(
		phones.map(async ({ from, batches }) => {
			for (const ops of batches) await push(port, cookie, from, ops);
		})
	);
	return (BATCHES * BATCH * 1000) / (performance.now() - started);
}

/** Bare inserts of the same bytes: same batches, same pragmas, one table. */
function bare(folder: string, name: string, phones: Phones): number {
	const db = new Database(join(folder, `${name}.db`));
	db.pragma('journal_mode = WAL');
	db.pragma('synchronous = FULL');
	db.exec('CREATE TABLE op (id TEXT PRIMARY KEY, bytes TEXT NOT NULL)');
	const insert = db.prepare('INSERT INTO op VALUES (?, ?)');
	const store = db.transaction((ops: Op[]) => {
		for (const op of ops) insert.run(op.hash, op.bytes);
	});
	const started = performance.now();
	for (const { batches } of phones) for (const ops of batches) store.immediate(ops);
	const rate = (BATCHES * BATCH * 1000) / (performance.now() - started);
	db.close();
	return rate;
}

export default async function measure(): Promise<Figures> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-bench-'));
	const file = join(folder, 'town.db');
	execFileSync('node', ['src/demo/seed-cli.ts', file]);
	const stored = await phonesWith(bareOp);
	const applied = await phonesWith(logOp);
	const warm = newPhone();
	const warming = await batch(warm, logOp, 0);
	const alone = newPhone();
	const single: Op[] = [];
	for (let n = 0; n < SINGLES; n++) single.push(await logOp(alone, n));
	const server = await startServer(file);
	try {
		const { port } = server;
		const cookie = await signedIn(port);
		await push(port, cookie, warm, warming);
		const storedRate = await rate(port, cookie, stored);
		const appliedRate = await rate(port, cookie, applied);
		const p95 = await singles(port, cookie, alone, single);
		const [bareStored, bareApplied] = [bare(folder, 'stored', stored), bare(folder, 'applied', applied)];
		return {
			'ops stored, batches of 50': { value: storedRate, unit: '/s' },
			'bare inserts of the same bytes': { value: bareStored, unit: '/s' },
			'stored, of bare': { value: (storedRate / bareStored) * 100, unit: '%', aim: '≥ 30' },
			'logs stored and applied, batches of 50': { value: appliedRate, unit: '/s' },
			'logs, of bare': { value: (appliedRate / bareApplied) * 100, unit: '%' },
			'one push at 50/s, p95': { value: p95, unit: 'ms', aim: '< 50' }
		};
	} finally {
		await server.remove();
		rmSync(folder, { recursive: true });
	}
}

/** Pushes of one log each, fifty a second whatever the last one took; the 95th of a hundred. */
async function singles(port: number, cookie: string, from: Phone, ops: Op[]): Promise<number> {
	const took: number[] = [];
	await Promise.all(
		ops.map(async (op, n) => {
			await new Promise((done) => setTimeout(done, (n * 1000) / SINGLE_RATE));
			const started = performance.now();
			await push(port, cookie, from, [op]);
			took.push(performance.now() - started);
		})
	);
	took.sort((a, b) => a - b);
	return took[Math.floor(took.length * 0.95)]!;
}
