import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { trail } from '#lib/server/db/trail.ts';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { openTown } from '../../../tests/open-town.ts';
import { otherTown, town } from '../../../tests/people.ts';
import { makePlace } from '#lib/watches/places.server.ts';
import { makeShift } from '#lib/watches/shifts.server.ts';
import type { LogPayload } from './log.ts';
import { confirm, correct, enterForOthers, sendBack, store, withdraw } from './logs.server.ts';
import { openLog } from './open.server.ts';
import { logConfirmation, logVersion } from './tables.server.ts';

const today = '2026-11-20';
const now = new Date('2026-11-20T12:00:00+09:00');
const honcho = { association: town.associations.honcho, section: null };
const walk: LogPayload = {
	programme: 'volunteerPatrol',
	jointly: [],
	on: '2026-11-19',
	departedAt: '2026-11-19T19:30:00+09:00',
	finishedAt: '2026-11-19T20:30:00+09:00',
	people: [town.people.volunteer, town.people.tanaka],
	names: ['孫の <b>健</b>'],
	others: { children: 2 },
	method: 'foot',
	metres: 1840,
	metresFrom: 'estimate',
	remarks: '<script>alert(1)</script>',
	handOver: '',
	findings: [],
	typed: true
};

const people = openTown(today, ['volunteer', 'leader', 'midoriLeader', 'safety', 'guidance'] as const);

/** A log of 本町北町会 that arrived from the volunteer's phone. */
const arrived = (payload: LogPayload = walk, id = newId()) =>
	transaction((tx) =>
		store(tx, people.volunteer, { id, body: honcho, payload, forOthers: false, clockDoubt: false, at: now })
	);
/** A watch that 緑町 made for tomorrow. */
async function midoriWatch(): Promise<string> {
	const association = town.associations.midori;
	const post = { association, kind: 'post' as const, name: '公園前', meetingSpot: '', line: '35.70, 139.50' };
	const when = { onDay: '2026-11-21', from: '07:30', to: '08:30' };
	return transaction(async (tx) => {
		const place = await makePlace(tx, people.midoriLeader, post, now);
		return makeShift(
			tx,
			people.midoriLeader,
			{ programme: 'schoolWatch', place, ...when, capacity: 2, minimum: 1, note: '' },
			now
		);
	});
}
const stateOf = async (id: string) => (await openLog(db, people.safety, id)).state;
const confirmations = (id: string) => db.select().from(logConfirmation).where(eq(logConfirmation.log, id));
const code = (code: string) => expect.objectContaining({ code });

describe('a log arrives', () => {
	it('once, however often it is sent', async () => {
		const id = newId();
		await arrived(walk, id);
		await arrived(walk, id);
		const versions = await db.select().from(logVersion).where(eq(logVersion.log, id));
		expect(versions).toHaveLength(1);
		expect(versions[0]).toMatchObject({ headcount: 5, metres: 1840, fiscalYear: 2026, onDay: '2026-11-19' });
		expect(await stateOf(id)).toBe('waiting');
	});

	it('its fiscal year is that of the day it set out in Japan', async () => {
		const late = {
			...walk,
			on: '2026-03-31',
			departedAt: '2026-03-31T23:59:00+09:00',
			finishedAt: '2026-04-01T00:40:00+09:00'
		};
		const id = await arrived(late);
		const [version] = await db.select().from(logVersion).where(eq(logVersion.log, id));
		expect(version).toMatchObject({ fiscalYear: 2025, onDay: '2026-03-31' });
	});

	it('takes the watch of a body that walked, and of no other', async () => {
		const theirs = await midoriWatch();
		await expect(arrived({ ...walk, shift: theirs })).rejects.toEqual(code('error_patrols_unknown'));
		await arrived({ ...walk, shift: theirs, jointly: [town.associations.midori] });
	});

	it.each([
		['a day that is not the day of its departure', { on: '2026-11-20' }, 'error_patrols_day'],
		['somebody of no roster of the bodies', { people: [town.people.hayashi] }, 'error_patrols_participants'],
		['somebody nobody knows', { people: ['019aa000-0000-7000-8000-00000000dead'] }, 'error_patrols_participants'],
		['somebody of another town', { people: [otherTown.leader] }, 'error_patrols_participants'],
		['a body nobody knows', { jointly: ['019aa000-0000-7000-8000-00000000dead'] }, 'error_patrols_unknown'],
		['a body of another town', { jointly: [otherTown.association] }, 'error_patrols_unknown'],
		['a car nobody knows', { car: car('019aa000-0000-7000-8000-00000000dead') }, 'error_patrols_unknown']
	])('asks for a fix when it names %s', async (_, wrong, expected) => {
		await expect(arrived({ ...walk, ...wrong } as LogPayload)).rejects.toThrow(code(expected));
	});

	it('the city’s own log may name anybody of the town, and nobody of another', async () => {
		const body = { association: null, section: town.sections.safety };
		const by = (walkers: string[]) =>
			transaction((tx) =>
				store(tx, people.safety, {
					id: newId(),
					body,
					payload: { ...walk, programme: 'cityCar', people: walkers },
					forOthers: false,
					clockDoubt: false,
					at: now
				})
			);
		await by([town.people.hayashi]);
		await expect(by([otherTown.leader])).rejects.toThrow(code('error_patrols_participants'));
	});

	it('a joint patrol may name people of every body that walked', async () => {
		const id = await arrived({
			...walk,
			programme: 'joint',
			jointly: [town.associations.midori],
			people: [town.people.volunteer, town.people.hayashi]
		});
		expect((await openLog(db, people.midoriLeader, id)).bodies.toSorted()).toEqual(
			[town.associations.honcho, town.associations.midori].toSorted()
		);
	});
});

function car(vehicle: string) {
	return { vehicle, blueLight: true, announced: true, cardHolder: true };
}

describe('who may', () => {
	it.each([
		['the leader of the body', () => people.leader, true],
		['the safety clerk', () => people.safety, true],
		['a volunteer of the body', () => people.volunteer, 'Forbidden'],
		['the leader of another body', () => people.midoriLeader, 'NotFound'],
		['the guidance clerk', () => people.guidance, 'NotFound'],
		['the leader of another town', () => people.stranger, 'NotFound']
	])('confirm: %s', async (_, who, expected) => {
		const id = await arrived();
		const pressed = transaction((tx) => confirm(tx, who(), id, 1, now));
		if (expected === true) expect(await pressed).toBe(true);
		else await expect(pressed).rejects.toThrow(expect.objectContaining({ name: expected }));
		expect(await confirmations(id)).toHaveLength(expected === true ? 1 : 0);
	});

	it('enter for others only for the own body', async () => {
		const foreign = transaction((tx) => enterForOthers(tx, people.midoriLeader, honcho, walk, now));
		await expect(foreign).rejects.toThrow(expect.objectContaining({ name: 'NotFound' }));
		const id = await transaction((tx) => enterForOthers(tx, people.leader, honcho, walk, now));
		expect(await stateOf(id)).toBe('waiting');
	});
});

describe('confirming', () => {
	it('two at once leave one row and one line in the trail', async () => {
		const id = await arrived();
		const pressed = await Promise.all(
			[people.leader, people.safety, people.leader, people.safety].map((who) =>
				transaction((tx) => confirm(tx, who, id, 1, now))
			)
		);
		expect(pressed.filter(Boolean)).toHaveLength(1);
		expect(await confirmations(id)).toHaveLength(1);
		const lines = await db.select().from(trail).where(eq(trail.thing, id));
		expect(lines.filter((line) => line.deed === 'patrol.confirm')).toHaveLength(1);
	});

	it('is of the version that was looked at', async () => {
		const id = await arrived();
		await transaction((tx) => correct(tx, people.volunteer, id, { seen: 1, reason: null, payload: walk }, now));
		await expect(transaction((tx) => confirm(tx, people.leader, id, 1, now))).rejects.toThrow(
			code('error_patrols_changed')
		);
		expect(await transaction((tx) => confirm(tx, people.leader, id, 2, now))).toBe(true);
	});

	it('the database itself refuses an older version', async () => {
		const id = await arrived();
		await transaction((tx) => correct(tx, people.volunteer, id, { seen: 1, reason: null, payload: walk }, now));
		const insert = connections().writer.prepare(
			'insert into log_confirmation (version, municipality, log, "by", at) values (?, ?, ?, ?, 1)'
		);
		expect(() => insert.run(id, town.municipality, id, people.leader.person)).toThrow('only the latest version');
		expect(() => connections().writer.exec(`update log_version set metres = 1 where log = '${id}'`)).toThrow('guard');
		expect(() => connections().writer.exec(`delete from log_version where log = '${id}'`)).toThrow('guard');
	});
});

describe('sending back and correcting', () => {
	it('a sent back log waits again with its corrected version', async () => {
		const id = await arrived();
		await transaction((tx) => sendBack(tx, people.leader, id, 1, '距離を確かめてください', now));
		expect(await stateOf(id)).toBe('sentBack');
		const payload = { ...walk, metres: 2000 };
		await transaction((tx) => correct(tx, people.volunteer, id, { seen: 1, reason: null, payload }, now));
		expect(await stateOf(id)).toBe('waiting');
	});

	it('two corrections of the same version: one goes through, no version is lost', async () => {
		const id = await arrived();
		const correction = { seen: 1, reason: '時刻', payload: walk };
		const done = await Promise.allSettled(
			[people.volunteer, people.leader].map((who) => transaction((tx) => correct(tx, who, id, correction, now)))
		);
		expect(done.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(await db.select().from(logVersion).where(eq(logVersion.log, id))).toHaveLength(2);
	});

	it('after confirmation: with a reason only; the author makes it wait again, the leader does not', async () => {
		const id = await arrived();
		await transaction((tx) => confirm(tx, people.leader, id, 1, now));
		const without = { seen: 1, reason: null, payload: walk };
		await expect(transaction((tx) => correct(tx, people.volunteer, id, without, now))).rejects.toThrow(
			code('error_reason')
		);
		await transaction((tx) => correct(tx, people.leader, id, { ...without, reason: '距離の訂正' }, now));
		expect(await stateOf(id)).toBe('confirmed');
		await transaction((tx) => correct(tx, people.volunteer, id, { seen: 2, reason: '人数の訂正', payload: walk }, now));
		expect(await stateOf(id)).toBe('waiting');
	});
});

describe('withdrawing', () => {
	it('the author until it is confirmed, the leader always, and then nothing more', async () => {
		const own = await arrived();
		await transaction((tx) => withdraw(tx, people.volunteer, own, '二重に送りました', now));
		expect(await stateOf(own)).toBe('withdrawn');
		const counted = await arrived();
		await transaction((tx) => confirm(tx, people.leader, counted, 1, now));
		await expect(transaction((tx) => withdraw(tx, people.volunteer, counted, 'やめた', now))).rejects.toThrow(
			code('error_patrols_confirmed')
		);
		await transaction((tx) => withdraw(tx, people.leader, counted, '実施していない', now));
		await expect(transaction((tx) => confirm(tx, people.leader, counted, 1, now))).rejects.toThrow(
			code('error_patrols_state')
		);
	});
});
