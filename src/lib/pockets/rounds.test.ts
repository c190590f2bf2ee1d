import { expect, test } from 'vitest';
import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { trail } from '#lib/server/db/trail.ts';
import {
	answersOf,
	clerk,
	contactOf,
	far,
	fiscalYear,
	lastMinute,
	leader,
	linkTo,
	municipality,
	now,
	openRounds,
	over,
	registered,
	said,
	walked
} from '../../../tests/rounds.ts';
import type { Result } from './confirmation.ts';
import { hostView } from './links.server.ts';
import { givePlate } from './plates.server.ts';
import { end, findPocket } from './pockets.server.ts';
import { countsIn, districtRound, platesOut, progressOf } from './roundReads.server.ts';
import { answer, closeDistrict, closingOf, openRound } from './rounds.server.ts';
import { pocket, pocketPlate, pocketSeason } from './tables.server.ts';
import { confirmedIn } from './views.server.ts';
import { visitsOf } from './visits.server.ts';

openRounds();

const isConfirmed = async (id: string) =>
	(await confirmedIn(db, municipality))(await findPocket(db, clerk, 'pocket.see', id));

test('a round opened twice is one, in the running year, in this town', async () => {
	const again = (at: Date, schools = [walked], actor = clerk) =>
		transaction((tx) => openRound(tx, actor, { fiscalYear, schools }, at));
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
	const send = (result: Result, as = newId()) => transaction((tx) => answer(tx, clerk, as, said(home, result), now));
	expect([await send('stays', id), await send('stays', id)]).toEqual([true, false]);
	expect(await isConfirmed(home)).toBe(true);
	await send('withdrew');
	expect(await isConfirmed(home)).toBe(false);
	expect((await findPocket(db, clerk, 'pocket.see', home)).state).toBe('registered');
	expect((await answersOf(home)).map((one) => one.result)).toEqual(['stays', 'withdrew']);

	const other = await registered(walked);
	await expect(transaction((tx) => answer(tx, clerk, id, said(other, 'stays'), now))).rejects.toThrow('answer');
	const fresh = await registered(walked, [], '2027-01-20', now);
	await expect(transaction((tx) => answer(tx, clerk, newId(), said(fresh, 'stays'), now))).rejects.toThrow(
		'error_rounds_not_asked'
	);
	const elsewhere: Actor = { ...clerk, municipality: 'elsewhere' };
	await expect(transaction((tx) => answer(tx, elsewhere, newId(), said(home, 'stays'), now))).rejects.toThrow('pocket');
});

test('the office ends a home with its answer, once; an answer that stays ends nothing', async () => {
	const home = await registered(walked);
	const send = (result: Result, id = newId()) =>
		transaction((tx) => answer(tx, clerk, id, said(home, result, { end: true }), now));
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
		transaction((tx) => answer(tx, actor, newId(), said(home, 'stays', { on, method: 'visit' }), at));
	await expect(send(clerk, now, '2027-02-02')).rejects.toThrow('error_pockets_future');
	await expect(send(clerk, now, '2027-01-11')).rejects.toThrow('error_rounds_days');
	await expect(send(leader, lastMinute, '2027-03-31')).rejects.toThrow('pocket');
	await expect(send(clerk, over, '2027-04-01')).rejects.toThrow('error_rounds_days');
	expect(await send(clerk, over, '2027-03-31')).toBe(true);
});

test('a contact of the school reads name and phone only where the host agreed', async () => {
	const home = await registered(far, ['district', 'contact']);
	const visits = (await visitsOf(db, contactOf(far), fiscalYear)).flatMap((one) => one.visits);
	expect(visits.find((one) => one.id === home)?.name).toMatch(/^試験/);
	expect(visits.filter((one) => one.name)).toHaveLength(1);
});

test('the progress of a district adds up, and its list belongs to the office of its own town', async () => {
	const of = async () => (await progressOf(db, municipality, fiscalYear)).find((one) => one.school === walked)!;
	const answered = [await registered(walked), await registered(walked)];
	const gone = await registered(walked);
	const was = await of();
	await transaction((tx) => answer(tx, clerk, newId(), said(answered[0]!, 'withdrew'), now));
	await transaction((tx) => answer(tx, clerk, newId(), said(answered[1]!, 'silent'), now));
	await transaction((tx) => end(tx, clerk, gone, { on: '2027-02-01', ending: 'other', words: null }, now));
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
	await transaction((tx) => givePlate(tx, clerk, homes[0]!, give, now));
	const token = await linkTo(homes[0]!);
	const { homes: left, plates } = await closingOf(db, clerk, far);
	const shut = (count: number, on = '2027-02-01', actor = clerk) =>
		transaction((tx) => closeDistrict(tx, actor, { fiscalYear, school: far, on, homes: count }, now));
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
