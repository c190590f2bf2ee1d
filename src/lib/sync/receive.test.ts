import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Actor } from '#lib/people/permissions.ts';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { record, trail } from '#lib/server/db/trail.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, otherLeader, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { moment, phone, type Phone } from '../../../tests/phone.ts';
import { registerHandler } from './handlers.server.ts';
import { answerSchema, thaw, type Answer, type Op, type Push } from './protocol.ts';
import { receive, retryOwnFaults } from './receive.server.ts';
import { syncDevice, syncOp, syncOutcome, syncPayload, syncQuarantine, syncWaiting } from './tables.server.ts';

const today = '2025-11-27';
const honcho = { type: 'association', id: town.associations.honcho } as const;
let volunteer: Actor;
let leader: Actor;
let stranger: Actor;
let mine: Phone;
let close: () => void;
/** What the handler meets once and then no more. */
let trouble: (() => void) | undefined;

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await secondTown(tx, today);
	});
	volunteer = await actorFor(db, 'volunteer', today);
	leader = await actorFor(db, 'leader', today);
	stranger = await otherLeader(db, today);
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
afterAll(() => close());
beforeEach(() => {
	mine = phone(volunteer.person, honcho);
	trouble = undefined;
});

async function send(actor: Actor, push: Push, now = moment): Promise<Answer> {
	const answer = await receive(actor, push, now, (code) => code);
	if (typeof answer === 'string') throw new Error(answer);
	return answerSchema.parse(answer);
}
const idOf = (op: Op) => thaw(op.bytes)!.id;
const effects = (op: Op) => db.$count(trail, eq(trail.thing, idOf(op)));
const is = (answer: Answer) => answer.results.map((one) => ('outcome' in one ? `${one.s} ${one.outcome.is}` : one.s));

describe('once', () => {
	it('stores, applies and numbers; sent again it is a duplicate with the same number', async () => {
		const op = await mine.op();
		const first = await send(volunteer, mine.push([op]));
		expect(is(first)).toEqual(['stored accepted']);
		const again = await send(volunteer, mine.push([op]));
		expect(is(again)).toEqual(['duplicate accepted']);
		expect(again.results[0]).toMatchObject({ no: (first.results[0] as { no: number }).no, hash: op.hash });
		expect(await effects(op)).toBe(1);
		expect(again.server).toBe(first.server);
	});

	it('twice in one push, and in two pushes at once', async () => {
		const [a, b] = [await mine.op(), await mine.op()];
		const both = await Promise.all([
			send(volunteer, mine.push([a, a, b])),
			send(volunteer, mine.push([b, a])),
			send(volunteer, mine.push([a]))
		]);
		expect(both.flatMap(is).filter((one) => one === 'stored accepted')).toHaveLength(2);
		expect([await effects(a), await effects(b)]).toEqual([1, 1]);
	});

	it('keeps the bytes exactly', async () => {
		const note = '髙 𠮷 👨‍👩‍👧 \u0000 \u202e <script>';
		const op = await mine.op({ payload: { note } });
		await send(volunteer, mine.push([op]));
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
		const ops = [await mine.op(), await mine.op({ payload }), await mine.op()];
		expect(is(await send(volunteer, mine.push(ops)))).toEqual(['stored accepted', outcome, 'stored accepted']);
		expect(await Promise.all(ops.map(effects))).toEqual([1, 0, 1]);
		expect(is(await send(volunteer, mine.push(ops)))).toEqual([
			'duplicate accepted',
			outcome.replace('stored', 'duplicate'),
			'duplicate accepted'
		]);
	});

	it('is damaged on the way: no receipt, nothing kept', async () => {
		const op = await mine.op();
		const bent = { ...op, bytes: op.bytes.replace('街路灯', '街路樹') };
		const half = { ...(await mine.op()), bytes: '{"v":1' };
		const answer = await send(volunteer, mine.push([bent, half, await mine.op()]));
		expect(is(answer)).toEqual(['corrupt', 'corrupt', 'stored accepted']);
		expect(await db.$count(syncOp, eq(syncOp.hash, op.hash))).toBe(0);
		expect(is(await send(volunteer, mine.push([op])))).toEqual(['stored accepted']);
	});

	it('is of a kind this server does not know yet: waits, and is applied when it does', async () => {
		const op = await mine.op({ kind: 'pocket.confirm' });
		expect(is(await send(volunteer, mine.push([op])))).toEqual(['stored waiting']);
		registerHandler('pocket.confirm', {
			schema: { 1: z.object({}) },
			apply: async (tx, { actor, id }) => record(tx, actor, 'pocket.confirm', 'test', id)
		});
		await retryOwnFaults(moment);
		await retryOwnFaults(moment);
		expect(is(await send(volunteer, mine.push([op])))).toEqual(['duplicate accepted']);
		expect(await effects(op)).toBe(1);
	});
});

describe('contradictions are kept, not applied', () => {
	it('same id, other bytes', async () => {
		const op = await mine.op();
		await send(volunteer, mine.push([op]));
		const other = await mine.op({ id: idOf(op), payload: { note: 'anders' } });
		const [first, again] = [await send(volunteer, mine.push([other])), await send(volunteer, mine.push([other]))];
		expect([is(first), is(again)]).toEqual([['conflict'], ['conflict']]);
		expect(first.results).toEqual(again.results);
		const kept = await db.select().from(syncQuarantine).where(eq(syncQuarantine.hash, other.hash));
		expect(kept).toMatchObject([{ reason: 'id', bytes: other.bytes, sender: volunteer.person }]);
		expect(await effects(op)).toBe(1);
	});

	it('same place in the order, other op', async () => {
		const op = await mine.op();
		const usurper = await mine.op({}, { seq: op.seq });
		expect(is(await send(volunteer, mine.push([op, usurper])))).toEqual(['stored accepted', 'conflict']);
		expect(await effects(usurper)).toBe(0);
	});
});

describe('who', () => {
	it('another person signed in: nothing is stored and nothing receipted, so that it waits for its owner', async () => {
		const op = await mine.op();
		expect(await receive(leader, mine.push([op]), moment, String)).toBe('otherPerson');
		expect(await db.$count(syncOp, eq(syncOp.hash, op.hash))).toBe(0);
		expect(is(await send(volunteer, mine.push([op])))).toEqual(['stored accepted']);
	});

	it('an op in another name among own ones has no effect and does not take the other person’s id', async () => {
		const op = await mine.op();
		const thief = phone(leader.person, honcho);
		const answer = await send(
			leader,
			thief.push([await thief.op(), { ...op, device: thief.device, epoch: thief.epoch, seq: 2 }])
		);
		expect(is(answer)).toEqual(['stored accepted', 'stored rejected']);
		expect(await effects(op)).toBe(0);
		expect(is(await send(volunteer, mine.push([op])))).toEqual(['stored accepted']);
		expect(await effects(op)).toBe(1);
	});

	it('another person’s numbers cannot be used up', async () => {
		await send(volunteer, mine.push([await mine.op()]));
		const thief = phone(leader.person, honcho);
		const ops = [await thief.op({}, { device: mine.device, epoch: mine.epoch, seq: 2 })];
		expect(is(await send(leader, thief.push(ops)))).toEqual(['conflict']);
		expect(await receive(leader, thief.push(ops, { device: mine.device, epoch: mine.epoch }), moment, String)).toBe(
			'otherPerson'
		);
		expect(is(await send(volunteer, mine.push([await mine.op()])))).toEqual(['stored accepted']);
	});

	it('a body the author was not in at the time', async () => {
		const far = phone(volunteer.person, { type: 'association', id: town.associations.kajino });
		expect(is(await send(volunteer, far.push([await far.op()])))).toEqual(['stored rejected']);
		const early = await mine.op({ at: '2023-03-31T23:59:00+09:00', boot: 'before' });
		expect(is(await send(volunteer, mine.push([early]), new Date('2023-04-01T00:30:00+09:00')))).toEqual([
			'stored rejected'
		]);
		const first = await mine.op({ at: '2023-04-01T00:00:00+09:00', boot: 'before' });
		expect(is(await send(volunteer, mine.push([first]), new Date('2023-04-01T00:30:00+09:00')))).toEqual([
			'stored accepted'
		]);
	});

	it('another municipality’s body, and its people', async () => {
		const ours = phone(stranger.person, honcho);
		expect(is(await send(stranger, ours.push([await ours.op()])))).toEqual(['stored rejected']);
		const op = await mine.op();
		await send(volunteer, mine.push([op]));
		const theirs = phone(stranger.person, { type: 'association', id: stranger.grants[0]!.association! });
		const same = await theirs.op({ id: idOf(op) });
		expect(is(await send(stranger, theirs.push([same])))).toEqual(['conflict']);
		const [row] = await db
			.select()
			.from(syncOp)
			.where(eq(syncOp.id, idOf(op)));
		expect(row).toMatchObject({ municipality: town.municipality, author: volunteer.person });
	});
});

describe('order', () => {
	it('says which numbers never came, until they do or are voided', async () => {
		const ops = await Promise.all([1, 2, 3, 4, 5, 6].map(() => mine.op()));
		expect((await send(volunteer, mine.push([ops[0]!, ops[3]!]))).missing).toEqual([[2, 3]]);
		expect((await send(volunteer, mine.push([ops[5]!]))).missing).toEqual([
			[2, 3],
			[5, 5]
		]);
		expect((await send(volunteer, mine.push([ops[1]!, ops[2]!]))).missing).toEqual([[5, 5]]);
		const gone = await mine.op({ kind: 'void', base: idOf(ops[4]!), payload: { seq: 5 } });
		expect((await send(volunteer, mine.push([gone]))).missing).toEqual([]);
		// Should it come all the same, it is not applied.
		expect(is(await send(volunteer, mine.push([ops[4]!])))).toEqual(['stored superseded']);
		expect(await effects(ops[4]!)).toBe(0);
		const [device] = await db.select().from(syncDevice).where(eq(syncDevice.device, mine.device));
		expect(device).toMatchObject({ upTo: 7, lastSeq: 7, person: volunteer.person });
	});

	it('what needs another op waits for it, through a chain, in any order', async () => {
		const a = await mine.op();
		const b = await mine.op({ deps: [idOf(a)] });
		const c = await mine.op({ deps: [idOf(b), idOf(a)] });
		expect(is(await send(volunteer, mine.push([c])))).toEqual(['stored waiting']);
		expect(is(await send(volunteer, mine.push([b])))).toEqual(['stored waiting']);
		expect(await effects(c)).toBe(0);
		expect(is(await send(volunteer, mine.push([a])))).toEqual(['stored accepted']);
		expect(is(await send(volunteer, mine.push([c, b])))).toEqual(['duplicate accepted', 'duplicate accepted']);
		expect(await Promise.all([a, b, c].map(effects))).toEqual([1, 1, 1]);
		expect(await db.$count(syncWaiting)).toBe(1); // the fault of ours above
	});

	it('two that wait for each other hold up nobody else', async () => {
		const first = await mine.op({ deps: [] });
		const b = await mine.op({ deps: ['018f0000-0000-7000-8000-000000000000'] });
		expect(is(await send(volunteer, mine.push([b, first])))).toEqual(['stored waiting', 'stored accepted']);
	});
});

describe('the store fails', () => {
	it.each(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_BUSY', 'SQLITE_NOMEM', 'SQLITE_CORRUPT'])(
		'%s ends the push: nothing is stored, nobody gets a receipt',
		async (code) => {
			const ops = [await mine.op(), await mine.op(), await mine.op()];
			let calls = 0;
			trouble = () => {
				if (++calls === 2) throw Object.assign(new Error('disk'), { code });
			};
			await expect(send(volunteer, mine.push(ops))).rejects.toMatchObject({ code });
			expect(await db.$count(syncOp, eq(syncOp.device, mine.device))).toBe(0);
			trouble = undefined;
			expect(is(await send(volunteer, mine.push(ops)))).toEqual(Array(3).fill('stored accepted'));
		}
	);

	it('a transaction that ended inside a handler is not believed', async () => {
		const ops = [await mine.op(), await mine.op()];
		trouble = () => {
			connections().writer.exec('ROLLBACK');
		};
		await expect(send(volunteer, mine.push(ops))).rejects.toThrow();
		expect(await db.$count(syncOp, eq(syncOp.device, mine.device))).toBe(0);
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
		const op = await mine.op();
		const [result] = (await send(volunteer, mine.push([op]))).results;
		const { no } = result as { no: number };
		await transaction(async (tx) => void (await tx.delete(syncPayload).where(eq(syncPayload.op, no))));
		expect(is(await send(volunteer, mine.push([op])))).toEqual(['duplicate accepted']);
	});
});

it('writes nothing as NULL, not as a JSON null', async () => {
	await send(volunteer, mine.push([await mine.op()]));
	const row = connections().writer.prepare('SELECT flags, base FROM sync_op ORDER BY no DESC LIMIT 1').get();
	expect(row).toEqual({ flags: null, base: null });
});
