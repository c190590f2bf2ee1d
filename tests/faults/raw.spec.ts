/** What no app of ours sends: contradictions, floods and monsters by raw POST, and bodies that never end. */
import { connect, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { answerSchema, freeze, limits, thaw, type Answer, type Op, type Push } from '#lib/sync/protocol.ts';
import { expect, test } from '../journeys/fixtures.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { ask, cookieOf } from '../security/ask.ts';
import { bareOp, logOp, newPhone, post } from './load.ts';
import type { Phone } from '../phone.ts';

let server: Server;
let cookie: string;
const slow: Socket[] = [];

/** Connections whose request never comes to its end: half a head, half a body, a byte now and then. */
function drip(head: string): Promise<Socket> {
	return new Promise((done) => {
		const socket = connect(server.port, '127.0.0.1', () => {
			socket.write(head);
			const timer = setInterval(() => socket.write('x'), 1000);
			socket.on('close', () => clearInterval(timer));
			done(socket);
		});
		socket.on('error', () => undefined);
	});
}

test.beforeAll(async () => {
	server = await startServer(process.env.TOWN_TEMPLATE);
	cookie = await cookieOf(server, 'volunteer');
	const line = `POST /api/v1/sync/push HTTP/1.1\r\nhost: localhost:${server.port}\r\n`;
	const body = `${line}origin: ${server.origin}\r\ncookie: ${cookie}\r\ncontent-type: application/json\r\nx-mp-sync: 1\r\n`;
	for (let n = 0; n < 100; n++) slow.push(await drip(n % 2 ? line : `${body}content-length: 100000\r\n\r\n{"p"`));
});
test.afterAll(async () => {
	for (const socket of slow) socket.destroy();
	await server.remove();
});

const send = async (from: Phone, ops: Op[], over: Partial<Push> = {}): Promise<Answer> => {
	const answer = await post(server, cookie, JSON.stringify(from.push(ops, over)));
	expect(answer.status, answer.body).toBe(200);
	return answerSchema.parse(JSON.parse(answer.body));
};
const said = (answer: Answer) => answer.results.map(({ s }) => s);
/** Rows of ours for one hash: in the log of what came, and set aside. */
function rows(hash: string): { ops: number; aside: number } {
	const base = new Database(server.database, { readonly: true });
	const count = (table: string) => base.prepare(`select count(*) from ${table} where hash = ?`).pluck().get(hash);
	const found = { ops: count('sync_op') as number, aside: count('sync_quarantine') as number };
	base.close();
	return found;
}

test('the same id with other bytes is a conflict, and both are kept', async () => {
	const mine = newPhone();
	const op = await bareOp(mine);
	const twin = { ...op, ...(await freeze({ ...thaw(op.bytes)!, payload: { seq: 2 } })) };
	expect(said(await send(mine, [op]))).toEqual(['stored']);
	expect(said(await send(mine, [twin, twin]))).toEqual(['conflict', 'conflict']);
	expect([rows(op.hash), rows(twin.hash)]).toEqual([
		{ ops: 1, aside: 0 },
		{ ops: 0, aside: 1 }
	]);
});

test('a gap in the order is asked for, a place is given once, a new epoch begins anew', async () => {
	const mine = newPhone();
	const [first, second, third] = [await bareOp(mine), await bareOp(mine), await bareOp(mine)];
	expect((await send(mine, [first, third])).missing).toEqual([[2, 2]]);
	const usurper = await mine.op({ kind: 'void', payload: { seq: 9 } }, { seq: 3 });
	expect(said(await send(mine, [usurper]))).toEqual(['conflict']);
	expect((await send(mine, [second])).missing).toEqual([]);
	const again = newPhone();
	const anew = { ...(await bareOp(again)), device: mine.device };
	expect(said(await send(again, [anew], { device: mine.device }))).toEqual(['stored']);
	// The same epoch from another device is another store, not a clash.
	const other = newPhone();
	const stolen = { ...(await bareOp(other)), epoch: mine.epoch };
	expect(said(await send(other, [stolen], { epoch: mine.epoch }))).toEqual(['stored']);
});

const text = 'NUL\u0000 RTL\u202e 𠮷野家 👨‍👩‍👧‍👦 lone\ud800 \ufeff ﾊﾝｶｸ';

test('monsters are refused or kept to the byte; nothing falls over, memory stays', async () => {
	test.setTimeout(120_000);
	const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid()}/status`, 'utf8'))![1]);
	const mine = newPhone();
	await send(mine, [await bareOp(mine)]);
	const before = resident();
	const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
	const bodies: [string, string | Buffer][] = [
		['deep JSON', deep],
		['deep inside a push', JSON.stringify(mine.push([])).replace('"ops":[]', `"ops":${deep}`)],
		['no JSON', '{"p":'],
		['__proto__', '{"__proto__":{"p":"mp-sync/1"},"constructor":{"prototype":{}}}'],
		['NUL bytes', '\u0000'.repeat(1000)],
		['two megabytes', 'x'.repeat(2_000_000)]
	];
	for (const [what, body] of bodies) {
		// What is too large by its own word is cut off while it is still being written: the answer may come too late to be read.
		const { status } = await post(server, cookie, body.toString()).catch((problem: unknown) => {
			if (body.length <= limits.push) throw problem;
			return { status: 413 };
		});
		expect(status, what).toBeGreaterThanOrEqual(400);
		expect(status, what).toBeLessThan(500);
	}
	const huge = await post(server, cookie, 'x', { 'content-length': '52428800' }).catch(() => ({ status: 413 }));
	expect(huge.status).toBe(413);
	// 33 KiB in one record: the push goes through, that record alone does not, or the push is refused as a whole.
	const [large, small] = [await bareOp(mine), await bareOp(mine)];
	large.bytes = large.bytes.replace('"seq":1', `"seq":1,"note":"${'x'.repeat(33 * 1024)}"`);
	expect([400, 413]).toContain((await post(server, cookie, JSON.stringify(mine.push([large, small])))).status);
	const odd = await logOp(mine, text);
	expect(said(await send(mine, [odd]))).toEqual(['stored']);
	const base = new Database(server.database, { readonly: true });
	const kept = base.prepare('select bytes from sync_payload p join sync_op o on o.no = p.op where o.hash = ?');
	expect(kept.pluck().get(odd.hash)).toBe(odd.bytes);
	base.close();
	const flood = newPhone();
	for (let n = 0; n < (process.env.ROUNDS ? 100 : 10); n++) {
		const ops = [];
		for (let i = 0; i < 100; i++) ops.push(await bareOp(flood));
		expect(new Set(said(await send(flood, ops)))).toEqual(new Set(['stored']));
	}
	expect(resident() - before, 'kB more than before').toBeLessThan(200_000);
	expect((await ask(server, { path: '/healthz' })).status).toBe(200);
});

test('a hundred bodies that never end disturb nobody, and are cut off', async () => {
	test.setTimeout(process.env.ROUNDS ? 240_000 : 120_000);
	const mine = newPhone();
	const took: number[] = [];
	for (let n = 0; n < 20; n++) {
		const started = performance.now();
		await send(mine, [await bareOp(mine)]);
		took.push(performance.now() - started);
	}
	expect(took.toSorted((a, b) => a - b)[10]).toBeLessThan(1000);
	// Half a head is cut off after twenty seconds, half a body after two minutes: that one is waited for in the long rounds only.
	const heads = slow.filter((_, n) => n % 2);
	await expect
		.poll(() => (process.env.ROUNDS ? slow : heads).filter((socket) => !socket.closed && !socket.destroyed).length, {
			timeout: process.env.ROUNDS ? 200_000 : 80_000
		})
		.toBe(0);
});
