import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { openTown } from '../../../tests/open-town.ts';
import { actorFor, town } from '../../../tests/people.ts';
import { attend } from './attendances.server.ts';
import { noticesOf, readNotices, unreadNotices } from './notices.server.ts';
import { makePlace } from './places.server.ts';
import { agendaOf, monthOfBody, nextShift, seatsOf, shiftPage } from './reads.server.ts';
import { cancelShift, makeShift } from './shifts.server.ts';
import { enterFor, join, leave, sendStandIn, takeOff } from './signUps.server.ts';
import { packOf } from './pack.server.ts';
import { shift, signUp } from './tables.server.ts';

const today = '2026-11-20';
const now = new Date('2026-11-20T03:00:00Z');
const who = openTown(today, ['volunteer', 'leader', 'midoriLeader', 'safety', 'school'] as const);
let post: string;

const oneOff = (change: Partial<Parameters<typeof makeShift>[2]> = {}) =>
	transaction((tx) =>
		makeShift(
			tx,
			who.leader,
			{
				place: post,
				programme: 'schoolWatch',
				onDay: '2026-11-27',
				from: '07:30',
				to: '08:30',
				capacity: 2,
				minimum: 2,
				note: '',
				...change
			},
			now
		)
	);
const broken = (code: string) => expect.objectContaining({ name: 'RuleBroken', code });
const missing = expect.objectContaining({ name: 'NotFound' });
const names = async (id: string) => (await seatsOf(db, id)).map((one) => one.name);

beforeAll(async () => {
	post = await transaction((tx) =>
		makePlace(
			tx,
			who.leader,
			{
				association: town.associations.honcho,
				kind: 'post',
				name: '本町交差点<script>',
				meetingSpot: '𠮷田さん宅前',
				line: '35.7037, 139.5037'
			},
			now
		)
	);
});

test('出ます takes the lowest seat, twice is once, and a full watch says so', async () => {
	const id = await oneOff();
	const mine = await transaction((tx) => join(tx, who.volunteer, id, now));
	expect(await transaction((tx) => join(tx, who.volunteer, id, now))).toBe(mine);
	await transaction((tx) => join(tx, who.leader, id, now));
	await expect(transaction((tx) => enterFor(tx, who.leader, id, town.people.tanaka, now))).rejects.toEqual(
		broken('error_watches_full')
	);
	expect((await seatsOf(db, id)).map((one) => [one.seat, one.name])).toEqual([
		[1, '髙橋 和子'],
		[2, '山﨑 正一']
	]);
	const line = (await monthOfBody(db, who.volunteer, town.associations.honcho, '2026-11', now)).find(
		(one) => one.id === id
	);
	expect(line).toMatchObject({ joined: 2, status: 'settled', mine: true });
});

test('fifty press at once for three seats: three have one, nobody has two', async () => {
	const id = await oneOff({ capacity: 3 });
	const people = Object.values(town.people).slice(0, 50);
	const actors = people.map((person) => ({
		...who.volunteer,
		person,
		grants: [{ role: 'volunteer' as const, association: town.associations.honcho }]
	}));
	const results = await Promise.allSettled(actors.map((one) => transaction((tx) => join(tx, one, id, now))));
	expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(3);
	for (const one of results) if (one.status === 'rejected') expect(one.reason).toEqual(broken('error_watches_full'));
	expect((await seatsOf(db, id)).map((one) => one.seat)).toEqual([1, 2, 3]);
});

test('the database itself refuses a seat beyond the capacity, a double, a cancelled and a past watch', async () => {
	const id = await oneOff();
	const row = { municipality: town.municipality, shift: id, kind: 'own' as const, by: who.leader.person, at: now };
	const put = (person: string, seat: number, at = now) =>
		transaction((tx) =>
			tx
				.insert(signUp)
				.values({ ...row, id: newId(), person, seat, at })
				.then(() => undefined)
		);
	await put(who.volunteer.person, 1);
	await expect(put(who.leader.person, 1)).rejects.toThrow(/UNIQUE/);
	await expect(put(who.volunteer.person, 2)).rejects.toThrow(/UNIQUE/);
	await expect(put(who.leader.person, 3)).rejects.toThrow(/no such seat/);
	await expect(put(who.leader.person, 0)).rejects.toThrow(/no such seat/);
	await expect(put(who.leader.person, 2, new Date('2026-11-27T00:00:00Z'))).rejects.toThrow(/over/);
	const { writer } = connections();
	expect(() => writer.prepare(`update shift set "from" = '09:00' where id = ?`).run(id)).toThrow(/somebody joined/);
	expect(() => writer.prepare('update shift set capacity = 0 where id = ?').run(id)).toThrow(/vanish/);
	expect(() => writer.prepare('delete from shift where id = ?').run(id)).toThrow(/FOREIGN KEY/);
	expect(() => writer.prepare('delete from sign_up where shift = ?').run(id)).toThrow(/kept/);
	await transaction((tx) => cancelShift(tx, who.leader, id, { reason: 'storm', words: '' }, now));
	await expect(put(who.leader.person, 2)).rejects.toThrow(/cancelled/);
});

test('行けなくなりました frees the seat and asks the leader and the others for help; coming back takes the question back', async () => {
	const id = await oneOff({ onDay: '2026-12-01' });
	await transaction((tx) => join(tx, who.volunteer, id, now));
	const before = await unreadNotices(db, who.leader);
	await transaction((tx) => leave(tx, who.volunteer, id, now));
	expect(await names(id)).toEqual([]);
	expect(await unreadNotices(db, who.leader)).toBe(before + 1);
	const tanaka = await actorFor(db, 'tanaka', today);
	expect((await noticesOf(db, tanaka, now))[0]).toMatchObject({ kind: 'helpWanted', about: '髙橋 和子' });
	await expect(transaction((tx) => leave(tx, who.volunteer, id, now))).rejects.toEqual(
		broken('error_watches_not_joined')
	);
	await transaction((tx) => join(tx, who.volunteer, id, now));
	expect(await unreadNotices(db, who.leader)).toBe(before);
	expect(await names(id)).toEqual(['髙橋 和子']);
	await transaction((tx) => leave(tx, who.volunteer, id, now, 'undo'));
	expect(await unreadNotices(db, who.leader)).toBe(before);
});

test('代理: the seat passes on in one step, even on a full watch', async () => {
	const id = await oneOff({ onDay: '2026-12-02', capacity: 1, minimum: 1 });
	await transaction((tx) => join(tx, who.volunteer, id, now));
	await expect(transaction((tx) => sendStandIn(tx, who.volunteer, id, town.people.hayashi, now))).rejects.toEqual(
		broken('error_watches_not_member')
	);
	expect(await names(id)).toEqual(['髙橋 和子']);
	await transaction((tx) => sendStandIn(tx, who.volunteer, id, town.people.yoshida, now));
	expect(await seatsOf(db, id)).toMatchObject([{ name: '𠮷田 千代', kind: 'standIn', byOther: 1 }]);
	const yoshida = await actorFor(db, 'yoshida', today);
	expect((await noticesOf(db, yoshida, now))[0]).toMatchObject({ kind: 'signedUp' });
	expect(await nextShift(db, yoshida, now)).toMatchObject({ id, mine: true });
});

test('中止 is told to those who joined, is final, and nobody is absent from it', async () => {
	const later = new Date(now.getTime() + 60_000);
	const id = await oneOff({ onDay: '2026-12-03' });
	await transaction((tx) => enterFor(tx, who.leader, id, who.volunteer.person, now));
	await transaction((tx) => cancelShift(tx, who.leader, id, { reason: 'heat', words: '警戒アラート' }, later));
	const told = await noticesOf(db, who.volunteer, now);
	expect(told[0]).toMatchObject({ kind: 'cancelled', cancelling: { reason: 'heat', words: '警戒アラート' } });
	expect(told[1]).toMatchObject({ kind: 'signedUp' });
	await transaction((tx) => readNotices(tx, who.leader, [told[0]!.id], now));
	const mine = (await noticesOf(db, who.volunteer, now))[0]!;
	expect(mine.readAt).toBeNull();
	await expect(
		transaction((tx) => cancelShift(tx, who.leader, id, { reason: 'storm', words: '' }, now))
	).rejects.toEqual(broken('error_watches_cancelled'));
	await expect(transaction((tx) => join(tx, who.leader, id, now))).rejects.toEqual(broken('error_watches_cancelled'));
	const after = new Date('2026-12-03T00:00:00Z');
	const [seat] = await seatsOf(db, id);
	await expect(transaction((tx) => attend(tx, who.leader, id, { [seat!.id]: 'missed' }, after))).rejects.toEqual(
		broken('error_watches_cancelled')
	);
	expect((await shiftPage(db, who.leader, id, after)).line.status).toBe('cancelled');
	expect((await packOf(db, who.volunteer, now)).shifts.map((one) => one.id)).not.toContain(id);
});

test('attendance: from the start on, corrected by a later tick, for seats of this watch only', async () => {
	const id = await oneOff({ onDay: '2026-12-04' });
	await transaction((tx) => join(tx, who.volunteer, id, now));
	const [seat] = await seatsOf(db, id);
	await expect(transaction((tx) => attend(tx, who.leader, id, { [seat!.id]: 'present' }, now))).rejects.toEqual(
		broken('error_watches_not_begun')
	);
	const after = new Date('2026-12-04T00:00:00Z');
	await transaction((tx) => attend(tx, who.leader, id, { [seat!.id]: 'missed' }, after));
	await transaction((tx) => attend(tx, who.leader, id, { [seat!.id]: 'excused' }, after));
	expect((await seatsOf(db, id))[0]!.result).toBe('excused');
	await expect(transaction((tx) => attend(tx, who.leader, id, { [newId()]: 'present' }, after))).rejects.toEqual(
		missing
	);
	await expect(transaction((tx) => join(tx, who.leader, id, after))).rejects.toEqual(broken('error_watches_over'));
	expect((await shiftPage(db, who.leader, id, after)).line.status).toBe('done');
});

test('two watches of mine at one time are said, not forbidden', async () => {
	const a = await oneOff({ onDay: '2026-12-07', from: '07:30', to: '08:30' });
	const b = await oneOff({ onDay: '2026-12-07', from: '08:00', to: '09:00' });
	const c = await oneOff({ onDay: '2026-12-07', from: '08:30', to: '09:00' });
	await transaction((tx) => join(tx, who.volunteer, a, now));
	const agenda = await agendaOf(db, who.volunteer, now);
	expect(agenda.find((one) => one.id === b)?.clash?.id).toBe(a);
	expect(agenda.find((one) => one.id === c)?.clash).toBeUndefined();
	await transaction((tx) => join(tx, who.volunteer, b, now));
	expect((await shiftPage(db, who.volunteer, b, now)).clashes.map((one) => one.id)).toEqual([a]);
});

test('what another body or another town keeps does not exist', async () => {
	const id = await oneOff({ onDay: '2026-12-08' });
	const before = await db.select().from(shift).where(eq(shift.id, id));
	const form = {
		place: post,
		programme: 'greeting' as const,
		onDay: '2026-12-09',
		from: '07:00',
		to: '08:00',
		capacity: 1,
		minimum: 1,
		note: ''
	};
	for (const actor of [who.midoriLeader, who.stranger]) {
		await expect(transaction((tx) => join(tx, actor, id, now))).rejects.toEqual(missing);
		await expect(transaction((tx) => leave(tx, actor, id, now))).rejects.toEqual(missing);
		await expect(transaction((tx) => enterFor(tx, actor, id, actor.person, now))).rejects.toEqual(missing);
		await expect(transaction((tx) => takeOff(tx, actor, id, who.volunteer.person, now))).rejects.toEqual(missing);
		await expect(transaction((tx) => cancelShift(tx, actor, id, { reason: 'storm', words: '' }, now))).rejects.toEqual(
			missing
		);
		await expect(transaction((tx) => attend(tx, actor, id, {}, now))).rejects.toEqual(missing);
		await expect(transaction((tx) => makeShift(tx, actor, form, now))).rejects.toEqual(missing);
		await expect(shiftPage(db, actor, id, now)).rejects.toEqual(missing);
		expect(await monthOfBody(db, actor, town.associations.honcho, '2026-12', now)).toEqual([]);
	}
	// A volunteer may join but not edit; a clerk may edit but holds no seat; a school sees its district without names.
	await expect(
		transaction((tx) => cancelShift(tx, who.volunteer, id, { reason: 'storm', words: '' }, now))
	).rejects.toEqual(missing);
	await expect(transaction((tx) => enterFor(tx, who.volunteer, id, who.leader.person, now))).rejects.toEqual(missing);
	await expect(transaction((tx) => join(tx, who.school, id, now))).rejects.toEqual(missing);
	await transaction((tx) => enterFor(tx, who.safety, id, who.volunteer.person, now));
	const seen = await shiftPage(db, who.school, id, now);
	expect(seen.line.joined).toBe(1);
	expect([seen.seats, seen.free, seen.mayEdit, seen.mayJoin]).toEqual([[], [], false, false]);
	expect(await db.select().from(shift).where(eq(shift.id, id))).toEqual(before);
});
