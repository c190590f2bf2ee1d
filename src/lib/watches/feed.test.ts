import { execFileSync } from 'node:child_process';
import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, otherTown, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { calendarOf } from './feed.server.ts';
import { feedOf, makeFeed, revokeFeed, watchesOfFeed } from './feeds.server.ts';
import { makePlace } from './places.server.ts';
import { cancelShift, makeShift } from './shifts.server.ts';
import { join, leave } from './signUps.server.ts';

const event = {
	id: 'a',
	startsAt: '2026-11-26T22:30:00.000Z',
	endsAt: '2026-11-26T23:30:00.000Z',
	title: '登下校見守り: 緑町交差点; "角", \\ 𠮷田さん',
	where: '本町交差点\n北側',
	words: '<b>長い</b>説明'.repeat(30),
	cancelled: false,
	changedAt: '2026-11-01T00:00:00.000Z'
};

/** The file as a server in another zone writes it. */
const writtenIn = (zone: string): string =>
	execFileSync(
		process.execPath,
		[
			'--input-type=module',
			'-e',
			`import { calendarOf } from '#lib/watches/feed.server.ts';
			const e = JSON.parse(process.env.EVENT);
			for (const k of ['startsAt', 'endsAt', 'changedAt']) e[k] = new Date(e[k]);
			process.stdout.write(calendarOf('当番', [e, { ...e, id: 'b', cancelled: true }], 'example.jp'));`
		],
		{ env: { ...process.env, TZ: zone, EVENT: JSON.stringify(event), NODE_OPTIONS: '' }, encoding: 'utf8' }
	);

test.each(['UTC', 'Asia/Tokyo', 'America/New_York'])(
	'a parser that is not ours reads the right time under TZ=%s',
	(zone) => {
		const file = writtenIn(zone);
		const root = new ICAL.Component(ICAL.parse(file) as ConstructorParameters<typeof ICAL.Component>[0]);
		const [a, b] = root.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
		expect(a!.startDate.toJSDate().toISOString()).toBe(event.startsAt);
		expect(a!.endDate.toJSDate().toISOString()).toBe(event.endsAt);
		expect(a!.summary).toBe(event.title);
		expect(a!.location).toBe(event.where);
		expect(a!.description).toBe(event.words);
		expect(a!.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
		expect(b!.component.getFirstPropertyValue('status')).toBe('CANCELLED');
		expect(a!.uid).toBe('a@example.jp');
		// RFC 5545: CRLF, at most 75 octets a line.
		for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
		expect(file).toBe(writtenIn('UTC'));
	}
);

const now = new Date('2026-11-20T03:00:00Z');
let fresh: ReturnType<typeof freshDatabase>;
beforeAll(async () => {
	fresh = freshDatabase();
	await transaction(async (tx) => {
		await seedPeople(tx, '2026-11-20');
		await secondTown(tx, '2026-11-20');
	});
});
afterAll(() => fresh.close());

test('the address answers its own person only, ends at once, and only its hash is kept', async () => {
	const leader = await actorFor(db, 'leader', '2026-11-20');
	const volunteer = await actorFor(db, 'volunteer', '2026-11-20');
	const missing = expect.objectContaining({ name: 'NotFound' });
	const ids = await transaction(async (tx) => {
		const post = await makePlace(
			tx,
			leader,
			{ association: town.associations.honcho, kind: 'post', name: '本町交差点', meetingSpot: '', line: '' },
			now
		);
		const form = {
			place: post,
			programme: 'schoolWatch' as const,
			from: '07:30',
			to: '08:30',
			capacity: 2,
			minimum: 1,
			note: ''
		};
		const made = [];
		for (const onDay of ['2026-11-26', '2026-11-27', '2026-11-30'])
			made.push(await makeShift(tx, leader, { ...form, onDay }, now));
		for (const id of made) await join(tx, volunteer, id, now);
		await leave(tx, volunteer, made[2]!, now);
		await cancelShift(tx, leader, made[1]!, { reason: 'storm', words: '' }, now);
		return made;
	});
	const first = await transaction((tx) => makeFeed(tx, volunteer, now));
	const found = await watchesOfFeed(db, town.municipality, first, now);
	expect(found.map((one) => [one.id, one.reason])).toEqual([
		[ids[0], null],
		[ids[1], 'storm']
	]);
	const second = await transaction((tx) => makeFeed(tx, volunteer, now));
	await expect(watchesOfFeed(db, town.municipality, first, now)).rejects.toEqual(missing);
	await expect(watchesOfFeed(db, otherTown.municipality, second, now)).rejects.toEqual(missing);
	await expect(watchesOfFeed(db, town.municipality, '', now)).rejects.toEqual(missing);
	expect(await feedOf(db, leader)).toBeUndefined();
	await transaction((tx) => revokeFeed(tx, leader, now));
	expect(await watchesOfFeed(db, town.municipality, second, now)).toHaveLength(2);
	await transaction((tx) => revokeFeed(tx, volunteer, now));
	await expect(watchesOfFeed(db, town.municipality, second, now)).rejects.toEqual(missing);
	expect(calendarOf('x', [], 'example.jp')).toContain('BEGIN:VCALENDAR');
});
