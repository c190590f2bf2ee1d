import { describe, expect, it } from 'vitest';
import { headcount, kmOf, logPayload, minutesOf, odditiesOf, type LogPayload } from './log.ts';

const person = '019aa000-0000-7000-8000-000000000001';
const other = '019aa000-0000-7000-8000-000000000002';
const walk: LogPayload = {
	programme: 'schoolWatch',
	jointly: [],
	on: '2026-11-20',
	departedAt: '2026-11-20T07:30:00+09:00',
	finishedAt: '2026-11-20T08:20:00+09:00',
	people: [person, other],
	others: { parents: 2 },
	method: 'foot',
	metres: 1240,
	metresFrom: 'route',
	remarks: '',
	handOver: '',
	findings: [],
	typed: false
};
const now = new Date('2026-11-20T08:21:00+09:00');

describe('a log', () => {
	it('travels as it is and refuses what it does not know', () => {
		expect(logPayload.parse(walk)).toEqual(walk);
		expect(logPayload.safeParse({ ...walk, author: 'me' }).success).toBe(false);
		expect(logPayload.safeParse({ ...walk, metres: -1 }).success).toBe(false);
		expect(logPayload.safeParse({ ...walk, metres: 1.5 }).success).toBe(false);
		expect(logPayload.safeParse({ ...walk, on: '2026-02-30' }).success).toBe(false);
		expect(logPayload.safeParse({ ...walk, others: { dragons: 1 } }).success).toBe(false);
	});

	it('counts everybody once', () => {
		expect(headcount(walk)).toBe(4);
		expect(headcount({ people: [person, person], others: {} })).toBe(1);
	});

	it('prints kilometres with one decimal', () => {
		expect(kmOf(1240)).toBe('1.2');
		expect(kmOf(1250)).toBe('1.3');
		expect(kmOf(0)).toBe('0.0');
		expect(minutesOf(walk)).toBe(50);
	});
});

describe('what looks odd', () => {
	it.each([
		['an ordinary walk', {}, []],
		['one person', { people: [person], others: {} }, ['alone']],
		['nobody', { people: [], others: {} }, ['nobody']],
		['no distance on foot', { metres: undefined }, ['noDistance']],
		['no distance while standing', { metres: undefined, method: 'standing' }, []],
		['more than 100 km', { metres: 100_100 }, ['longDistance']],
		['the wrong way round', { finishedAt: '2026-11-20T07:00:00+09:00' }, ['endBeforeStart']],
		['seven hours', { departedAt: '2026-11-20T01:00:00+09:00' }, ['tooLong']],
		['a clock a little ahead', { finishedAt: '2026-11-20T08:25:00+09:00' }, []],
		['tomorrow', { departedAt: '2026-11-21T07:30:00+09:00', finishedAt: '2026-11-21T08:00:00+09:00' }, ['future']]
	] as const)('%s', (_, change, expected) => {
		expect(odditiesOf({ ...walk, ...change } as LogPayload, now)).toEqual(expected);
	});

	it('an odometer that ran backwards', () => {
		const car = { vehicle: person, blueLight: true, announced: false, cardHolder: true };
		expect(odditiesOf({ ...walk, car: { ...car, odometerStart: 120, odometerEnd: 110 } }, now)).toEqual([
			'odometerBackwards'
		]);
		expect(odditiesOf({ ...walk, car: { ...car, odometerStart: 120 } }, now)).toEqual([]);
	});
});
