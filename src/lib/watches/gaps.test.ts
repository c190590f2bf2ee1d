import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metresBetween, type Point } from '#lib/map/length.ts';
import { pointAt } from '#lib/map/uncovered.ts';
import { seenBy, type Known, type Seen } from '#lib/pockets/audience.ts';
import { halfOf, questionIn, SHORTEST, spansOf, stretchesOf, wholeOf } from './gaps.ts';

const home: Point = [35.7, 139.51];
const at = (north: number, east: number): Point => [
	home[0] + north / 111_195,
	home[1] + east / (111_195 * Math.cos((home[0] * Math.PI) / 180))
];
const always = Array.from({ length: 7 }, () => ({ from: '00:00', to: '23:59' }));
const afternoons = always.map((_, day) => (day === 0 ? null : { from: '14:00', to: '18:00' }));
const known = (number: number, [lat, lng]: Point, over: Partial<Known> = {}): Known => ({
	id: `p${number}`,
	number,
	kind: 'shop',
	name: `第${number}の店`,
	contact: null,
	town: '本町一丁目',
	address: `${number}番`,
	phone: null,
	school: 's1',
	lat,
	lng,
	hours: afternoons,
	closed: null,
	confirmed: true,
	consents: { public: true, district: true, contact: false },
	...over
});
const seen = (number: number, place: Point, over: Partial<Known> = {}) => seenBy('public', known(number, place, over))!;

const kilometre = [at(0, 0), at(0, 1_000)];
const thursday = { weekday: 4, from: '15:00', to: '16:00' };

test('a home counts when somebody is there all that time, on that weekday', () => {
	const [first, last] = stretchesOf(kilometre, [seen(1, at(0, 500))], thursday);
	expect([first!.from, first!.to, first!.metres, last!.from, last!.to]).toEqual([0, 300, 300, 700, 1_000]);
	const whole = (when: typeof thursday) => stretchesOf(kilometre, [seen(1, at(0, 500))], when)[0]!.metres;
	expect(whole({ ...thursday, weekday: 0 })).toBe(1_000);
	expect(whole({ ...thursday, from: '13:30' })).toBe(1_000);
	expect(whole({ ...thursday, to: '18:30' })).toBe(1_000);
	expect(whole({ ...thursday, from: '14:00', to: '18:00' })).toBe(300);
});

test('the middle, the town and the nearest sign tell the way; homes near it where nobody is then are counted', () => {
	const shops = [
		seen(1, at(0, 0)),
		seen(2, at(150, 700), { hours: [null, null, null, null, null, null, null], town: '緑町四丁目' }),
		seen(3, at(900, 700), { hours: [null, null, null, null, null, null, null] })
	];
	const landmarks = [
		{ name: '遠い門', at: at(0, 100) },
		{ name: '西門前', at: at(-100, 600) }
	];
	const [only] = stretchesOf(kilometre, shops, thursday, { landmarks });
	expect([only!.from, only!.to]).toEqual([200, 1_000]);
	expect(metresBetween(only!.middle, at(0, 600))).toBeLessThan(0.1);
	expect([only!.town, only!.shut]).toEqual(['緑町四丁目', 1]);
	expect([only!.landmark?.name, only!.landmark?.direction, Math.round(only!.landmark!.metres)]).toEqual([
		'西門前',
		'n',
		100
	]);
	// Half a kilometre away a name tells nobody the way.
	const far = [{ name: '遠い門', at: at(700, 600) }];
	expect(stretchesOf(kilometre, shops, thursday, { landmarks: far })[0]!.landmark).toBeUndefined();
	expect(stretchesOf(kilometre, [], thursday)[0]).toMatchObject({ town: undefined, shut: 0 });
});

test('less than twenty metres are not named, twenty are', () => {
	const spaced = (gap: number) => [seen(1, at(0, 300)), seen(2, at(0, 700 + gap))];
	const near = (gap: number) => stretchesOf([at(0, 300), at(0, 700 + gap)], spaced(gap), thursday);
	expect(near(SHORTEST - 1)).toEqual([]);
	expect(near(SHORTEST + 1)).toHaveLength(1);
});

const point = fc
	.tuple(fc.double({ min: -900, max: 900, noNaN: true }), fc.double({ min: -900, max: 900, noNaN: true }))
	.map(([north, east]) => at(north, east));
const homes = fc.array(
	fc.record({
		place: point,
		open: fc.boolean(),
		kind: fc.constantFrom('home' as const, 'shop' as const),
		consents: fc.record({ public: fc.boolean(), district: fc.boolean(), contact: fc.boolean() })
	}),
	{ maxLength: 20 }
);
const routes = fc.array(point, { minLength: 2, maxLength: 5 });
type Home = { place: Point; open: boolean; kind: 'home' | 'shop'; consents: Known['consents'] };
const registered = (all: readonly Home[]) =>
	all.map(({ place, open, kind, consents }, n) =>
		known(n + 1, place, { kind, consents, hours: open ? afternoons : always.map(() => null) })
	);

test('walked step by step: named where no open home is near, for 20 m and more; the order of the homes says nothing', () => {
	fc.assert(
		fc.property(routes, homes, fc.constantFrom(100, 200, 300), (route, all, metres) => {
			const view = registered(all).flatMap((one) => seenBy('office', one) ?? []);
			const stretches = stretchesOf(route, view, thursday, { metres });
			expect(stretchesOf(route, view.toReversed(), thursday, { metres })).toEqual(stretches);
			const open = all.filter((one) => one.open).map(({ place }) => place);
			for (const one of stretches) {
				expect(one.metres).toBeGreaterThanOrEqual(SHORTEST);
				for (let walked = one.from + 1; walked < one.to; walked += 7)
					for (const place of open)
						expect(metresBetween(pointAt(route, walked)!, place)).toBeGreaterThan(metres - 0.02);
			}
			// Between two that are named, no far place lasts for the shortest length.
			const length = route.reduce((sum, spot, n) => sum + (n ? metresBetween(route[n - 1]!, spot) : 0), 0);
			let lasting = 0;
			for (let walked = 1; walked < length; walked += 1) {
				const named = stretches.some(({ from, to }) => from - 1 <= walked && walked <= to + 1);
				const far = open.every((place) => metresBetween(pointAt(route, walked)!, place) > metres + 0.02);
				lasting = far && !named ? lasting + 1 : 0;
				expect(lasting).toBeLessThanOrEqual(SHORTEST);
			}
		}),
		{ numRuns: 40 }
	);
});

test('a home that an audience does not see changes nothing of what it gets', () => {
	fc.assert(
		fc.property(routes, homes, homes, (route, all, hidden) => {
			const silent = hidden.map((one) => ({ ...one, consents: { public: false, district: false, contact: false } }));
			for (const audience of ['public', 'district', 'school'] as const) {
				const view = (those: readonly Home[]): Seen[] =>
					registered(those).flatMap((one) => seenBy(audience, one) ?? []);
				expect(stretchesOf(route, view([...all, ...silent]), thursday)).toEqual(
					stretchesOf(route, view(all), thursday)
				);
			}
		}),
		{ numRuns: 100 }
	);
});

test('the time is that of the weekly rules there, together; else the usual one', () => {
	const rules = [
		{ times: { '4': { from: '15:00', to: '16:00' }, '2': { from: '07:30', to: '08:30' } } },
		{ times: { '4': { from: '14:30', to: '15:30' } } },
		{ times: { '4': { from: '19:30', to: '20:30' } } }
	];
	expect(wholeOf(spansOf(rules, 4, 'afternoon'), 'afternoon')).toEqual({ from: '14:30', to: '16:00' });
	expect(wholeOf(spansOf(rules, 2, 'morning'), 'morning')).toEqual({ from: '07:30', to: '08:30' });
	expect(spansOf(rules, 4, 'morning')).toEqual([]);
	expect(wholeOf([], 'morning')).toEqual({ from: '07:30', to: '08:30' });
	expect(['11:59', '12:00', '17:59', '18:00'].map(halfOf)).toEqual(['morning', 'afternoon', 'afternoon', undefined]);
});

test('whatever stands in the address, a question comes of it', () => {
	const asked = (query: string, today = '2026-11-25') => questionIn(new URLSearchParams(query), today);
	expect(asked('route=r&weekday=5&half=morning&homes=public')).toEqual({
		route: 'r',
		weekday: 5,
		half: 'morning',
		publicOnly: true
	});
	// A Wednesday, a Saturday, a Sunday.
	expect(asked('weekday=9&half=night').weekday).toBe(3);
	expect([asked('', '2026-11-28').weekday, asked('', '2026-11-29').weekday]).toEqual([1, 1]);
	expect(asked('')).toMatchObject({ half: 'afternoon', publicOnly: false, route: '' });
});
