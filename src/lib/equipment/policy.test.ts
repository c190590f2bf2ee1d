/** The published rules of ten cities, expressed as policies and asked about invented bodies. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { budgetOf, check, remainingOf, type Facts, type Policy } from './policy.ts';

type Published = {
	city: string;
	minMembers?: number;
	minPatrolsPerMonth?: number;
	overMonths?: number;
	minResidentRatio?: number;
	capPerRequest?: Record<string, number>;
	capYen?: number;
	window?: { from: string; to: string };
};
const published = (
	JSON.parse(readFileSync('tests/fixtures/equipment-policies.json', 'utf8')) as { policies: Published[] }
).policies;
const of = (city: string) => published.find((one) => one.city === city)!;

const fixed = (pieces: number) => ({ basis: 'fixed', pieces }) as const;
const yearly = (perMonth: number) => ({ perMonth, overMonths: 12 });
const capped = (city: string) =>
	Object.fromEntries(Object.entries(of(city).capPerRequest!).map(([item, n]) => [item, { perRequest: fixed(n) }]));

/** As their papers say it. What a paper leaves open (over how many months) is the last year here. */
const cities: Record<string, Policy> = {
	国分寺: { minMembers: 3, patrols: { perMonth: 2, overMonths: 12 }, residents: { share: 0.5, more: true } },
	町田: {
		registered: true,
		everyItem: { perFiscalYear: { basis: 'activeMembers', pieces: 1 }, perRequest: fixed(10) }
	},
	神戸市西区: { window: { from: '05-01', to: '05-30' }, items: capped('神戸市西区') },
	郡山: {
		minMembers: 10,
		patrols: yearly(1),
		items: {
			...Object.fromEntries(
				Object.entries(capped('郡山')).map(([item, rules]) => [
					item,
					{ ...rules, perLifetime: { basis: 'peoplePerPatrol', pieces: 1 } as const, wornOut: true }
				])
			),
			帽子: { perLifetime: { basis: 'members', pieces: 1 }, wornOut: true }
		}
	},
	豊明: { minMembers: 5, patrols: yearly(1), coolDown: { years: 1, of: 'fiscalYears' } },
	倉敷: { minMembers: 20, patrols: yearly(1), coolDown: { years: 5, of: 'years' }, money: '上限10万円' },
	岡崎: {
		minMembers: 5,
		patrols: yearly(1),
		points: [
			{ fromMembers: 5, points: 20 },
			{ fromMembers: 30, points: 40 }
		],
		items: { ベスト: { points: 2 }, 合図灯: { points: 3 } }
	},
	堺: { minMembers: 10, patrols: yearly(1) },
	西東京: { minMembers: 5, residents: { share: 0.8, more: false }, money: '2分の1、上限20万円' },
	太田: { patrols: yearly(1), coolDown: { years: 3, of: 'years' }, money: '上限10万円、再交付は3万円' }
};

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
