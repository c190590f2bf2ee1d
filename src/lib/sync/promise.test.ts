/** What holds across a wrong clock, a deleted record, another way of arriving, a stopped phone, a store that was emptied. */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerPatrols } from '#lib/patrols/receive.server.ts';
import { log, logVersion } from '#lib/patrols/tables.server.ts';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { moment, phone } from '../../../tests/phone.ts';
import { honcho, idOf, is, my, openReceiver, send } from '../../../tests/receiver.ts';
import { uuid, type Op } from './protocol.ts';
import { receive } from './receive.server.ts';
import { syncLoss, syncPlace, syncStop } from './tables.server.ts';

const people = openReceiver();

beforeAll(() => {
	registerPatrols();
});
const hours = (n: number) => n * 3_600_000;
const at = (ms: number) => new Date(moment.getTime() + ms).toISOString();

const walked = (over: object = {}) => ({
	programme: 'volunteerPatrol',
	jointly: [],
	on: '2025-11-27',
	departedAt: at(-hours(1)),
	finishedAt: at(0),
	people: [people.volunteer.person],
	others: {},
	method: 'foot',
	remarks: '',
	handOver: '',
	findings: [],
	typed: false,
	...over
});
const submit = (over: object = {}, more: object = {}) =>
	my.phone.op({ kind: 'patrol.submit', payload: walked(over), ...more });
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
		await send(people.volunteer, my.phone.push([op], { sentAt: at(-hours(7)) }));
		expect(await versionOf(op)).toMatchObject({
			departedAt: new Date(at(-hours(1))),
			finishedAt: moment,
			onDay: '2025-11-27',
			clockDoubt: true
		});
	});

	it('never moves what a person typed', async () => {
		const op = await early({ typed: true });
		await send(people.volunteer, my.phone.push([op], { sentAt: at(-hours(7)) }));
		expect(await versionOf(op)).toMatchObject({ departedAt: new Date(at(-hours(8))), clockDoubt: false });
	});

	it('keeps the doubt with the correction made on the same phone', async () => {
		const op = await early({});
		await send(people.volunteer, my.phone.push([op], { sentAt: at(-hours(7)) }));
		const amend = await my.phone.op({ kind: 'patrol.amend', base: idOf(op), payload: walked({ remarks: 'x' }) });
		expect(is(await send(people.volunteer, my.phone.push([amend])))).toEqual(['stored accepted']);
		expect(await versionOf(amend)).toMatchObject({ remarks: 'x', clockDoubt: true });
	});
});

describe('deleted on the phone', () => {
	const erase = (base: Op) => my.phone.op({ kind: 'void', base: idOf(base), payload: { seq: base.seq } });

	it('after it arrived: it is taken back', async () => {
		const op = await submit();
		await send(people.volunteer, my.phone.push([op]));
		expect(is(await send(people.volunteer, my.phone.push([await erase(op)])))).toEqual(['stored accepted']);
		expect(await db.$count(log, eq(log.id, idOf(op)))).toBe(1);
		const row = connections().writer.prepare('SELECT count(*) FROM log_withdrawal WHERE log = ?').pluck();
		expect(row.get(idOf(op))).toBe(1);
	});

	it('while it waits at the server for another: it is never applied', async () => {
		const first = await submit();
		const op = await submit({}, { deps: [idOf(first)] });
		expect(is(await send(people.volunteer, my.phone.push([op])))).toEqual(['stored waiting']);
		expect(is(await send(people.volunteer, my.phone.push([await erase(op)])))).toEqual(['stored accepted']);
		expect(is(await send(people.volunteer, my.phone.push([first])))).toEqual(['stored accepted']);
		expect(is(await send(people.volunteer, my.phone.push([op])))).toEqual(['duplicate superseded']);
		expect(await versionOf(op)).toBeUndefined();
	});
});

describe('came by another way', () => {
	it('an op that stands elsewhere in the order leaves no gap here', async () => {
		const op = await submit();
		await send(people.volunteer, { ...my.phone.push([op]), epoch: uuid(0), ops: [{ ...op, epoch: uuid(0), seq: 1 }] });
		const later = await submit();
		const both = await send(people.volunteer, my.phone.push([op, later]));
		expect(is(both)).toEqual(['duplicate accepted', 'stored accepted']);
		expect(both.missing).toEqual([]);
	});

	it('what stands in quarantine is not asked for again', async () => {
		const op = await submit();
		const other = await submit({ remarks: 'anders' }, { id: idOf(op) });
		const answer = await send(people.volunteer, my.phone.push([op, other, await submit()]));
		expect(is(answer)).toEqual(['stored accepted', 'conflict', 'stored accepted']);
		expect(answer.missing).toEqual([]);
	});

	it('nobody fills the gaps of another person’s phone', async () => {
		await send(people.volunteer, my.phone.push([await submit()]));
		const thief = phone(people.leader.person, honcho);
		const ops = [await thief.op({}, { device: my.phone.device, epoch: my.phone.epoch, seq: 2 })];
		expect(is(await send(people.leader, thief.push(ops)))).toEqual(['conflict']);
		expect(await db.$count(syncPlace, eq(syncPlace.device, my.phone.device))).toBe(0);
	});
});

it('a stopped phone is refused with everything it has, and let in again', async () => {
	const op = await submit();
	const { municipality, person } = people.volunteer;
	const stop = { device: my.phone.device, municipality, person, by: people.leader.person, at: moment };
	await transaction(async (tx) => void (await tx.insert(syncStop).values(stop)));
	expect(await receive(people.volunteer, my.phone.push([op]), moment, String)).toBe('revoked');
	await transaction(async (tx) => void (await tx.delete(syncStop)));
	expect(is(await send(people.volunteer, my.phone.push([op])))).toEqual(['stored accepted']);
});

describe('a store that was emptied', () => {
	const losses = (device: string) => db.select().from(syncLoss).where(eq(syncLoss.device, device));
	/** Five were made, two arrived, one of them the last. */
	async function half(session?: string) {
		const ops = await Promise.all([1, 2, 3, 4, 5].map(() => submit()));
		await send(people.volunteer, my.phone.push([ops[0]!, ops[4]!]), moment, session);
	}

	it('the same device with a new epoch: at least what it had told', async () => {
		await half();
		const anew = phone(people.volunteer.person, honcho);
		const op = await anew.op({}, { device: my.phone.device });
		await send(people.volunteer, { ...anew.push([op]), device: my.phone.device });
		expect(await losses(my.phone.device)).toMatchObject([
			{ epoch: my.phone.epoch, count: 3, person: people.volunteer.person, by: null, knownAt: moment }
		]);
	});

	it('another store by the same sign-in, once; another sign-in of the same person says nothing', async () => {
		await half('one');
		const elsewhere = phone(people.volunteer.person, honcho);
		await send(people.volunteer, elsewhere.push([await elsewhere.op()]), moment, 'two');
		expect(await losses(my.phone.device)).toEqual([]);
		const anew = phone(people.volunteer.person, honcho);
		await send(people.volunteer, anew.push([await anew.op()]), moment, 'one');
		await send(people.volunteer, anew.push([await anew.op()]), moment, 'one');
		expect(await losses(my.phone.device)).toHaveLength(1);
	});

	it('nothing had been waiting: nothing is declared', async () => {
		await send(people.volunteer, my.phone.push([await submit()]), moment, 'three');
		const anew = phone(people.volunteer.person, honcho);
		await send(people.volunteer, anew.push([await anew.op()]), moment, 'three');
		expect(await losses(my.phone.device)).toEqual([]);
	});
});
