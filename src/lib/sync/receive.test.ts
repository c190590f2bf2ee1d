import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { record, trail } from '#lib/server/db/trail.ts';
import { moment } from '../../../tests/phone.ts';
import { idOf, is, my, openReceiver, send } from '../../../tests/receiver.ts';
import { registerHandler } from './handlers.server.ts';
import type { Op } from './protocol.ts';
import { retryOwnFaults } from './receive.server.ts';
import { syncDevice, syncOp, syncOutcome, syncPayload, syncQuarantine, syncWaiting } from './tables.server.ts';

const people = openReceiver();
/** What the handler meets once and then no more. */
let trouble: (() => void) | undefined;

beforeAll(() => {
	const payload = z.strictObject({
		note: z.string().check(z.maxLength(100, 'error_too_long')),
		rule: z.optional(z.string())
	});
	registerHandler<z.output<typeof payload>>('test.fact', {
		schema: { 1: payload },
		async apply(tx, op, { rule }) {
			await record(tx, op.actor, 'test.fact', 'test', op.id);
			trouble?.();
			if (rule === 'broken') throw new RuleBroken('error_required', 'note');
			if (rule === 'fault') throw new TypeError('our own');
			if (rule === 'guard') connections().writer.exec('UPDATE sync_op SET seq = 1');
		}
	});
});
beforeEach(() => {
	trouble = undefined;
});

const effects = (op: Op) => db.$count(trail, eq(trail.thing, idOf(op)));

describe('once', () => {
	it('stores, applies and numbers; sent again it is a duplicate with the same number', async () => {
		const op = await my.phone.op();
		const first = await send(people.volunteer, my.phone.push([op]));
		expect(is(first)).toEqual(['stored accepted']);
		const again = await send(people.volunteer, my.phone.push([op]));
		expect(is(again)).toEqual(['duplicate accepted']);
		expect(again.results[0]).toMatchObject({ no: (first.results[0] as { no: number }).no, hash: op.hash });
		expect(await effects(op)).toBe(1);
		expect(again.server).toBe(first.server);
	});

	it('twice in one push, and in two pushes at once', async () => {
		const [a, b] = [await my.phone.op(), await my.phone.op()];
		const both = await Promise.all([
			send(people.volunteer, my.phone.push([a, a, b])),
			send(people.volunteer, my.phone.push([b, a])),
			send(people.volunteer, my.phone.push([a]))
		]);
		expect(both.flatMap(is).filter((one) => one === 'stored accepted')).toHaveLength(2);
		expect([await effects(a), await effects(b)]).toEqual([1, 1]);
	});

	it('keeps the bytes exactly', async () => {
		const note = '髙 𠮷 👨‍👩‍👧 \u0000 \u202e <script>';
		const op = await my.phone.op({ payload: { note } });
		await send(people.volunteer, my.phone.push([op]));
		const [row] = await db.select({ no: syncOp.no }).from(syncOp).where(eq(syncOp.hash, op.hash));
		const [payload] = await db.select().from(syncPayload).where(eq(syncPayload.op, row!.no));
		expect(payload!.bytes).toBe(op.bytes);
	});
});

describe('one that is not right delays nobody', () => {
	it.each([
		['breaks a rule', { note: 'x', rule: 'broken' }, 'stored needsFix'],
		['meets a fault of ours', { note: 'x', rule: 'fault' }, 'stored waiting'],
		['is refused by the database', { note: 'x', rule: 'guard' }, 'stored rejected'],
		['is too long', { note: 'x'.repeat(101) }, 'stored needsFix'],
		['has another shape', { other: 1 }, 'stored rejected']
	])('%s', async (_what, payload, outcome) => {
		const ops = [await my.phone.op(), await my.phone.op({ payload }), await my.phone.op()];
		expect(is(await send(people.volunteer, my.phone.push(ops)))).toEqual([
			'stored accepted',
			outcome,
			'stored accepted'
		]);
		expect(await Promise.all(ops.map(effects))).toEqual([1, 0, 1]);
		expect(is(await send(people.volunteer, my.phone.push(ops)))).toEqual([
			'duplicate accepted',
			outcome.replace('stored', 'duplicate'),
			'duplicate accepted'
		]);
	});

	it('is damaged on the way: no receipt, nothing kept', async () => {
		const op = await my.phone.op();
		const bent = { ...op, bytes: op.bytes.replace('街路灯', '街路樹') };
		const half = { ...(await my.phone.op()), bytes: '{"v":1' };
		const answer = await send(people.volunteer, my.phone.push([bent, half, await my.phone.op()]));
		expect(is(answer)).toEqual(['corrupt', 'corrupt', 'stored accepted']);
		expect(await db.$count(syncOp, eq(syncOp.hash, op.hash))).toBe(0);
		expect(is(await send(people.volunteer, my.phone.push([op])))).toEqual(['stored accepted']);
	});

	it('is of a kind this server does not know yet: waits, and is applied when it does', async () => {
		const op = await my.phone.op({ kind: 'pocket.confirm' });
		expect(is(await send(people.volunteer, my.phone.push([op])))).toEqual(['stored waiting']);
		registerHandler('pocket.confirm', {
			schema: { 1: z.object({}) },
			apply: async (tx, { actor, id }) => record(tx, actor, 'pocket.confirm', 'test', id)
		});
		await retryOwnFaults(moment);
		await retryOwnFaults(moment);
		expect(is(await send(people.volunteer, my.phone.push([op])))).toEqual(['duplicate accepted']);
		expect(await effects(op)).toBe(1);
	});
});

describe('contradictions are kept, not applied', () => {
	it('same id, other bytes', async () => {
		const op = await my.phone.op();
		await send(people.volunteer, my.phone.push([op]));
		const other = await my.phone.op({ id: idOf(op), payload: { note: 'anders' } });
		const [first, again] = [
			await send(people.volunteer, my.phone.push([other])),
			await send(people.volunteer, my.phone.push([other]))
		];
		expect([is(first), is(again)]).toEqual([['conflict'], ['conflict']]);
		expect(first.results).toEqual(again.results);
		const kept = await db.select().from(syncQuarantine).where(eq(syncQuarantine.hash, other.hash));
		expect(kept).toMatchObject([{ reason: 'id', bytes: other.bytes, sender: people.volunteer.person }]);
		expect(await effects(op)).toBe(1);
	});

	it('same place in the order, other op', async () => {
		const op = await my.phone.op();
		const usurper = await my.phone.op({}, { seq: op.seq });
		expect(is(await send(people.volunteer, my.phone.push([op, usurper])))).toEqual(['stored accepted', 'conflict']);
		expect(await effects(usurper)).toBe(0);
	});
});

describe('order', () => {
	it('says which numbers never came, until they do or are voided', async () => {
		const ops = await Promise.all([1, 2, 3, 4, 5, 6].map(() => my.phone.op()));
		expect((await send(people.volunteer, my.phone.push([ops[0]!, ops[3]!]))).missing).toEqual([[2, 3]]);
		expect((await send(people.volunteer, my.phone.push([ops[5]!]))).missing).toEqual([
			[2, 3],
			[5, 5]
		]);
		expect((await send(people.volunteer, my.phone.push([ops[1]!, ops[2]!]))).missing).toEqual([[5, 5]]);
		const gone = await my.phone.op({ kind: 'void', base: idOf(ops[4]!), payload: { seq: 5 } });
		expect((await send(people.volunteer, my.phone.push([gone]))).missing).toEqual([]);
		// Should it come all the same, it is not applied.
		expect(is(await send(people.volunteer, my.phone.push([ops[4]!])))).toEqual(['stored superseded']);
		expect(await effects(ops[4]!)).toBe(0);
		const [device] = await db.select().from(syncDevice).where(eq(syncDevice.device, my.phone.device));
		expect(device).toMatchObject({ upTo: 7, lastSeq: 7, person: people.volunteer.person });
	});

	it('what needs another op waits for it, through a chain, in any order', async () => {
		const a = await my.phone.op();
		const b = await my.phone.op({ deps: [idOf(a)] });
		const c = await my.phone.op({ deps: [idOf(b), idOf(a)] });
		expect(is(await send(people.volunteer, my.phone.push([c])))).toEqual(['stored waiting']);
		expect(is(await send(people.volunteer, my.phone.push([b])))).toEqual(['stored waiting']);
		expect(await effects(c)).toBe(0);
		expect(is(await send(people.volunteer, my.phone.push([a])))).toEqual(['stored accepted']);
		expect(is(await send(people.volunteer, my.phone.push([c, b])))).toEqual([
			'duplicate accepted',
			'duplicate accepted'
		]);
		expect(await Promise.all([a, b, c].map(effects))).toEqual([1, 1, 1]);
		expect(await db.$count(syncWaiting)).toBe(1); // the fault of ours above
	});

	it('two that wait for each other hold up nobody else', async () => {
		const first = await my.phone.op({ deps: [] });
		const b = await my.phone.op({ deps: ['018f0000-0000-7000-8000-000000000000'] });
		expect(is(await send(people.volunteer, my.phone.push([b, first])))).toEqual(['stored waiting', 'stored accepted']);
	});
});

describe('the store fails', () => {
	it.each(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_BUSY', 'SQLITE_NOMEM', 'SQLITE_CORRUPT'])(
		'%s ends the push: nothing is stored, nobody gets a receipt',
		async (code) => {
			const ops = [await my.phone.op(), await my.phone.op(), await my.phone.op()];
			let calls = 0;
			trouble = () => {
				if (++calls === 2) throw Object.assign(new Error('disk'), { code });
			};
			await expect(send(people.volunteer, my.phone.push(ops))).rejects.toMatchObject({ code });
			expect(await db.$count(syncOp, eq(syncOp.device, my.phone.device))).toBe(0);
			trouble = undefined;
			expect(is(await send(people.volunteer, my.phone.push(ops)))).toEqual(Array(3).fill('stored accepted'));
		}
	);

	it('a transaction that ended inside a handler is not believed', async () => {
		const ops = [await my.phone.op(), await my.phone.op()];
		trouble = () => {
			connections().writer.exec('ROLLBACK');
		};
		await expect(send(people.volunteer, my.phone.push(ops))).rejects.toThrow();
		expect(await db.$count(syncOp, eq(syncOp.device, my.phone.device))).toBe(0);
	});
});

describe('the log of what came', () => {
	it.each([syncOp, syncOutcome, syncQuarantine])('refuses to be changed', async (table) => {
		const forms = [
			() => transaction(async (tx) => void (await tx.update(table).set({ municipality: 'x' }))),
			() => transaction(async (tx) => void (await tx.delete(table)))
		];
		for (const form of forms) await expect(form()).rejects.toThrow();
		expect(await db.$count(table)).toBeGreaterThan(0);
	});

	it('lets retention take the content and keeps order, ids and hashes', async () => {
		const op = await my.phone.op();
		const [result] = (await send(people.volunteer, my.phone.push([op]))).results;
		const { no } = result as { no: number };
		await transaction(async (tx) => void (await tx.delete(syncPayload).where(eq(syncPayload.op, no))));
		expect(is(await send(people.volunteer, my.phone.push([op])))).toEqual(['duplicate accepted']);
	});
});

it('writes nothing as NULL, not as a JSON null', async () => {
	await send(people.volunteer, my.phone.push([await my.phone.op()]));
	const row = connections().writer.prepare('SELECT flags, base FROM sync_op ORDER BY no DESC LIMIT 1').get();
	expect(row).toEqual({ flags: null, base: null });
});
