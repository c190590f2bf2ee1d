/** What holds across a wrong clock, a deleted record, another way of arriving, a stopped phone, a store that was emptied. */
import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registerPatrols } from '#lib/patrols/receive.server.ts';
import { log, logVersion } from '#lib/patrols/tables.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { makePlace } from '#lib/watches/places.server.ts';
import { registerWatches } from '#lib/watches/receive.server.ts';
import { makeShift } from '#lib/watches/shifts.server.ts';
import { join } from '#lib/watches/signUps.server.ts';
import { notice, signUp } from '#lib/watches/tables.server.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, seedPeople, town } from '../../../tests/people.ts';
import { moment, phone, type Phone } from '../../../tests/phone.ts';
import { answerSchema, thaw, uuid, type Answer, type Op, type Push } from './protocol.ts';
import { receive } from './receive.server.ts';
import { syncLoss, syncPlace, syncStop } from './tables.server.ts';

const today = '2025-11-27';
const honcho = { type: 'association', id: town.associations.honcho } as const;
let volunteer: Actor, leader: Actor;
let mine: Phone;
let post: string;
let close: () => void;

beforeAll(async () => {
	({ close } = freshDatabase());
	registerPatrols();
	registerWatches();
	await transaction((tx) => seedPeople(tx, today));
	volunteer = await actorFor(db, 'volunteer', today);
	leader = await actorFor(db, 'leader', today);
	post = await transaction((tx) =>
		makePlace(
			tx,
			leader,
			{ association: honcho.id, kind: 'post', name: '交差点', meetingSpot: '', line: '35.7, 139.5' },
			moment
		)
	);
});
afterAll(() => close());
beforeEach(() => {
	mine = phone(volunteer.person, honcho);
});

async function send(push: Push, session?: string, actor = volunteer): Promise<Answer> {
	const answer = await receive(actor, push, moment, (code) => code, session);
	if (typeof answer === 'string') throw new Error(answer);
	return answerSchema.parse(answer);
}
const idOf = (op: Op) => thaw(op.bytes)!.id;
const is = (answer: Answer) => answer.results.map((one) => ('outcome' in one ? `${one.s} ${one.outcome.is}` : one.s));
const hours = (n: number) => n * 3_600_000;
const at = (ms: number) => new Date(moment.getTime() + ms).toISOString();

const walked = (over: object = {}) => ({
	programme: 'volunteerPatrol',
	jointly: [],
	on: '2025-11-27',
	departedAt: at(-hours(1)),
	finishedAt: at(0),
	people: [volunteer.person],
	others: {},
	method: 'foot',
	remarks: '',
	handOver: '',
	findings: [],
	typed: false,
	...over
});
const submit = (over: object = {}, more: object = {}) =>
	mine.op({ kind: 'patrol.submit', payload: walked(over), ...more });
const versionOf = async (op: Op) =>
	(
		await db
			.select()
			.from(logVersion)
			.where(eq(logVersion.id, idOf(op)))
	)[0];

describe('a clock that was wrong', () => {
	/** The phone lives seven hours early, and says so in op and envelope alike. */
	const early = (over: object) =>
		submit({ departedAt: at(-hours(8)), finishedAt: at(-hours(7)), ...over }, { at: at(-hours(7)) });

	it('shifts what the phone measured, moves the day with it, and asks the leader to look', async () => {
		const op = await early({ on: '2025-11-26' });
		await send(mine.push([op], { sentAt: at(-hours(7)) }));
		expect(await versionOf(op)).toMatchObject({
			departedAt: new Date(at(-hours(1))),
			finishedAt: moment,
			onDay: '2025-11-27',
			clockDoubt: true
		});
	});

	it('never moves what a person typed', async () => {
		const op = await early({ typed: true });
		await send(mine.push([op], { sentAt: at(-hours(7)) }));
		expect(await versionOf(op)).toMatchObject({ departedAt: new Date(at(-hours(8))), clockDoubt: false });
	});

	it('keeps the doubt with the correction made on the same phone', async () => {
		const op = await early({});
		await send(mine.push([op], { sentAt: at(-hours(7)) }));
		const amend = await mine.op({ kind: 'patrol.amend', base: idOf(op), payload: walked({ remarks: 'x' }) });
		expect(is(await send(mine.push([amend])))).toEqual(['stored accepted']);
		expect(await versionOf(amend)).toMatchObject({ remarks: 'x', clockDoubt: true });
	});
});

describe('deleted on the phone', () => {
	const erase = (base: Op) => mine.op({ kind: 'void', base: idOf(base), payload: { seq: base.seq } });

	it('after it arrived: it is taken back', async () => {
		const op = await submit();
		await send(mine.push([op]));
		expect(is(await send(mine.push([await erase(op)])))).toEqual(['stored accepted']);
		expect(await db.$count(log, eq(log.id, idOf(op)))).toBe(1);
		const row = connections().writer.prepare('SELECT count(*) FROM log_withdrawal WHERE log = ?').pluck();
		expect(row.get(idOf(op))).toBe(1);
	});

	it('while it waits at the server for another: it is never applied', async () => {
		const first = await submit();
		const op = await submit({}, { deps: [idOf(first)] });
		expect(is(await send(mine.push([op])))).toEqual(['stored waiting']);
		expect(is(await send(mine.push([await erase(op)])))).toEqual(['stored accepted']);
		expect(is(await send(mine.push([first])))).toEqual(['stored accepted']);
		expect(is(await send(mine.push([op])))).toEqual(['duplicate superseded']);
		expect(await versionOf(op)).toBeUndefined();
	});

	it('a place that was taken is given back', async () => {
		const shift = await watch();
		const op = await mine.op({ kind: 'shift.join', payload: { shift } });
		await send(mine.push([op]));
		expect(await seated(shift)).toEqual([volunteer.person]);
		expect(is(await send(mine.push([await erase(op)])))).toEqual(['stored accepted']);
		expect(await seated(shift)).toEqual([]);
	});
});

describe('came by another way', () => {
	it('an op that stands elsewhere in the order leaves no gap here', async () => {
		const op = await submit();
		await send({ ...mine.push([op]), epoch: uuid(0), ops: [{ ...op, epoch: uuid(0), seq: 1 }] });
		const later = await submit();
		const both = await send(mine.push([op, later]));
		expect(is(both)).toEqual(['duplicate accepted', 'stored accepted']);
		expect(both.missing).toEqual([]);
	});

	it('what stands in quarantine is not asked for again', async () => {
		const op = await submit();
		const other = await submit({ remarks: 'anders' }, { id: idOf(op) });
		const answer = await send(mine.push([op, other, await submit()]));
		expect(is(answer)).toEqual(['stored accepted', 'conflict', 'stored accepted']);
		expect(answer.missing).toEqual([]);
	});

	it('nobody fills the gaps of another person’s phone', async () => {
		await send(mine.push([await submit()]));
		const thief = phone(leader.person, honcho);
		const ops = [await thief.op({}, { device: mine.device, epoch: mine.epoch, seq: 2 })];
		expect(is(await send(thief.push(ops), undefined, leader))).toEqual(['conflict']);
		expect(await db.$count(syncPlace, eq(syncPlace.device, mine.device))).toBe(0);
	});
});

async function watch(capacity = 1): Promise<string> {
	const facts = { place: post, programme: 'schoolWatch', onDay: '2025-12-01', minimum: 1, note: '', capacity } as const;
	return transaction((tx) => makeShift(tx, leader, { ...facts, from: '07:30', to: '08:30' }, moment));
}
const seated = async (shift: string) =>
	(
		await db
			.select()
			.from(signUp)
			.where(and(eq(signUp.shift, shift), isNull(signUp.endedAt)))
	).map((one) => one.person);

describe('after a restore', () => {
	let era = Math.floor(moment.getTime() / 1000) - 3600;
	/** The era a restore would set: by the clock. */
	const restored = () => connections().writer.prepare('UPDATE sync_server SET era = ?').run(++era);

	/** A place that was promised, then forgotten with the restore. */
	async function forgotten() {
		const shift = await watch();
		const op = await mine.op({ kind: 'shift.join', payload: { shift } });
		const [result] = (await send(mine.push([op]))).results;
		const { no, sig } = result as { no: number; sig?: string };
		const { writer } = connections();
		writer.exec(
			'PRAGMA foreign_keys = OFF; DROP TRIGGER IF EXISTS sign_up_stays; DROP TRIGGER IF EXISTS sync_op_no_delete'
		);
		writer.prepare('DELETE FROM sign_up WHERE id = ?').run(idOf(op));
		writer.prepare('DELETE FROM sync_op WHERE id = ?').run(idOf(op));
		writer.exec('PRAGMA foreign_keys = ON');
		const old = writer.prepare('SELECT era FROM sync_server').pluck().get() as number;
		restored();
		return { shift, op, receipt: { era: old, no, sig: sig! } };
	}
	it('a promise under our own signature beats a place given since, and its person is told', async () => {
		const { shift, op, receipt } = await forgotten();
		await transaction((tx) => join(tx, leader, shift, moment));
		expect(is(await send(mine.push([{ ...op, receipt }])))).toEqual(['stored accepted']);
		expect(await seated(shift)).toEqual([volunteer.person]);
		const told = await db.select().from(notice).where(eq(notice.shift, shift));
		expect(told).toMatchObject([{ kind: 'displaced', person: leader.person }]);
	});

	it('it does not beat one given before', async () => {
		const { shift, op, receipt } = await forgotten();
		await transaction((tx) => join(tx, leader, shift, new Date(era * 1000 - 1000)));
		expect(is(await send(mine.push([{ ...op, receipt }])))).toEqual(['stored needsFix']);
		expect(await seated(shift)).toEqual([leader.person]);
	});

	it('a forged, a bent and a receipt of this era beat nobody', async () => {
		for (const bend of [
			(r: { era: number; no: number; sig: string }) => ({
				...r,
				sig: r.sig.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))
			}),
			(r: { era: number; no: number; sig: string }) => ({ ...r, no: r.no + 1 }),
			(r: { era: number; no: number; sig: string }) => ({ ...r, era })
		]) {
			const { shift, op, receipt } = await forgotten();
			await transaction((tx) => join(tx, leader, shift, moment));
			expect(is(await send(mine.push([{ ...op, receipt: bend(receipt) }])))).toEqual(['stored needsFix']);
			expect(await seated(shift)).toEqual([leader.person]);
		}
	});

	it('what was refused is signed by nobody', async () => {
		const shift = await watch();
		await transaction((tx) => join(tx, leader, shift, moment));
		const op = await mine.op({ kind: 'shift.join', payload: { shift } });
		const [result] = (await send(mine.push([op]))).results;
		expect(result).toMatchObject({ s: 'stored', outcome: { is: 'needsFix' } });
		expect(result).not.toHaveProperty('sig');
	});
});

it('a stopped phone is refused with everything it has, and let in again', async () => {
	const op = await submit();
	const { municipality, person } = volunteer;
	const stop = { device: mine.device, municipality, person, by: leader.person, at: moment };
	await transaction(async (tx) => void (await tx.insert(syncStop).values(stop)));
	expect(await receive(volunteer, mine.push([op]), moment, String)).toBe('revoked');
	await transaction(async (tx) => void (await tx.delete(syncStop)));
	expect(is(await send(mine.push([op])))).toEqual(['stored accepted']);
});

describe('a store that was emptied', () => {
	const losses = (device: string) => db.select().from(syncLoss).where(eq(syncLoss.device, device));
	/** Five were made, two arrived, one of them the last. */
	async function half(session?: string) {
		const ops = await Promise.all([1, 2, 3, 4, 5].map(() => submit()));
		await send(mine.push([ops[0]!, ops[4]!]), session);
	}

	it('the same device with a new epoch: at least what it had told', async () => {
		await half();
		const anew = phone(volunteer.person, honcho);
		const op = await anew.op({}, { device: mine.device });
		await send({ ...anew.push([op]), device: mine.device });
		expect(await losses(mine.device)).toMatchObject([
			{ epoch: mine.epoch, count: 3, person: volunteer.person, by: null, knownAt: moment }
		]);
	});

	it('another store by the same sign-in, once; another sign-in of the same person says nothing', async () => {
		await half('one');
		const elsewhere = phone(volunteer.person, honcho);
		await send(elsewhere.push([await elsewhere.op()]), 'two');
		expect(await losses(mine.device)).toEqual([]);
		const anew = phone(volunteer.person, honcho);
		await send(anew.push([await anew.op()]), 'one');
		await send(anew.push([await anew.op()]), 'one');
		expect(await losses(mine.device)).toHaveLength(1);
	});

	it('nothing had been waiting: nothing is declared', async () => {
		await send(mine.push([await submit()]), 'three');
		const anew = phone(volunteer.person, honcho);
		await send(anew.push([await anew.op()]), 'three');
		expect(await losses(mine.device)).toEqual([]);
	});
});
