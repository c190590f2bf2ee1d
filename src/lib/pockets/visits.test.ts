import { expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { answerSchema, type Body } from '#lib/sync/protocol.ts';
import { receive } from '#lib/sync/receive.server.ts';
import { phone } from '../../../tests/phone.ts';
import {
	answersOf,
	clerk,
	contactOf,
	far,
	fiscalYear,
	leader,
	linkTo,
	municipality,
	now,
	openRounds,
	over,
	registered,
	said,
	volunteer,
	walked
} from '../../../tests/rounds.ts';
import { town } from '../../demo/town.ts';
import type { ConfirmPayload } from './confirmation.ts';
import { withdrawConsent } from './consents.server.ts';
import { answerByLink } from './links.server.ts';
import { end } from './pockets.server.ts';
import { answer, closeDistrict, closingOf } from './rounds.server.ts';
import { pocketAside } from './tables.server.ts';
import { asideCounts, asidesOf, settleAside, visit } from './visitAnswers.server.ts';
import { schoolsOfPack, visitsOfPack } from './visitPack.server.ts';
import { registerVisits } from './visitReceive.server.ts';
import { stillOpen } from './onPhone.ts';
import { byTown, withOwn } from './visiting.ts';
import { visitsOf } from './visits.server.ts';

type VisitResult = ConfirmPayload['result'];

openRounds();
registerVisits();

const send = (actor: Actor, home: string, result: VisitResult, id = newId(), words: string | null = null) =>
	transaction((tx) =>
		visit(tx, actor, id, { pocket: home, fiscalYear, method: 'visit', result, words, on: '2027-02-01' }, now)
	);
const seen = async (actor: Actor) => (await visitsOf(db, actor, fiscalYear)).flatMap((one) => one.visits);
const asides = (home: string) => db.select().from(pocketAside).where(eq(pocketAside.pocket, home));

test('who goes round sees and answers for homes whose host agreed, of own districts', async () => {
	const shown = await registered(walked);
	const hidden = await registered(walked, []);
	const foreign = await registered(far);
	for (const actor of [leader, contactOf(walked)]) {
		const lists = await visitsOf(db, actor, fiscalYear);
		const visits = lists.flatMap((one) => one.visits);
		expect(visits.some((one) => one.id === shown)).toBe(true);
		expect(visits.some((one) => one.id === hidden || one.id === foreign)).toBe(false);
		expect(JSON.stringify(lists)).not.toContain('試験');
		expect(lists.flatMap((one) => one.areas)[0]).toMatchObject({ town: '本町一丁目' });
		for (const home of [hidden, foreign]) await expect(send(actor, home, 'stays')).rejects.toThrow('pocket');
	}
	expect(await send(leader, shown, 'moved')).toBe('kept');
	expect((await seen(leader)).find((one) => one.id === shown)).toMatchObject({ answered: true, own: 'moved' });
	expect((await seen(contactOf(walked))).find((one) => one.id === shown)).not.toHaveProperty('own');
	expect(await visitsOf(db, volunteer, fiscalYear)).toEqual([]);
	await expect(send(volunteer, shown, 'stays')).rejects.toThrow('pocket');
	// Taken back: gone from the list at once; what was on its way goes to the office.
	await transaction((tx) => withdrawConsent(tx, clerk, shown, 'district', now));
	expect((await seen(leader)).some((one) => one.id === shown)).toBe(false);
	expect(await send(leader, shown, 'stays')).toBe('late');
});

test('the same answer twice is one, its own sender may put it right, another person’s goes to the office', async () => {
	const home = await registered(walked);
	const id = newId();
	expect([await send(leader, home, 'stays', id), await send(leader, home, 'stays', id)]).toEqual(['kept', 'kept']);
	expect(await send(leader, home, 'stays')).toBe('same');
	expect(await send(contactOf(walked), home, 'stays')).toBe('same');
	expect(await send(contactOf(walked), home, 'silent')).toBe('same');
	expect(await send(leader, home, 'changes', newId(), '月曜から')).toBe('kept');
	const other = newId();
	expect(await send(contactOf(walked), home, 'moved', other)).toBe('differs');
	expect(await send(contactOf(walked), home, 'moved', other)).toBe('differs');
	expect((await answersOf(home)).map((one) => one.result)).toEqual(['stays', 'changes']);
	expect((await asides(home)).map((one) => `${one.why} ${one.result}`)).toEqual(['differs moved']);
	await expect(send(leader, await registered(walked), 'stays', id)).rejects.toThrow('answer');

	const [waiting] = (await asidesOf(db, clerk, fiscalYear, walked)).filter((one) => one.pocket === home);
	expect(waiting).toMatchObject({ id: other, over: false, holds: { result: 'changes' } });
	await expect(asidesOf(db, leader, fiscalYear, walked)).rejects.toThrow('round');
	const settle = (actor: Actor, how: 'taken' | 'left') => transaction((tx) => settleAside(tx, actor, other, how, now));
	for (const actor of [leader, { ...clerk, municipality: 'elsewhere' }])
		await expect(settle(actor, 'left')).rejects.toThrow('answer');
	const before = (await asideCounts(db, municipality, fiscalYear)).get(walked)!;
	await settle(clerk, 'taken');
	expect((await answersOf(home)).at(-1)).toMatchObject({ result: 'moved', method: 'visit' });
	await expect(settle(clerk, 'left')).rejects.toThrow('error_pockets_not_now');
	expect((await asideCounts(db, municipality, fiscalYear)).get(walked) ?? 0).toBe(before - 1);
});

test('the host’s own word by the link holds, whichever came first', async () => {
	const by = (token: string, result: 'stays' | 'withdrew') =>
		transaction((tx) => answerByLink(tx, municipality, token, { id: newId(), result, words: null }, now));
	const first = await registered(walked);
	await by(await linkTo(first), 'withdrew');
	expect(await send(leader, first, 'stays')).toBe('differs');
	const later = await registered(walked);
	expect(await send(leader, later, 'stays')).toBe('kept');
	await by(await linkTo(later), 'withdrew');
	for (const home of [first, later]) expect((await answersOf(home)).at(-1)!.result).toBe('withdrew');
	expect(await answersOf(later)).toHaveLength(2);
});

const honcho: Body = { type: 'association', id: town.associations.honcho };
async function pushed(home: string, at: Date, more: object = {}, actor = leader, body = honcho) {
	const mine = phone(actor.person, body, at);
	const payload = { pocket: home, fiscalYear, method: 'visit', result: 'stays', words: '', ...more };
	const op = await mine.op({ kind: 'pocket.confirm', payload });
	const one = await receive(actor, mine.push([op, op]), at, (code) => code);
	if (typeof one === 'string') throw new Error(one);
	return answerSchema
		.parse(one)
		.results.map((of) => ('outcome' in of ? `${of.s} ${of.outcome.is} ${of.outcome.code ?? ''}`.trim() : of.s));
}

test('from a phone it is one however often it arrives; ended meanwhile, or after the round, the office has it', async () => {
	const home = await registered(walked);
	expect(await pushed(home, now)).toEqual(['stored accepted', 'duplicate accepted']);
	expect(await answersOf(home)).toMatchObject([
		{ result: 'stays', method: 'visit', on: '2027-02-01', by: leader.person }
	]);
	const late = 'accepted error_visits_late';
	const gone = await registered(walked);
	await transaction((tx) => end(tx, clerk, gone, { on: '2027-02-01', ending: 'moved', words: null }, now));
	expect(await pushed(gone, now)).toEqual([`stored ${late}`, `duplicate ${late}`]);
	expect(await asides(gone)).toMatchObject([{ why: 'late', result: 'stays' }]);
	const slow = await registered(walked);
	expect(await pushed(slow, over)).toEqual([`stored ${late}`, `duplicate ${late}`]);
	// In time on the phone, and on its way over the end of the year: it holds.
	const inTime = { pocket: slow, fiscalYear, method: 'visit', result: 'moved', words: null, on: '2027-03-31' } as const;
	expect(await transaction((tx) => visit(tx, leader, newId(), inTime, over))).toBe('kept');
	expect(await answersOf(slow)).toMatchObject([{ result: 'moved', on: '2027-03-31' }]);
	// An answer of a home that was never asked says so.
	const fresh = await registered(walked, ['district'], '2027-01-20', now);
	expect((await pushed(fresh, now))[0]).toBe('stored needsFix error_rounds_not_asked');
	// The register of another district: as if it were not there.
	expect((await pushed(await registered(far), now))[0]).toBe('stored rejected error_sync_forbidden');
});

test('the contact of a school answers on its behalf', async () => {
	const home = await registered(walked);
	const school = contactOf(town.schools.honcho);
	expect(await schoolsOfPack(db, school)).toEqual([{ id: town.schools.honcho, name: '本町小学校' }]);
	expect(await schoolsOfPack(db, leader)).toEqual([]);
	const body: Body = { type: 'school', id: town.schools.honcho };
	expect((await pushed(home, now, { method: 'phone' }, school, body))[0]).toBe('stored accepted');
});

test('the pack holds the doors of an open round for who goes round, and what the page shows of them', async () => {
	const home = await registered(walked, ['district', 'contact']);
	const list = (await visitsOfPack(db, leader, now)).find((one) => one.school === walked)!;
	expect(list).toMatchObject({ fiscalYear, untilOn: '2027-03-31', as: 'district' });
	const door = list.homes.find((one) => one.id === home)!;
	expect(Object.keys(door).toSorted()).toEqual(['answered', 'hours', 'id', 'kind', 'lat', 'lng', 'number', 'town']);
	const ofSchool = (await visitsOfPack(db, contactOf(walked), now))[0]!.homes;
	expect(ofSchool.filter((one) => one.name).map((one) => one.id)).toEqual([home]);
	for (const actor of [volunteer, clerk, { ...leader, municipality: 'elsewhere' }])
		expect(await visitsOfPack(db, actor, now)).toEqual([]);
	expect(await visitsOfPack(db, leader, over)).toEqual([]);
	// On the phone: what was answered there stands at once, and the list ends with the round.
	const payload = { pocket: home, fiscalYear, method: 'visit', result: 'silent', words: '' } as const;
	const [mine] = withOwn([list], [payload]);
	expect(mine!.homes.find((one) => one.id === home)).toMatchObject({ own: 'silent', answered: false });
	const [stays] = withOwn([list], [payload, { ...payload, result: 'stays' }]);
	expect(stays!.homes.find((one) => one.id === home)).toMatchObject({ own: 'stays', answered: true });
	expect([stillOpen([list], '2027-03-31').length, stillOpen([list], '2027-04-01').length]).toEqual([1, 0]);
	expect(
		byTown([
			{ town: 'い', number: 2 },
			{ town: 'あ', number: 3 },
			{ town: 'い', number: 1 }
		])
	).toMatchObject([{ town: 'あ' }, { town: 'い', homes: [{ number: 1 }, { number: 2 }] }]);
});

// Last: it ends the district.
test('a district that was closed meanwhile: the list is gone, the answer waits for the office, which can only look', async () => {
	const home = await registered(far);
	const other = contactOf(far);
	await transaction((tx) => answer(tx, clerk, newId(), said(home, 'stays'), now));
	const { homes } = await closingOf(db, clerk, far);
	const shut = { fiscalYear, school: far, on: '2027-02-01', homes: homes.length };
	await transaction((tx) => closeDistrict(tx, clerk, shut, now));
	expect(await visitsOfPack(db, other, now)).toEqual([]);
	expect(await send(other, home, 'moved')).toBe('late');
	const [waiting] = await asidesOf(db, clerk, fiscalYear, far);
	expect(waiting).toMatchObject({ why: 'late', over: true });
	const settle = (how: 'taken' | 'left') => transaction((tx) => settleAside(tx, clerk, waiting!.id, how, now));
	await expect(settle('taken')).rejects.toThrow('error_rounds_not_asked');
	await settle('left');
	expect(await asidesOf(db, clerk, fiscalYear, far)).toEqual([]);
});
