/** The published rules of ten cities, expressed as policies and asked about invented bodies. */
import { describe, expect, it } from 'vitest';
import { cities, published } from '../../../tests/fixtures/equipment-policies.ts';
import { budgetOf, check, countsWalkers, remainingOf, type Facts, type Policy } from './policy.ts';

const body: Facts = {
	today: '2026-05-15',
	registered: true,
	members: 40,
	residents: 36,
	activeMembers: 12,
	peoplePerPatrol: 6,
	patrolsByMonth: [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2],
	lastOn: null,
	had: {}
};
const fails = (city: string, facts: Partial<Facts> = {}, lines: { item: string; pieces: number }[] = []) =>
	check(cities[city]!, { ...body, ...facts }, lines)
		.filter((one) => !one.fine)
		.map(({ rule }) => rule);
const left = (city: string, item: string, facts: Partial<Facts> = {}) =>
	remainingOf(cities[city]!, { ...body, ...facts }, item)?.left;

describe('the rules of ten cities', () => {
	it('are those that were published', () => {
		expect(Object.keys(cities)).toEqual(published.map((one) => one.city));
		for (const one of published) {
			const policy = cities[one.city]!;
			expect(policy.minMembers, one.city).toBe(one.minMembers);
			expect(policy.patrols?.perMonth, one.city).toBe(one.minPatrolsPerMonth);
			if (one.overMonths) expect(policy.patrols?.overMonths).toBe(one.overMonths);
			if (one.minResidentRatio) expect(policy.residents?.share).toBe(one.minResidentRatio);
			expect(policy.window, one.city).toEqual(one.window);
			expect(policy.money !== undefined, one.city).toBe(one.capYen !== undefined);
		}
	});

	it.each(Object.keys(cities))('%s gives to a body that does everything', (city) => expect(fails(city)).toEqual([]));

	it.each<[city: string, facts: Partial<Facts>, rules: string[]]>([
		['国分寺', { members: 2 }, ['members']],
		['国分寺', { members: null }, ['members', 'residents']],
		['国分寺', { residents: 20 }, ['residents']],
		['国分寺', { residents: 21 }, []],
		['国分寺', { patrolsByMonth: [9, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1] }, ['patrols']],
		['国分寺', { patrolsByMonth: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 24] }, []],
		['町田', { registered: false }, ['registered']],
		['神戸市西区', { today: '2026-05-01' }, []],
		['神戸市西区', { today: '2026-05-30' }, []],
		['神戸市西区', { today: '2026-05-31' }, ['window']],
		['神戸市西区', { today: '2026-04-30' }, ['window']],
		['郡山', { members: 9 }, ['members']],
		['郡山', { patrolsByMonth: [] }, ['patrols']],
		['豊明', { lastOn: '2025-04-01' }, ['coolDown']],
		['豊明', { lastOn: '2025-03-31' }, []],
		['豊明', { lastOn: '2026-04-01' }, ['coolDown']],
		['倉敷', { lastOn: '2021-05-15' }, []],
		['倉敷', { lastOn: '2021-05-16' }, ['coolDown']],
		['倉敷', { lastOn: '2020-02-29', today: '2025-02-28' }, ['coolDown']],
		['倉敷', { lastOn: '2020-02-29', today: '2025-03-01' }, []],
		['倉敷', { members: 19 }, ['members']],
		['堺', { members: 9 }, ['members']],
		['西東京', { residents: 32 }, []],
		['西東京', { residents: 31 }, ['residents']],
		['西東京', { residents: null }, ['residents']],
		['太田', { patrolsByMonth: [11] }, ['patrols']],
		['太田', { lastOn: '2024-05-15' }, ['coolDown']]
	])('%s and %j: %j', (city, facts, rules) => expect(fails(city, facts)).toEqual(rules));

	it('岡崎 has a budget of points by members', () => {
		expect([4, 5, 29, 30].map((members) => budgetOf(cities['岡崎']!, members))).toEqual([0, 20, 20, 40]);
		const asked = [
			{ item: 'ベスト', pieces: 14 },
			{ item: '合図灯', pieces: 4 }
		];
		expect(fails('岡崎', {}, asked)).toEqual([]);
		expect(fails('岡崎', {}, [...asked, { item: 'ベスト', pieces: 1 }])).toEqual(['points']);
		expect(budgetOf(cities['堺']!, 10)).toBeUndefined();
	});
});

describe('what is left of an item', () => {
	it('is the tightest of the caps, and says which', () => {
		expect(left('神戸市西区', '合図灯')).toBe(5);
		expect(left('町田', '腕章')).toBe(10);
		expect(left('町田', '腕章', { activeMembers: 4 })).toBe(4);
		expect(left('町田', '腕章', { had: { 腕章: { fiscalYear: 9, ever: 30, wornOut: 0 } } })).toBe(3);
		const had = { 腕章: { fiscalYear: 0, ever: 4, wornOut: 0 } };
		expect(remainingOf(cities['郡山']!, { ...body, had }, '腕章')).toEqual({ left: 2, by: 'perLifetime', cap: 6 });
	});

	it('comes back when worn-out pieces do, and never falls below none', () => {
		expect(left('郡山', '帽子', { had: { 帽子: { fiscalYear: 0, ever: 45, wornOut: 0 } } })).toBe(0);
		expect(left('郡山', '帽子', { had: { 帽子: { fiscalYear: 0, ever: 45, wornOut: 15 } } })).toBe(10);
		expect(left('郡山', '帽子', { members: null })).toBe(0);
	});

	it('is not limited where no rule is', () => expect(left('国分寺', 'ベスト')).toBeUndefined());
});

it('a window may cross the new year', () => {
	const policy: Policy = { window: { from: '12-15', to: '01-15' } };
	const fine = (today: string) => check(policy, { ...body, today })[0]!.fine;
	expect(['2026-12-14', '2026-12-15', '2026-12-31', '2027-01-15', '2027-01-16'].map(fine)).toEqual([
		false,
		true,
		true,
		true,
		false
	]);
});

it('knows whether a cap goes by who walked: what it says without having them counted is the same', () => {
	const walkers: Policy = { items: { a: { perFiscalYear: { basis: 'activeMembers', pieces: 1 } } } };
	const others: Policy = { everyItem: { perRequest: { basis: 'members', pieces: 1 } } };
	expect([walkers, others, {}].map(countsWalkers)).toEqual([true, false, false]);
	for (const policy of Object.values(cities).filter((one) => !countsWalkers(one)))
		for (const item of Object.keys(policy.items ?? { any: {} }))
			expect(remainingOf(policy, { ...body, activeMembers: 0 }, item)).toEqual(remainingOf(policy, body, item));
});
