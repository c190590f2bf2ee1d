import { afterAll, beforeAll, expect, test } from 'vitest';
import { and, eq, isNull } from 'drizzle-orm';
import { instantOf } from '#lib/calendar/day.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { associationSchool } from '#lib/people/tables.server.ts';
import { db, transaction, type Tx } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { trail } from '#lib/server/db/trail.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { demoPeople, town } from '../../demo/town.ts';
import { seedPeople } from '../../demo/people.ts';
import type { Method, Result } from './confirmation.ts';
import { consentsOf, giveConsent, withdrawConsent } from './consents.server.ts';
import type { Purpose } from './consent.ts';
import { answerByLink, hostView, makeLinks, withdrawByLink } from './links.server.ts';
import { givePlate } from './plates.server.ts';
import type { PocketForm } from './pocket.ts';
import { apply, end, explain, findPocket, register } from './pockets.server.ts';
import { answer, closeDistrict, closingOf, openRound } from './rounds.server.ts';
import { pocket, pocketConfirmation, pocketLink, pocketPlate, pocketSeason } from './tables.server.ts';
import { confirmedIn, publicView } from './views.server.ts';
import { countsIn, districtRound, platesOut, progressOf } from './roundReads.server.ts';
import { visitsOf } from './visits.server.ts';

const municipality = town.municipality;
const fiscalYear = 2026;
const before = instantOf('2026-12-01', '10:00');
const opened = instantOf('2027-01-12', '09:00');
const now = instantOf('2027-02-01', '10:00');
const lastMinute = instantOf('2027-03-31', '23:59');
const over = instantOf('2027-04-01', '00:00');

const clerk: Actor = {
	municipality,
	person: town.people.guidance,
	name: demoPeople.guidance.name,
	grants: [{ role: 'guidance' }]
};
const leader: Actor = {
	municipality,
	person: town.people.leader,
	name: demoPeople.leader.name,
	grants: [{ role: 'leader', association: town.associations.honcho }]
};
let walked: string;
let far: string;
const contactOf = (school: string): Actor => ({
	municipality,
	person: town.people.school,
	name: demoPeople.school.name,
	grants: [{ role: 'school', school }]
});
const volunteer: Actor = { ...leader, grants: [{ role: 'volunteer', association: town.associations.honcho }] };

let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, '2026-11-22'));
	const reached = await db
		.select({ school: associationSchool.school })
		.from(associationSchool)
		.where(eq(associationSchool.association, town.associations.honcho));
	walked = reached[0]!.school;
	far = Object.values(town.schools).find((one) => !reached.some(({ school }) => school === one))!;
	await run((tx) => openRound(tx, clerk, { fiscalYear, schools: [walked, far] }, opened));
}, 60_000);
afterAll(() => close());

const run = <T>(work: (tx: Tx) => Promise<T>) => transaction(work);
let n = 0;
async function registered(school: string, agreed: readonly Purpose[] = ['district'], on = '2026-05-01', at = before) {
	const id = newId();
	const form: PocketForm = {
		kind: 'home',
		name: `試験 ${++n}`,
		kana: 'しけん',
		contact: null,
		town: '本町一丁目',
		address: `${n}番`,
		school,
		phone: null,
		lat: 35.7,
		lng: 139.51,
		closed: null,
		hours: [null, { from: '14:00', to: '18:00' }, null, null, null, null, null]
	};
	await run(async (tx) => {
		await apply(tx, { municipality }, id, form, 'host', at);
		await explain(tx, clerk, id, '2026-04-20', at);
		await register(tx, clerk, id, on, at);
		for (const purpose of agreed) await giveConsent(tx, clerk, id, { purpose, text: 'x', on }, at);
	});
	return id;
}
const said = (home: string, result: Result, more: Partial<{ method: Method; on: string; end: boolean }> = {}) => ({
	pocket: home,
	fiscalYear,
	method: 'phone' as Method,
	result,
	words: null,
	on: '2027-02-01',
	...more
});
const linkTo = async (home: string, at = now) =>
	(await run((tx) => makeLinks(tx, clerk, { fiscalYear, pockets: [home] }, at)))[0]!.token;
const answersOf = (home: string) =>
	db
		.select()
		.from(pocketConfirmation)
		.where(eq(pocketConfirmation.pocket, home))
		.orderBy(pocketConfirmation.at, pocketConfirmation.id);
const isConfirmed = async (id: string) =>
	(await confirmedIn(db, municipality))(await findPocket(db, clerk, 'pocket.see', id));

test('a round opened twice is one, in the running year, in this town', async () => {
	const again = (at: Date, schools = [walked], actor = clerk) =>
		run((tx) => openRound(tx, actor, { fiscalYear, schools }, at));
	expect(await again(now)).toBe(0);
	await expect(again(over)).rejects.toThrow('error_rounds_year');
	await expect(again(now, ['elsewhere'])).rejects.toThrow('school');
	await expect(again(now, [])).rejects.toThrow('error_choose');
	for (const actor of [leader, contactOf(walked)]) await expect(again(now, [walked], actor)).rejects.toThrow('round');
	const rows = await db.select().from(pocketSeason).where(eq(pocketSeason.school, walked));
	expect(rows.map((row) => row.openedOn)).toEqual(['2027-01-12']);
});

test('an answer sent twice is one, the last one holds, and only who was asked can answer', async () => {
	const home = await registered(walked);
	expect(await isConfirmed(home)).toBe(false);
	const id = newId();
	const send = (result: Result, as = newId()) => run((tx) => answer(tx, clerk, as, said(home, result), now));
	expect([await send('stays', id), await send('stays', id)]).toEqual([true, false]);
	expect(await isConfirmed(home)).toBe(true);
	await send('withdrew');
	expect(await isConfirmed(home)).toBe(false);
	expect((await findPocket(db, clerk, 'pocket.see', home)).state).toBe('registered');
	expect((await answersOf(home)).map((one) => one.result)).toEqual(['stays', 'withdrew']);

	const other = await registered(walked);
	await expect(run((tx) => answer(tx, clerk, id, said(other, 'stays'), now))).rejects.toThrow('answer');
	const fresh = await registered(walked, [], '2027-01-20', now);
	await expect(run((tx) => answer(tx, clerk, newId(), said(fresh, 'stays'), now))).rejects.toThrow(
		'error_rounds_not_asked'
	);
	const elsewhere: Actor = { ...clerk, municipality: 'elsewhere' };
	await expect(run((tx) => answer(tx, elsewhere, newId(), said(home, 'stays'), now))).rejects.toThrow('pocket');
});

test('the office ends a home with its answer, once; an answer that stays ends nothing', async () => {
	const home = await registered(walked);
	const send = (result: Result, id = newId()) =>
		run((tx) => answer(tx, clerk, id, said(home, result, { end: true }), now));
	for (const result of ['stays', 'changes', 'silent'] as const)
		await expect(send(result)).rejects.toThrow('error_rounds_no_ending');
	const id = newId();
	expect([await send('moved', id), await send('moved', id)]).toEqual([true, false]);
	expect(await findPocket(db, clerk, 'pocket.see', home)).toMatchObject({ state: 'ended', ending: 'moved' });
	await expect(send('moved')).rejects.toThrow('error_rounds_not_asked');
	expect(await answersOf(home)).toHaveLength(1);
});

test('what came until 31 March is written down later by the office, and by nobody else', async () => {
	const home = await registered(walked);
	const send = (actor: Actor, at: Date, on: string) =>
		run((tx) => answer(tx, actor, newId(), said(home, 'stays', { on, method: 'visit' }), at));
	await expect(send(clerk, now, '2027-02-02')).rejects.toThrow('error_pockets_future');
	await expect(send(clerk, now, '2027-01-11')).rejects.toThrow('error_rounds_days');
	expect(await send(leader, lastMinute, '2027-03-31')).toBe(true);
	await expect(send(leader, over, '2027-03-31')).rejects.toThrow('error_rounds_days');
	await expect(send(clerk, over, '2027-04-01')).rejects.toThrow('error_rounds_days');
	expect(await send(clerk, over, '2027-03-31')).toBe(true);
});

test('who goes round sees and answers for homes whose host agreed, of own districts, and ends none', async () => {
	const shown = await registered(walked);
	const hidden = await registered(walked, []);
	const foreign = await registered(far);
	const send = (actor: Actor, home: string, ends = false) =>
		run((tx) => answer(tx, actor, newId(), said(home, 'moved', { method: 'visit', end: ends }), now));
	for (const actor of [leader, contactOf(walked)]) {
		const lists = await visitsOf(db, actor, fiscalYear);
		const visits = lists.flatMap((one) => one.visits);
		expect(visits.some((one) => one.id === shown)).toBe(true);
		expect(visits.some((one) => one.id === hidden || one.id === foreign)).toBe(false);
		expect(JSON.stringify(lists)).not.toContain('試験');
		expect(lists.flatMap((one) => one.areas)[0]).toMatchObject({ town: '本町一丁目' });
		for (const home of [hidden, foreign]) await expect(send(actor, home)).rejects.toThrow('pocket');
		await expect(send(actor, shown, true)).rejects.toThrow('error_rounds_no_ending');
	}
	expect(await send(leader, shown)).toBe(true);
	const own = (await visitsOf(db, leader, fiscalYear)).flatMap((one) => one.visits).find((one) => one.id === shown);
	expect(own).toMatchObject({ answered: true, own: 'moved' });
	const others = (await visitsOf(db, contactOf(walked), fiscalYear)).flatMap((one) => one.visits);
	expect(others.find((one) => one.id === shown)).not.toHaveProperty('own');
	expect(await visitsOf(db, volunteer, fiscalYear)).toEqual([]);
	await expect(send(volunteer, shown)).rejects.toThrow('pocket');

	// Taken back: gone from the list and closed for answers at once.
	await run((tx) => withdrawConsent(tx, clerk, shown, 'district', now));
	const after = (await visitsOf(db, leader, fiscalYear)).flatMap((one) => one.visits);
	expect(after.some((one) => one.id === shown)).toBe(false);
	await expect(send(leader, shown)).rejects.toThrow('pocket');
});

test('a contact of the school reads name and phone only where the host agreed', async () => {
	const home = await registered(far, ['district', 'contact']);
	const visits = (await visitsOf(db, contactOf(far), fiscalYear)).flatMap((one) => one.visits);
	expect(visits.find((one) => one.id === home)?.name).toMatch(/^試験/);
	expect(visits.filter((one) => one.name)).toHaveLength(1);
});

test('a link opens one home until the last minute of 31 March, and keeps only its hash', async () => {
	const home = await registered(walked);
	const token = await linkTo(home);
	const look = (at: Date, of = token, where = municipality) => hostView(db, where, of, at);
	expect(await look(lastMinute)).toMatchObject({ fiscalYear, untilOn: '2027-03-31', consents: { district: true } });
	expect(await look(over)).toBeUndefined();
	expect(await look(now, `${token}x`)).toBeUndefined();
	expect(await look(now, token, 'elsewhere')).toBeUndefined();
	expect(JSON.stringify(await look(now))).not.toMatch(/番|phone|address|note/);
	const [row] = await db.select().from(pocketLink).where(eq(pocketLink.pocket, home));
	expect(JSON.stringify(row)).not.toContain(token);
	await expect(run((tx) => makeLinks(tx, clerk, { fiscalYear, pockets: [home] }, over))).rejects.toThrow(
		'error_rounds_year'
	);
	for (const actor of [leader, contactOf(walked)])
		await expect(run((tx) => makeLinks(tx, actor, { fiscalYear, pockets: [home] }, now))).rejects.toThrow('pocket');

	const renewed = await linkTo(home);
	expect(await look(now)).toBeUndefined();
	expect(await look(now, renewed)).toBeDefined();
});

test('the host answers by the link, corrects itself, and the register stays as it was', async () => {
	const home = await registered(walked);
	const token = await linkTo(home);
	const send = (result: 'stays' | 'changes' | 'moved', words: string | null, at = now, id = newId()) =>
		run((tx) => answerByLink(tx, municipality, token, { id, result, words }, at));
	const was = await findPocket(db, clerk, 'pocket.see', home);
	const id = newId();
	await send('moved', null, now, id);
	await send('moved', null, now, id);
	await expect(send('changes', null)).rejects.toThrow('error_required');
	await send('changes', '月曜は15時からになりました', lastMinute);
	expect((await answersOf(home)).map((one) => [one.result, one.method, one.by])).toEqual([
		['moved', 'link', null],
		['changes', 'link', null]
	]);
	expect(await findPocket(db, clerk, 'pocket.see', home)).toEqual({ ...was, changedAt: lastMinute });
	expect((await hostView(db, municipality, token, lastMinute))?.answered).toMatchObject({
		result: 'changes',
		confirmed: true
	});
	await expect(send('stays', null, over)).rejects.toThrow('error_rounds_link_over');
	const wrong = run((tx) => answerByLink(tx, municipality, 'x', { id: newId(), result: 'stays', words: null }, now));
	await expect(wrong).rejects.toThrow('error_rounds_link_over');
});

test('a consent taken back by the link is gone from the map at once; an ended home opens nothing', async () => {
	const home = await registered(walked, ['public', 'district']);
	const token = await linkTo(home);
	const onMap = async () => (await publicView(db, municipality)).points.some((one) => one.id === home);
	expect(await onMap()).toBe(true);
	await run((tx) => withdrawByLink(tx, municipality, token, 'public', now));
	await run((tx) => withdrawByLink(tx, municipality, token, 'public', now));
	expect([await onMap(), await consentsOf(db, home)]).toEqual([
		false,
		{ public: false, district: true, contact: false }
	]);
	await run((tx) => end(tx, clerk, home, { on: '2027-02-01', ending: 'withdrew', words: null }, now));
	expect(await hostView(db, municipality, token, now)).toBeUndefined();
	await expect(run((tx) => withdrawByLink(tx, municipality, token, 'district', now))).rejects.toThrow(
		'error_rounds_link_over'
	);
});

test('the progress of a district adds up, and its list belongs to the office of its own town', async () => {
	const of = async () => (await progressOf(db, municipality, fiscalYear)).find((one) => one.school === walked)!;
	const answered = [await registered(walked), await registered(walked)];
	const gone = await registered(walked);
	const was = await of();
	await run((tx) => answer(tx, clerk, newId(), said(answered[0]!, 'withdrew'), now));
	await run((tx) => answer(tx, clerk, newId(), said(answered[1]!, 'silent'), now));
	await run((tx) => end(tx, clerk, gone, { on: '2027-02-01', ending: 'other', words: null }, now));
	const is = await of();
	expect(is).toMatchObject({ asked: was.asked, leaving: was.leaving + 1 });
	expect(is.by.none).toBe(was.by.none! - 3);
	expect(is.by.silent).toBe((was.by.silent ?? 0) + 1);
	expect(is.by.gone).toBe((was.by.gone ?? 0) + 1);
	expect(Object.values(is.by).reduce((sum, n) => sum + n, 0)).toBe(is.asked);

	const round = await districtRound(db, clerk, fiscalYear, walked);
	const standing = new Map(round.homes.map((one) => [one.id, one.standing]));
	expect([...answered, gone].map((id) => standing.get(id))).toEqual(['leaving', 'open', 'ended']);
	expect(Object.values(countsIn(round.homes)).reduce((sum, n) => sum + n, 0)).toBe(is.asked);
	expect(await platesOut(db, round.homes)).toBe(0);
	for (const actor of [leader, contactOf(walked), { ...clerk, municipality: 'elsewhere' }])
		await expect(districtRound(db, actor, fiscalYear, walked)).rejects.toThrow('round');
	await expect(districtRound(db, clerk, fiscalYear - 1, walked)).rejects.toThrow('round');
});

test('a district ends in one step, with the numbers its clerk was shown, and its plates are still to come back', async () => {
	const homes = [await registered(far), await registered(far, [])];
	const give = { kind: 'plate' as const, number: '7', issuedOn: '2026-05-01' };
	await run((tx) => givePlate(tx, clerk, homes[0]!, give, now));
	const token = await linkTo(homes[0]!);
	const { homes: left, plates } = await closingOf(db, clerk, far);
	const shut = (count: number, on = '2027-02-01', actor = clerk) =>
		run((tx) => closeDistrict(tx, actor, { fiscalYear, school: far, on, homes: count }, now));
	await expect(shut(left.length, undefined, leader)).rejects.toThrow('round');
	await expect(shut(left.length - 1)).rejects.toThrow('error_rounds_moved');
	await expect(shut(left.length, '2027-02-02')).rejects.toThrow('error_pockets_future');
	await expect(shut(left.length, '2027-01-11')).rejects.toThrow('error_rounds_days');
	expect(
		await db
			.select()
			.from(pocket)
			.where(and(eq(pocket.school, far), eq(pocket.state, 'ended')))
	).toEqual([]);

	await shut(left.length);
	const ended = await db.select().from(pocket).where(eq(pocket.school, far));
	expect(new Set(ended.map((one) => `${one.state} ${one.ending} ${one.endedOn}`))).toEqual(
		new Set(['ended districtClosed 2027-02-01'])
	);
	const out = and(eq(pocketPlate.pocket, homes[0]!), isNull(pocketPlate.returnedOn));
	expect(await db.select().from(pocketPlate).where(out)).toHaveLength(1);
	const [line] = await db.select().from(trail).where(eq(trail.deed, 'pocket.closeDistrict'));
	expect(line).toMatchObject({ thing: far, facts: { fiscalYear, homes: left.length, plates } });
	expect(await hostView(db, municipality, token, now)).toBeUndefined();
	await expect(shut(0)).rejects.toThrow('error_pockets_not_now');
});
