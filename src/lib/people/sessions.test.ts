import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { otherTown, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { deviceLabel } from './session.ts';
import * as s from './sessions.server.ts';
import { accountDisabling, membership, roleGrant, session } from './tables.server.ts';

const today = '2026-11-20';
const now = new Date('2026-11-20T10:00:00+09:00');
const later = (ms: number) => new Date(now.getTime() + ms);
const minute = 60_000;
const day = 24 * 60 * minute;
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await secondTown(tx, today);
	});
});
afterAll(() => close());
beforeEach(() => transaction(async (tx) => void (await tx.delete(session))));

const enter = (key: keyof typeof town.people, at = now) =>
	transaction((tx) =>
		s.signIn(tx, { municipality: town.municipality, person: town.people[key] }, 'iPhone の Safari', 'code', at)
	);
const actor = (cookie: string | undefined, at: Date, of = town.municipality) => s.actorOfSession(db, of, cookie, at);

describe('sessions', () => {
	it('lead to the person with the roles of today', async () => {
		const cookie = await enter('leader');
		expect(await actor(cookie, now)).toMatchObject({
			person: town.people.leader,
			name: '山﨑 正一',
			grants: [
				{ role: 'volunteer', association: town.associations.honcho },
				{ role: 'leader', association: town.associations.honcho, untilOn: '2027-03-31' }
			]
		});
	});

	it('rest in the table as hashes only', async () => {
		const cookie = await enter('volunteer');
		const rows = connections().reader.prepare('select * from session').all();
		expect(JSON.stringify(rows)).not.toContain(cookie);
		expect(await actor(s.hashed(cookie), now)).toBeUndefined();
	});

	it('are different at each sign-in, and belong to one municipality', async () => {
		const [one, two] = [await enter('volunteer'), await enter('volunteer')];
		expect(one).not.toBe(two);
		expect(await actor(one, now, otherTown.municipality)).toBeUndefined();
		expect(await actor(undefined, now)).toBeUndefined();
		expect(await actor('', now)).toBeUndefined();
	});

	it('of volunteers end after 30 idle days, and after 90 days whatever they do', async () => {
		const cookie = await enter('volunteer');
		expect(await actor(cookie, later(30 * day - 1000))).toBeDefined();
		expect(await actor(cookie, later(59 * day))).toBeDefined();
		expect(await actor(cookie, later(88 * day))).toBeDefined();
		expect(await actor(cookie, later(90 * day - 1000))).toBeDefined();
		expect(await actor(cookie, later(90 * day))).toBeUndefined();
		const idle = await enter('volunteer');
		expect(await actor(idle, later(30 * day))).toBeUndefined();
	});

	it('of staff end after 30 idle minutes, and after 12 hours whatever they do', async () => {
		const cookie = await enter('safety');
		for (let at = 0; at < 12 * 60; at += 29) expect(await actor(cookie, later(at * minute))).toBeDefined();
		expect(await actor(cookie, later(12 * 60 * minute))).toBeUndefined();
		const idle = await enter('safety');
		expect(await actor(idle, later(30 * minute))).toBeUndefined();
	});

	it('note when they were seen at most once a minute', async () => {
		const cookie = await enter('volunteer');
		const seen = async () => (await db.select().from(session))[0]!.lastSeenAt.getTime() - now.getTime();
		await actor(cookie, later(59_999));
		expect(await seen()).toBe(0);
		await actor(cookie, later(60_000));
		expect(await seen()).toBe(60_000);
	});

	it('get a new id when rights change, and the old one opens nothing', async () => {
		const cookie = await enter('volunteer');
		const who = (await actor(cookie, now))!;
		const renewed = await transaction((tx) => s.renewSession(tx, who, cookie));
		expect(renewed).not.toBe(cookie);
		expect(await actor(cookie, now)).toBeUndefined();
		expect(await actor(renewed, now)).toBeDefined();
		expect(await actor(renewed, later(89 * day))).toBeUndefined();
		expect(await transaction((tx) => s.renewSession(tx, who, cookie))).toBeUndefined();
	});

	it('are listed as devices, and one is taken out by its owner alone', async () => {
		const [mine, other] = [await enter('volunteer'), await enter('volunteer', later(1))];
		const me = (await actor(mine, now))!;
		const leader = (await actor(await enter('leader'), now))!;
		const devices = await s.devicesOf(db, me, mine, now);
		expect(devices.map((one) => one.here)).toEqual([false, true]);
		expect(await transaction((tx) => s.removeDevice(tx, leader, devices[0]!.id))).toBe(false);
		expect(await actor(other, now)).toBeDefined();
		expect(await transaction((tx) => s.removeDevice(tx, me, devices[0]!.id))).toBe(true);
		expect(await actor(other, now)).toBeUndefined();
	});

	it('open nothing from the request after sign-out, disabling or leaving', async () => {
		const cookie = await enter('approver');
		await transaction((tx) =>
			tx.insert(accountDisabling).values({
				person: town.people.approver,
				municipality: town.municipality,
				reason: '異動',
				at: now
			})
		);
		expect(await actor(cookie, now)).toBeUndefined();
		const left = await enter('mori');
		await transaction((tx) =>
			tx.update(membership).set({ endedOn: today }).where(eq(membership.person, town.people.mori))
		);
		expect((await actor(left, now))!.grants).toEqual([]);
		const out = await enter('ono');
		await transaction((tx) => s.signOut(tx, out));
		expect(await actor(out, now)).toBeUndefined();
	});

	it('are swept when their absolute end is past', async () => {
		await enter('volunteer');
		expect(await transaction((tx) => s.sweepSessions(tx, later(90 * day)))).toBe(0);
		expect(await transaction((tx) => s.sweepSessions(tx, later(91 * day)))).toBe(1);
	});
});

describe('the end of a role on 31 March', () => {
	const roles = async (at: string) =>
		(await actor(await enter('midoriLeader', new Date(at)), new Date(at)))!.grants.map((g) => g.role);

	it('comes at midnight JST; for the old year the holder goes on until 31 May', async () => {
		expect(await roles('2027-03-31T23:59:59+09:00')).toEqual(['volunteer', 'leader']);
		expect(await roles('2027-04-01T00:00:00+09:00')).toEqual(['volunteer', 'pastLeader']);
		expect(await roles('2027-05-31T23:59:59+09:00')).toEqual(['volunteer', 'pastLeader']);
		expect(await roles('2027-06-01T00:00:00+09:00')).toEqual(['volunteer']);
	});

	it('comes with the successor, whose day ends the grace', async () => {
		await transaction((tx) =>
			tx.insert(roleGrant).values({
				id: 'next',
				municipality: town.municipality,
				person: town.people.hayashi,
				role: 'leader',
				association: town.associations.midori,
				fromOn: '2027-04-10',
				untilOn: '2028-03-31',
				at: now
			})
		);
		expect(await roles('2027-04-09T12:00:00+09:00')).toEqual(['volunteer', 'pastLeader']);
		expect(await roles('2027-04-10T12:00:00+09:00')).toEqual(['volunteer']);
	});
});

it('devices have names in words', () => {
	const iphone =
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1';
	expect(deviceLabel(iphone)).toBe('iPhone の Safari');
	expect(deviceLabel(`${iphone} Line/14.0.0`)).toBe('iPhone の LINE');
	expect(deviceLabel('Mozilla/5.0 (Linux; Android 15; Pixel 8) Chrome/131.0.0.0 Mobile Safari/537.36')).toBe(
		'Android の電話 の Chrome'
	);
	expect(deviceLabel('Mozilla/5.0 (Windows NT 10.0) Chrome/131 Safari/537.36 Edg/131.0')).toBe(
		'Windows のパソコン の Edge'
	);
	expect(deviceLabel(null)).toBe('不明な端末');
});
