import { beforeAll, expect, test } from 'vitest';
import { and, eq } from 'drizzle-orm';
import type { Point } from '#lib/map/length.ts';
import { textOfLine } from '#lib/map/length.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { municipality } from '#lib/people/tables.server.ts';
import { giveConsent, withdrawConsent } from '#lib/pockets/consents.server.ts';
import { apply, explain, register } from '#lib/pockets/pockets.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { trail } from '#lib/server/db/trail.ts';
import { openTown } from '../../../tests/open-town.ts';
import { town } from '../../../tests/people.ts';
import { questionIn } from './gaps.ts';
import { gapsFor } from './gaps.server.ts';
import { makePlace } from './places.server.ts';
import { makeRule } from './rules.server.ts';
import { cancelShift, makeShift } from './shifts.server.ts';
import { enterFor } from './signUps.server.ts';

// A Friday; the watches below are on Fridays.
const today = '2026-11-20';
const now = new Date('2026-11-20T03:00:00Z');
const who = openTown(today, ['leader', 'midoriLeader', 'volunteer', 'school', 'safety', 'guidance', 'admin'] as const);
const missing = expect.objectContaining({ name: 'NotFound' });

const at = (north: number, east: number): Point => [
	35.7 + north / 111_195,
	139.51 + east / (111_195 * Math.cos((35.7 * Math.PI) / 180))
];
const places = { route: '', post: '', midori: '' };
const make = (actor: Actor, association: string, kind: 'route' | 'post', name: string, line: Point[]) =>
	transaction((tx) => makePlace(tx, actor, { association, kind, name, meetingSpot: '', line: textOfLine(line) }, now));

beforeAll(async () => {
	const { honcho, midori } = town.associations;
	places.route = await make(who.leader, honcho, 'route', '本町小 通学路', [at(0, 0), at(0, 2_000)]);
	places.post = await make(who.leader, honcho, 'post', '西門前', [at(50, 1_900)]);
	places.midori = await make(who.midoriLeader, midori, 'route', '緑町 通学路', [at(500, 0), at(500, 500)]);
});

let number = 0;
/** A registered home on the route, so many metres from its beginning; nobody has agreed to anything yet. */
async function homeAt(east: number, school: string, kind: 'home' | 'shop' = 'home'): Promise<string> {
	const id = newId();
	const [lat, lng] = at(0, east);
	const form = {
		kind,
		name: `商店${++number}`,
		kana: 'しょうてん',
		contact: null,
		town: '本町一丁目',
		address: `${number}番`,
		school,
		phone: null,
		lat,
		lng,
		closed: null,
		hours: Array.from({ length: 7 }, () => ({ from: '12:00', to: '18:00' }))
	};
	await transaction(async (tx) => {
		await apply(tx, { municipality: town.municipality }, id, form, 'host', now);
		await explain(tx, who.guidance, id, today, now);
		await register(tx, who.guidance, id, today, now);
	});
	return id;
}
const agree = (id: string, purpose: 'public' | 'district') =>
	transaction((tx) => giveConsent(tx, who.guidance, id, { purpose, text: 'はい', on: today }, now));

const ask = (actor: Actor, query = '') =>
	gapsFor(actor, questionIn(new URLSearchParams(`${query}&route=${places.route}&weekday=5`), today), now);
const stretches = async (actor: Actor, query = '') =>
	(await ask(actor, query)).missing!.stretches.map(({ from, to }) => [from, to]);
const whole = [[0, 2_000]];
const looks = async () =>
	(
		await db
			.select({ id: trail.id })
			.from(trail)
			.where(and(eq(trail.deed, 'pocket.look'), eq(trail.thing, 'gaps')))
	).length;

test('a leader is asked about the own routes, a school about those of its district, the city about all; a foreign one is not there', async () => {
	const routes = async (actor: Actor) =>
		(await gapsFor(actor, questionIn(new URLSearchParams(), today), now)).routes.map(({ id }) => id);
	expect(await routes(who.leader)).toEqual([places.route]);
	expect(await routes(who.midoriLeader)).toEqual([places.midori]);
	expect(await routes(who.school)).toEqual([places.route]);
	for (const actor of [who.safety, who.guidance])
		expect((await routes(actor)).sort()).toEqual([places.route, places.midori].sort());
	for (const actor of [who.volunteer, who.admin, who.stranger]) expect(await routes(actor)).toEqual([]);
	for (const actor of [who.midoriLeader, who.volunteer, who.admin, who.stranger])
		await expect(ask(actor)).rejects.toEqual(missing);
	// A post is no route, and an id that never was is not there either.
	for (const id of [places.post, newId()])
		await expect(gapsFor(who.leader, { ...questionIn(new URLSearchParams(), today), route: id }, now)).rejects.toEqual(
			missing
		);
});

test('a hidden home changes nothing for anybody but the office; agreed to, it counts for whom it was agreed', async () => {
	const seers = [who.leader, who.school, who.safety];
	const before = await Promise.all(seers.map((actor) => ask(actor)));
	const forPaper = await ask(who.guidance, 'homes=public');
	const id = await homeAt(1_000, town.schools.honcho);
	expect(await Promise.all(seers.map((actor) => ask(actor)))).toEqual(before);
	expect(await ask(who.guidance, 'homes=public')).toEqual(forPaper);
	const around = [
		[0, 800],
		[1_200, 2_000]
	];
	expect(await stretches(who.guidance)).toEqual(around);
	await agree(id, 'district');
	expect(await stretches(who.leader)).toEqual(around);
	expect(await stretches(who.school)).toEqual(around);
	expect(await stretches(who.safety)).toEqual(whole);
	await transaction((tx) => withdrawConsent(tx, who.guidance, id, 'district', now));
	expect(await Promise.all(seers.map((actor) => ask(actor)))).toEqual(before);

	// Of another district: what only that one was told of does not count here, what everybody sees does.
	const shop = await homeAt(300, town.schools.midori, 'shop');
	await agree(shop, 'district');
	for (const actor of seers) expect(await stretches(actor)).toEqual(whole);
	await agree(shop, 'public');
	for (const actor of seers) {
		const { missing: found } = await ask(actor);
		expect(found!.stretches.map(({ from, to, town: of }) => [from, to, of])).toEqual([
			[0, 100, '本町一丁目'],
			[500, 2_000, '本町一丁目']
		]);
		expect(found!.stretches[0]!.landmark).toMatchObject({ name: '商店2', direction: 'w' });
		expect(found!.open).toBe(1);
	}
});

test('that the office looked is written down, with everything but a paper for everybody', async () => {
	const before = await looks();
	await ask(who.guidance, 'homes=public');
	for (const actor of [who.leader, who.school, who.safety]) await ask(actor);
	await gapsFor(who.guidance, questionIn(new URLSearchParams(), today), now);
	expect(await looks()).toBe(before);
	expect((await ask(who.guidance)).missing!.audience).toBe('office');
	expect(await looks()).toBe(before + 1);
	// Whoever is a leader besides is asked as the office all the same.
	const both = { ...who.guidance, grants: [...who.guidance.grants, ...who.leader.grants] };
	expect((await ask(both)).missing!.audience).toBe('office');
	expect((await ask({ ...both, grants: [...who.leader.grants, ...who.school.grants] })).missing!.audience).toBe(
		'school'
	);
});

test('how far is too far is the municipality’s to say; whom nobody confirmed is left out where the city says so', async () => {
	const [{ settings }] = (await db.select().from(municipality).where(eq(municipality.id, town.municipality))) as [
		typeof municipality.$inferSelect
	];
	const set = (more: Partial<typeof settings>) =>
		transaction((tx) =>
			tx
				.update(municipality)
				.set({ settings: { ...settings, ...more } })
				.where(eq(municipality.id, town.municipality))
		);
	await set({ gapMetres: 350 });
	expect(await stretches(who.safety)).toEqual([[650, 2_000]]);
	await set({ leaveOutUnconfirmed: true });
	// Nobody was asked in any year yet, so nobody is unconfirmed.
	expect((await ask(who.safety)).missing).toMatchObject({ unconfirmedOut: true, metres: 200, open: 1 });
	await set({});
});

test('watches on the route and at its posts that lack people, of the coming weeks, and only those of that way of the day', async () => {
	const lacking = async (query = '') => {
		const { lacking: found, unplanned } = (await ask(who.leader, query)).missing!;
		return { unplanned, found: found.map((one) => [one.onDay, one.from, one.place, one.joined, one.minimum]) };
	};
	expect(await lacking()).toEqual({ unplanned: true, found: [] });
	const watch = (place: string, onDay: string, from: string, to: string) =>
		transaction((tx) =>
			makeShift(
				tx,
				who.leader,
				{ place, programme: 'schoolWatch', onDay, from, to, capacity: 3, minimum: 2, note: '' },
				now
			)
		);
	const one = await watch(places.route, '2026-11-27', '15:00', '16:00');
	await watch(places.post, '2026-12-04', '14:30', '15:30');
	const off = await watch(places.route, '2026-12-04', '15:00', '16:00');
	await watch(places.route, '2026-11-26', '15:00', '16:00');
	await watch(places.route, '2026-11-27', '07:30', '08:30');
	await transaction((tx) => cancelShift(tx, who.leader, off, { reason: 'storm', words: '' }, now));
	await transaction((tx) => enterFor(tx, who.leader, one, town.people.volunteer, now));
	expect(await lacking()).toEqual({
		unplanned: false,
		found: [
			['2026-11-27', '15:00', '本町小 通学路', 1, 2],
			['2026-12-04', '14:30', '西門前', 0, 2]
		]
	});
	expect((await lacking('half=morning')).found).toEqual([['2026-11-27', '07:30', '本町小 通学路', 0, 2]]);
	await transaction((tx) => enterFor(tx, who.leader, one, town.people.leader, now));
	expect((await lacking()).found).toHaveLength(1);
	expect((await lacking('weekday=1')).unplanned).toBe(true);
});

test('the time asked about is that of the weekly rule', async () => {
	expect((await ask(who.leader, 'weekday=2')).missing!.span).toEqual({ weekday: 2, from: '14:30', to: '16:00' });
	const rule = {
		place: places.route,
		programme: 'schoolWatch' as const,
		school: null,
		campaign: null,
		startOn: today,
		endOn: '2027-03-31',
		capacity: 2,
		minimum: 1,
		weeks: null,
		skipHolidays: false,
		skipClosedDays: false,
		times: { '2': { from: '17:00', to: '18:30' } }
	};
	await transaction((tx) => makeRule(tx, who.leader, rule, now));
	const { missing: found } = await ask(who.leader, 'weekday=2');
	expect(found!.span).toEqual({ weekday: 2, from: '17:00', to: '18:30' });
	// The shop closes at six.
	expect(found!.stretches.map(({ from, to, shut }) => [from, to, shut])).toEqual([[0, 2_000, 1]]);
	expect(found!.unplanned).toBe(false);
});
