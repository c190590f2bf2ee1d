import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, otherLeader, secondTown, seedPeople, town } from '../../../tests/people.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { materialise } from './materialise.server.ts';
import { makePlace } from './places.server.ts';
import { changeRule, endRule, makeRule } from './rules.server.ts';
import { close, reopen, closedDaysToCome } from './seasons.server.ts';
import { cancelShift } from './shifts.server.ts';
import { join, leave } from './signUps.server.ts';
import { shift } from './tables.server.ts';
import { ruleForm, type RuleForm } from './weeklyRule.ts';

const today = '2026-06-01'; // a Monday, with no public holiday until 20 July
const now = new Date('2026-06-01T03:00:00Z'); // 12:00 JST
let fresh: ReturnType<typeof freshDatabase>;
let leader: Actor, volunteer: Actor, safety: Actor, schoolContact: Actor, foreign: Actor;
let post: string;
let rule: string;
let form: RuleForm;

const typed = {
	programme: 'schoolWatch',
	startOn: '2026-04-06',
	endOn: '2027-03-24',
	capacity: '4',
	minimum: '2',
	from1: '7:30',
	to1: '8:30',
	from3: '7:30',
	to3: '8:30',
	skipHolidays: 'on',
	skipClosedDays: 'on'
};
const all = () => db.select().from(shift).where(eq(shift.rule, rule)).orderBy(shift.onDay);
const on = async (day: string) =>
	(
		await db
			.select()
			.from(shift)
			.where(and(eq(shift.rule, rule), eq(shift.onDay, day)))
	)[0];
const change = (more: object, at = now) =>
	transaction((tx) => changeRule(tx, leader, rule, ruleForm.parse({ ...typed, place: post, ...more }), at));

beforeAll(async () => {
	fresh = freshDatabase();
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await secondTown(tx, today);
	});
	leader = await actorFor(db, 'leader', today);
	volunteer = await actorFor(db, 'volunteer', today);
	safety = await actorFor(db, 'safety', today);
	schoolContact = await actorFor(db, 'school', today);
	foreign = await otherLeader(db, today);
	post = await transaction((tx) =>
		makePlace(
			tx,
			leader,
			{ association: town.associations.honcho, kind: 'post', name: '本町交差点', meetingSpot: '', line: '' },
			now
		)
	);
});
afterAll(() => fresh.close());
beforeEach(async () => {
	form = ruleForm.parse({ ...typed, place: post });
	rule = (await transaction((tx) => makeRule(tx, leader, form, now))).id;
});

test('a rule makes its shifts 60 days ahead, what has begun today is left out, holidays are skipped', async () => {
	const days = (await all()).map((one) => one.onDay);
	expect(days[0]).toBe('2026-06-03');
	expect(days.at(-1)! <= addDays(today, 60)).toBe(true);
	expect(days).not.toContain('2026-07-20'); // 海の日
	expect(days).toContain('2026-07-22');
	const one = await on('2026-06-03');
	expect(one!.startsAt.toISOString()).toBe('2026-06-02T22:30:00.000Z');
});

test('twice, and two at once, change nothing', async () => {
	const before = await all();
	expect(await materialise(db, town.municipality, now)).toEqual({ made: 0, moved: 0, removed: 0 });
	await Promise.all([materialise(db, town.municipality, now), materialise(db, town.municipality, now)]);
	expect(await all()).toEqual(before);
});

test('the next night makes the next day, and only that', async () => {
	const count = (await all()).length;
	const tomorrow = new Date(now.getTime() + 2 * 86_400_000);
	await materialise(db, town.municipality, tomorrow);
	const days = (await all()).map((one) => one.onDay);
	expect(days.length).toBeGreaterThanOrEqual(count);
	expect(new Set(days).size).toBe(days.length);
	expect(days.every((day) => day <= addDays(jstDay(tomorrow), 60))).toBe(true);
});

test('a changed rule moves what nobody joined and leaves what anybody ever joined', async () => {
	const kept = (await on('2026-06-03'))!;
	const left = (await on('2026-06-08'))!;
	const free = (await on('2026-06-10'))!;
	await transaction((tx) => join(tx, volunteer, kept.id, now));
	await transaction((tx) => join(tx, volunteer, left.id, now));
	await transaction((tx) => leave(tx, volunteer, left.id, now));
	const off = (await on('2026-06-15'))!;
	await transaction((tx) => cancelShift(tx, leader, off.id, { reason: 'schoolClosed', words: '' }, now));
	await change({ from3: '14:30', to3: '15:30', from1: '', to1: '' });
	expect(await on('2026-06-03')).toEqual(kept);
	expect(await on('2026-06-08')).toEqual(left);
	expect(await on('2026-06-15')).toEqual(off);
	expect(await on('2026-06-10')).toMatchObject({ id: free.id, from: '14:30', to: '15:30' });
	expect((await on('2026-06-10'))!.startsAt.toISOString()).toBe('2026-06-10T05:30:00.000Z');
	expect(await on('2026-06-22')).toBeUndefined();
	expect(await materialise(db, town.municipality, now)).toEqual({ made: 0, moved: 0, removed: 0 });
});

test('what has begun is never touched', async () => {
	const during = new Date('2026-06-02T22:45:00Z'); // 7:45 JST on 3 June, a watch nobody joined has begun
	const begun = (await on('2026-06-03'))!;
	await change({ from3: '', to3: '' }, during);
	expect(await on('2026-06-03')).toEqual(begun);
	expect(await on('2026-06-10')).toBeUndefined();
});

test('an ended rule keeps only what somebody joined', async () => {
	const kept = (await on('2026-06-03'))!;
	await transaction((tx) => join(tx, volunteer, kept.id, now));
	await transaction((tx) => endRule(tx, leader, rule, now));
	expect(await all()).toEqual([kept]);
	expect((await materialise(db, town.municipality, now)).made).toBe(0);
});

test('closed days of the school and of all take their watches away, reopening brings them back', async () => {
	await change({ school: town.schools.honcho });
	expect(await on('2026-06-17')).toBeDefined();
	const closing = { school: town.schools.honcho, onDay: '2026-06-17', lastDay: '', reason: '開校記念日' };
	expect(await transaction((tx) => close(tx, schoolContact, closing, now))).toBe(1);
	expect(await transaction((tx) => close(tx, schoolContact, closing, now))).toBe(0);
	expect(await on('2026-06-17')).toBeUndefined();
	// Another school's day off is not ours.
	await transaction((tx) => close(tx, safety, { ...closing, school: town.schools.midori, onDay: '2026-06-24' }, now));
	expect(await on('2026-06-24')).toBeDefined();
	await transaction((tx) =>
		close(tx, safety, { ...closing, school: '', onDay: '2026-06-24', lastDay: '2026-06-30' }, now)
	);
	expect(await on('2026-06-24')).toBeUndefined();
	const missing = expect.objectContaining({ name: 'NotFound' });
	await expect(
		transaction((tx) => close(tx, schoolContact, { ...closing, school: town.schools.midori }, now))
	).rejects.toEqual(missing);
	await expect(transaction((tx) => close(tx, schoolContact, { ...closing, school: '' }, now))).rejects.toMatchObject({
		code: 'error_required'
	});
	const mine = (await closedDaysToCome(db, schoolContact, now)).find((one) => one.onDay === '2026-06-17')!;
	await expect(transaction((tx) => reopen(tx, foreign, mine.id, now))).rejects.toEqual(missing);
	await transaction((tx) => reopen(tx, schoolContact, mine.id, now));
	expect(await on('2026-06-17')).toBeDefined();
	for (const one of await closedDaysToCome(db, safety, now)) await transaction((tx) => reopen(tx, safety, one.id, now));
});

test('the fiscal year may end inside the window: 31 March is the last, 1 April is not', async () => {
	const march = new Date('2027-03-10T03:00:00Z');
	const made = await transaction((tx) =>
		makeRule(tx, leader, ruleForm.parse({ ...typed, place: post, endOn: '2027-03-31' }), march)
	);
	const days = (await db.select().from(shift).where(eq(shift.rule, made.id))).map((one) => one.onDay).sort();
	expect(days.at(-1)).toBe('2027-03-31');
});

test('foreign rules and places do not exist', async () => {
	const missing = expect.objectContaining({ name: 'NotFound' });
	for (const actor of [await actorFor(db, 'midoriLeader', today), foreign, volunteer]) {
		await expect(transaction((tx) => makeRule(tx, actor, form, now))).rejects.toEqual(missing);
		await expect(transaction((tx) => changeRule(tx, actor, rule, form, now))).rejects.toEqual(missing);
		await expect(transaction((tx) => endRule(tx, actor, rule, now))).rejects.toEqual(missing);
	}
});

test('one watch of a rule per day and time, by the database', async () => {
	const one = (await on('2026-06-03'))!;
	const copy = connections().writer.prepare(
		`insert into shift select 'x', municipality, association, programme, place, campaign, rule, onDay, "from", "to", startsAt, endsAt, capacity, minimum, note, createdBy, at from shift where id = ?`
	);
	expect(() => copy.run(one.id)).toThrow(/UNIQUE/);
});
