/** More pushes at once than the server takes: turned away with a time to come again, and nothing of anybody is lost. */
import { connect, type Socket } from 'node:net';
import { answerSchema } from '#lib/sync/protocol.ts';
import { expect } from '../journeys/fixtures.ts';
import { ask, cookieOf } from '../security/ask.ts';
import type { Server } from '../journeys/server.ts';
import { delivered, drain, pushes, ready, record, test, waits } from './field.ts';
import { bareOp, everyReceiptHolds, newPhone, post, type Ledger } from './load.ts';
import { allArrived, atServer } from './oracle.ts';

/** So many at once is all the server has room for (`http.ts`). */
const ROOM = 200;

/** A push of which the end is still to come: the server has begun with it, and cannot end. */
async function begun(server: Server, cookie: string) {
	const mine = newPhone();
	// Long enough that the server waits for the rest for more than a minute, however slow this machine is.
	const body = JSON.stringify(mine.push([await bareOp(mine)])).padEnd(120_000);
	const end = body.trimEnd().length - 1;
	const head = [
		`POST /api/v1/sync/push HTTP/1.1`,
		`host: localhost:${server.port}`,
		`origin: ${server.origin}`,
		`cookie: ${cookie}`,
		`content-type: application/json`,
		`x-mp-sync: 1`,
		`connection: close`,
		`content-length: ${body.length}`
	];
	const socket = await new Promise<Socket>((done, failed) => {
		const made = connect(server.port, '127.0.0.1', () => done(made));
		made.on('error', failed);
	});
	let answer = '';
	socket.on('data', (data: Buffer) => (answer += data.toString()));
	socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, end)}`);
	return {
		/** Sends the rest; resolves with the status and what the answer says. */
		end: async () => {
			const over = new Promise((done) => socket.once('close', done));
			socket.write(body.slice(end));
			await over;
			return { status: Number(answer.split(' ')[1]), body: answer.slice(answer.indexOf('\r\n\r\n') + 4) };
		}
	};
}

/** As many begun pushes as there is room for. Resolves when the next one was turned away. */
async function fill(server: Server, cookie: string) {
	const all = await Promise.all(Array.from({ length: ROOM }, () => begun(server, cookie)));
	await expect.poll(async () => (await one(server, cookie)).status).toBe(503);
	return all;
}

async function one(server: Server, cookie: string) {
	const mine = newPhone();
	return post(server, cookie, JSON.stringify(mine.push([await bareOp(mine)])));
}

const said = (body: string) => answerSchema.parse(JSON.parse(body)).results[0]!;

test('two hundred pushes under way: a hundred more are told when to come again, spread; all arrive, no receipt is lost', async ({
	server
}) => {
	const cookie = await cookieOf(server, 'volunteer');
	const ledger: Ledger = new Map();
	const under = await fill(server, cookie);
	const more = await Promise.all(
		Array.from({ length: 100 }, async () => {
			const mine = newPhone();
			return JSON.stringify(mine.push([await bareOp(mine)]));
		})
	);
	const turned = await Promise.all(more.map((body) => post(server, cookie, body)));
	expect(new Set(turned.map(({ status }) => status))).toEqual(new Set([503]));
	expect(new Set(turned.map(({ body }) => body))).toEqual(new Set(['{"p":"mp-sync/1","error":"busy"}']));
	const seconds = turned.map(({ headers }) => Number(headers['retry-after']));
	expect(Math.min(...seconds)).toBeGreaterThanOrEqual(5);
	expect(Math.max(...seconds)).toBeLessThan(35);
	expect(new Set(seconds).size, 'different times').toBeGreaterThan(10);
	// Who only reads is served as ever.
	expect((await ask(server, { path: '/home', cookie })).status).toBe(200);
	for (const { status, body } of await Promise.all(under.map(({ end }) => end()))) {
		expect(status, body).toBe(200);
		const result = said(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1));
		expect(result.s).toBe('stored');
		if ('no' in result) ledger.set(result.hash, result.no);
	}
	// The ones that were turned away left nothing behind: now they are new.
	for (const body of more) {
		const result = said((await post(server, cookie, body)).body);
		expect(result.s).toBe('stored');
		if ('no' in result) ledger.set(result.hash, result.no);
	}
	expect(ledger.size).toBe(ROOM + more.length);
	everyReceiptHolds(server.database, ledger);
});

test('a phone that is turned away waits as long as it was told, then delivers by itself, once', async ({
	page,
	net,
	server
}) => {
	await page.clock.install();
	await ready(page, net);
	const cookie = await cookieOf(server, 'volunteer');
	const under = await fill(server, cookie);
	// Long enough that a slow machine does not live through it while it looks.
	net.rewrite = (_path, answer) =>
		answer.status === 503 ? { ...answer, headers: { ...answer.headers, 'retry-after': '600' } } : answer;
	const turned = page.waitForResponse((answer) => answer.status() === 503 && answer.url().endsWith('/sync/push'));
	const kept = [await record(page, '混んでいる 1')];
	await turned;
	await page.goto('/patrol/sent');
	await expect(page.getByText('いま混みあっています')).toBeVisible();
	await expect(waits(page)).toBeVisible();
	// From here on time passes only when we say so.
	await page.clock.pauseAt(await page.evaluate(() => Date.now() + 5000));
	const before = pushes(net);
	// Neither the minutes nor a sign of the network make it come earlier.
	const asked = page.waitForResponse((answer) => answer.url().includes('/sync/pull'));
	await page.evaluate(() => dispatchEvent(new Event('online')));
	await asked;
	await page.clock.runFor(500_000);
	expect(pushes(net)).toBe(before);
	await Promise.all(under.map(({ end }) => end()));
	await page.clock.runFor(200_000);
	await page.clock.resume();
	await expect.poll(() => atServer(server.database, '混んでいる').length).toBe(1);
	await page.goto('/patrol/sent');
	await expect(delivered(page)).toBeVisible();
	await expect(waits(page)).toBeHidden();
	// How often it asked says nothing here: the clock ran ahead of the network, and may have given up on an answer under way.
	expect(pushes(net)).toBeGreaterThan(before);
	kept.push(await record(page, '混んでいる 2'));
	await drain(page, net);
	await allArrived([page], server.database, '混んでいる', kept);
});
