/** Faults of the server's process and its disk, with the real process on a real file. */
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { jstDay } from '#lib/calendar/day.ts';
import Database from 'better-sqlite3';
import { expect, test } from '../journeys/fixtures.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { ask, cookieOf } from '../security/ask.ts';
import { bareOp, everyReceiptHolds, logOp, newPhone, post, push, type Ledger } from './load.ts';
import { attach, missing, strace } from './strace.ts';

const rounds = Number(process.env.ROUNDS || 3);
/** In the long rounds a hundred kills must come together with 20,000 receipts. */
const perRound = process.env.ROUNDS ? 220 : 40;

let server: Server;
let cookie: string;
let ledger: Ledger;
test.beforeAll(async () => {
	server = await startServer(process.env.TOWN_TEMPLATE);
	cookie = await cookieOf(server, 'volunteer');
});
test.beforeEach(() => {
	ledger = new Map();
});
test.afterAll(() => server.remove());

/** One new record from one new phone. */
async function one(): Promise<number> {
	const mine = newPhone();
	return push(server, cookie, mine, [await bareOp(mine)], ledger);
}
const push503 = async () => {
	const mine = newPhone();
	return post(server, cookie, JSON.stringify(mine.push([await bareOp(mine)])));
};

test('kill -9 under load: every receipt that was given is kept, and what got none is taken at the next try', async () => {
	test.setTimeout(60_000 + rounds * 20_000);
	for (let round = 0; round < rounds; round++) {
		const before = ledger.size;
		const phones = Array.from({ length: 6 }, async () => {
			const mine = newPhone();
			for (;;) {
				const ops = [await bareOp(mine), await logOp(mine, '負荷'), await bareOp(mine), await bareOp(mine)];
				if ((await push(server, cookie, mine, ops, ledger)) !== 200)
					return () => push(server, cookie, mine, ops, ledger);
			}
		});
		await expect.poll(() => ledger.size - before, { timeout: 30_000, intervals: [20] }).toBeGreaterThan(perRound);
		await server.stop('SIGKILL');
		const again = await Promise.all(phones);
		everyReceiptHolds(server.database, ledger);
		await server.start();
		// Stored before the kill without our hearing of it, or not at all: either way it is there now, once.
		for (const push of again) expect(await push()).toBe(200);
		everyReceiptHolds(server.database, ledger);
	}
	expect(ledger.size).toBeGreaterThanOrEqual(rounds * perRound);
	console.log(`${rounds} kills -9 under load: ${ledger.size} receipts, 0 lost`);
});

test('between a record and its receipt lies an fsync of the log of the database', async () => {
	if (!strace) return console.log(missing);
	const watched = await attach(server.pid(), '-e', 'trace=fsync,fdatasync');
	expect(await one()).toBe(200);
	await watched.detach();
	expect(watched.calls()).toMatch(/f(data)?sync\(\d+<.*-wal>\)\s+= 0/);
});

test('an fsync that fails: no receipt, the process ends, and starts again with every receipt kept', async () => {
	if (!strace) return console.log(missing);
	for (let n = 0; n < 5; n++) expect(await one()).toBe(200);
	const watched = await attach(server.pid(), '-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:error=EIO');
	const gone = server.exited();
	expect(await one()).not.toBe(200);
	expect(await gone).toBe(70);
	await watched.detach();
	expect(watched.calls()).toContain('EIO');
	await server.start();
	expect(ledger.size).toBe(5);
	everyReceiptHolds(server.database, ledger);
	expect(await one()).toBe(200);
});

test('a full disk: 503 and when to come again, reading goes on, and with room again so does writing', async () => {
	if (!strace) return console.log(missing);
	for (let n = 0; n < 5; n++) expect(await one()).toBe(200);
	const watched = await attach(server.pid(), '-e', 'trace=pwrite64', '-e', 'inject=pwrite64:error=ENOSPC');
	for (let n = 0; n < 3; n++) {
		const refused = await push503();
		expect(refused.status).toBe(503);
		expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
	}
	expect((await ask(server, { path: '/home', cookie })).status).toBe(200);
	await watched.detach();
	expect(watched.calls()).toContain('ENOSPC');
	for (let n = 0; n < 3; n++) expect(await one()).toBe(200);
	everyReceiptHolds(server.database, ledger);
	expect(ledger.size).toBe(8);
});

test('another program that writes to the file: waited for, and after five seconds 503; nothing is lost', async () => {
	const other = new Database(server.database);
	other.exec('BEGIN IMMEDIATE');
	const soon = one();
	setTimeout(() => other.exec('COMMIT'), 1000);
	expect(await soon).toBe(200);
	other.exec('BEGIN IMMEDIATE');
	const refused = await push503();
	expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([503, true]);
	other.exec('COMMIT');
	other.close();
	expect(await one()).toBe(200);
	everyReceiptHolds(server.database, ledger);
});

test('pushes are answered within a second while the yearly report is asked for without a pause', async () => {
	const safety = await cookieOf(server, 'safety');
	const path = `/reports/${fiscalYearOf(jstDay(new Date())) - 1}/patrols`;
	let asking = true;
	let reports = 0;
	const readers = Array.from({ length: 3 }, async () => {
		for (; asking; reports++) expect((await ask(server, { path, cookie: safety })).status).toBe(200);
	});
	await expect.poll(() => reports).toBeGreaterThan(3);
	const took: number[] = [];
	for (let n = 0; n < 40; n++) {
		const started = performance.now();
		expect(await one()).toBe(200);
		took.push(performance.now() - started);
	}
	asking = false;
	await Promise.all(readers);
	took.sort((a, b) => a - b);
	expect(took[Math.floor(took.length * 0.95)]).toBeLessThan(1000);
});

test('where the log cannot be written, on a full disk or to a closed pipe, the server goes on', async () => {
	for (const output of ['>/dev/full 2>/dev/full', '>&- 2>&-']) {
		const deaf = await startServer(process.env.TOWN_TEMPLATE, { LOG_LEVEL: 'info' }, output);
		try {
			const mine = newPhone();
			const inside = await cookieOf(deaf, 'volunteer');
			for (let n = 0; n < 10; n++)
				expect(await push(deaf, inside, mine, [await bareOp(mine)], ledger), output).toBe(200);
			everyReceiptHolds(deaf.database, ledger);
			expect(await deaf.stop()).toBe(0);
		} finally {
			ledger.clear();
			await deaf.remove();
		}
	}
});
