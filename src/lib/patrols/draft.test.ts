import { describe, expect, it } from 'vitest';
import type { Pack } from '#lib/watches/pack.ts';
import {
	blankDraft,
	draftOfShift,
	programmesOf,
	started,
	stopped,
	withOdometer,
	withPlace,
	withTypedKm,
	type Draft
} from './draft.ts';
import { draftOfLog, logOf, metresOfKm, timeOf } from './filled.ts';

const id = (n: number) => `019aa000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const town = { type: 'association', id: id(1), name: '緑町自治会' } as const;
const pack: Pack = {
	v: 1,
	madeAt: '2026-11-20T00:00:00.000Z',
	person: { id: id(10), name: '見回 花子', staff: false },
	bodies: [town],
	shifts: [
		{
			id: id(20),
			association: town.id,
			programme: 'schoolWatch',
			name: '登校見守り',
			on: '2026-11-20',
			startsAt: '2026-11-19T22:30:00.000Z',
			endsAt: '2026-11-19T23:20:00.000Z',
			route: id(30),
			people: [id(11)],
			mine: true
		}
	],
	routes: [
		{ id: id(30), association: town.id, name: '緑町コース', metres: 1240, line: [] },
		{ id: id(31), association: town.id, name: '東コース', metres: 860, line: [] }
	],
	posts: [],
	roster: [
		{ id: id(10), name: '見回 花子', kana: 'みまわり はなこ', association: town.id },
		{ id: id(11), name: '髙𠮷 次郎', kana: 'たかよし じろう', association: town.id }
	],
	vehicles: [],
	partners: [],
	map: { tiles: '', attribution: '', center: [35.7, 139.5], zoom: 15 }
};
const morning = new Date('2026-11-20T07:31:20+09:00');
const walk = draftOfShift(pack, pack.shifts[0]!, false, morning)!;
const typed = (change: Partial<Draft>): Draft => ({
	...blankDraft(pack, town, true, morning),
	departed: '19:30',
	finished: '20:30',
	...change
});
const errorsOf = (draft: Draft) => {
	const read = logOf(draft);
	return 'errors' in read ? read.errors : {};
};
const log = (draft: Draft) => {
	const read = logOf(draft);
	if ('errors' in read) throw new Error(JSON.stringify(read.errors));
	return read.log;
};

describe('a draft of a shift', () => {
	it('knows the people, the route and its length', () => {
		expect(walk.people).toEqual([id(11), id(10)]);
		expect([walk.km, walk.kmFrom, walk.method]).toEqual(['1.2', 'route', 'foot']);
	});

	it('becomes a log by start and stop alone', () => {
		const done = stopped(started(walk, morning), 0, new Date('2026-11-20T08:20:40+09:00'));
		expect(log(done)).toMatchObject({
			shift: id(20),
			on: '2026-11-20',
			departedAt: '2026-11-19T22:31:00.000Z',
			finishedAt: '2026-11-19T23:20:00.000Z',
			metres: 1200,
			metresFrom: 'route',
			typed: false
		});
	});

	it('typed afterwards takes the times of the shift', () => {
		const draft = draftOfShift(pack, pack.shifts[0]!, true, new Date('2026-11-22T12:00:00+09:00'))!;
		expect([draft.on, draft.departed, draft.finished, draft.phase]).toEqual(['2026-11-20', '07:30', '08:20', 'form']);
	});

	it('of a body this person has left is none', () => {
		expect(draftOfShift({ ...pack, bodies: [] }, pack.shifts[0]!, false, morning)).toBeUndefined();
	});
});

describe('the distance', () => {
	it('follows the route until somebody measured or typed one', () => {
		expect(withPlace(walk, pack, id(31))).toMatchObject({ km: '0.9', kmFrom: 'route' });
		expect(withPlace(withTypedKm(walk, '2'), pack, id(31))).toMatchObject({ km: '2', kmFrom: 'estimate' });
		expect(withPlace(walk, pack, '')).toMatchObject({ km: '', kmFrom: undefined });
	});

	it('of a walked line wins at the stop, unless it is no walk', () => {
		expect(stopped(walk, 1530, morning)).toMatchObject({ km: '1.5', kmFrom: 'gps' });
		expect(stopped(walk, 60, morning)).toMatchObject({ km: '1.2', kmFrom: 'route' });
		expect(stopped({ ...walk, method: 'standing' }, 300, morning).kmFrom).toBe('route');
	});

	it('of the odometer is its difference', () => {
		const car = { ...walk.car, odometerStart: '１２０', odometerEnd: '131' };
		expect(withOdometer(walk, car)).toMatchObject({ km: '11.0', kmFrom: 'odometer' });
		expect(withOdometer(walk, { ...car, odometerEnd: '110' })).toMatchObject({ km: '1.2', kmFrom: 'route' });
	});

	it.each([
		['1.2', 1200],
		['１．２', 1200],
		['1,2', 1200],
		['0.04', 0],
		['12', 12000],
		['-1', undefined],
		['1.2km', undefined],
		['', undefined]
	])('%s km is %s m', (text, metres) => expect(metresOfKm(text)).toBe(metres));
});

describe('times', () => {
	it.each([
		['7:30', '07:30'],
		['0730', '07:30'],
		['730', '07:30'],
		['７：３０', '07:30'],
		['', ''],
		['24:00', undefined],
		['half past', undefined]
	])('%s is %s', (text, time) => expect(timeOf(text)).toBe(time));

	it('go past midnight', () => {
		expect(log(typed({ departed: '23:30', finished: '0:20' })).finishedAt).toBe('2026-11-20T15:20:00.000Z');
	});

	it('the wrong way round stay as typed, to be asked about', () => {
		expect(log(typed({ departed: '20:00', finished: '19:00' })).finishedAt).toBe('2026-11-20T10:00:00.000Z');
	});

	it('on the last evening of the fiscal year count on that day', () => {
		const late = started(walk, new Date('2027-03-31T23:59:30+09:00'));
		expect(log(stopped(late, 0, new Date('2027-04-01T00:40:00+09:00')))).toMatchObject({
			on: '2027-03-31',
			departedAt: '2027-03-31T14:59:00.000Z',
			finishedAt: '2027-03-31T15:40:00.000Z'
		});
	});
});

describe('what cannot be a log', () => {
	it('says which box', () => {
		expect(errorsOf(typed({ departed: '', finished: '25:00', km: 'far', on: '2026-02-30' }))).toEqual({
			departed: 'error_required',
			finished: 'error_time',
			km: 'error_number',
			on: 'error_day'
		});
	});

	it('keeps text as it was typed and refuses only what is too long', () => {
		expect(log(typed({ remarks: '<script>alert(1)</script> 髙𠮷 ' })).remarks).toBe('<script>alert(1)</script> 髙𠮷');
		expect(errorsOf(typed({ remarks: 'あ'.repeat(2001) }))).toEqual({ remarks: 'error_too_long' });
	});

	it('leaves out a leader who did not come and kinds of nobody', () => {
		const read = log(typed({ leader: id(11), others: { children: 0, police: 1 } }));
		expect(read.leader).toBeUndefined();
		expect(read.others).toEqual({ police: 1 });
	});
});

it('the city drives, bodies walk, both walk together', () => {
	expect(programmesOf(town)).not.toContain('cityCar');
	expect(programmesOf({ type: 'section', id: id(2), name: '地域安全課' })).toEqual([
		'cityCar',
		'cityCarSchool',
		'joint'
	]);
});

it('a log that was sent back opens as it stood', () => {
	const car = {
		vehicle: id(40),
		odometerStart: 10,
		odometerEnd: 20,
		blueLight: true,
		announced: false,
		cardHolder: true
	};
	const first = {
		...log(typed({ method: 'blueCar', policeCalled: '20:10', assembled: '19:20', names: ['通りすがり'] })),
		car
	};
	const again = log(draftOfLog(first, id(50), town, ''));
	expect(again).toEqual(first);
});
