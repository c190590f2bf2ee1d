import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Remaining } from './policy.ts';
import { keyOf, propose, type Wanting } from './proposal.ts';
import { reasonOf } from './proposal-words.ts';

const left = (pieces: number): Remaining => ({ left: pieces, by: 'perRequest', cap: pieces });
const line = (request: string, asked: number, more: Partial<Wanting> = {}): Wanting => ({
	...{ request, item: 'vest', size: '', asked, members: 20, patrols: 10, remaining: null },
	...more
});
const found = (lines: Wanting[], free: number) => {
	const all = propose(lines, () => free);
	return lines.map((one) => {
		const proposed = all.get(keyOf(one))!;
		return [proposed.pieces, reasonOf(proposed, '着')];
	});
};

describe('what the desk proposes', () => {
	it('is what was asked where it lies there, without a reason', () =>
		expect(found([line('a', 4), line('b', 6)], 10)).toEqual([
			[4, ''],
			[6, '']
		]));

	it('is within the rules of the city, and says which', () => {
		expect(found([line('a', 9, { remaining: left(5) })], 100)).toEqual([[5, '支給基準により1回の申請で5着までのため']]);
		const year: Remaining = { left: 2, by: 'perFiscalYear', cap: 10 };
		expect(found([line('a', 9, { remaining: year })], 100)).toEqual([
			[2, '支給基準により年度の上限が10着で、残りが2着のため']
		]);
	});

	it('lets the sizes of an item share what the rules leave of it', () => {
		const sizes = [line('a', 4, { size: 'M', remaining: left(5) }), line('a', 4, { size: 'L', remaining: left(5) })];
		expect(found(sizes, 100).map(([pieces]) => pieces)).toEqual([4, 1]);
	});

	it('tells in one sentence how what is short is shared', () => {
		const why = '在庫18に対し申請が31のため、各団体に3ずつ配り、残りを構成員数と活動回数で配分';
		const shared = found([line('a', 12), line('b', 12, { members: 60, patrols: 40 }), line('c', 7)], 18);
		expect(shared.map(([, reason]) => reason)).toEqual([why, why, why]);
		expect(shared.reduce((sum, [pieces]) => sum + Number(pieces), 0)).toBe(18);
		expect(found([line('a', 5)], 3)).toEqual([[3, '在庫が3のため']]);
		expect(found([line('a', 5), line('b', 5)], 0)).toEqual([
			[0, '在庫がないため'],
			[0, '在庫がないため']
		]);
		expect(found([line('a', 5), line('b', 5)], 1)[0]![1]).toBe('在庫1に対し申請が10のため、構成員数と活動回数で配分');
	});

	it('counts nothing that is promised beyond the stock', () =>
		expect(found([line('a', 5)], -4)).toEqual([[0, '在庫がないため']]));

	const wanting = fc.uniqueArray(
		fc.record({
			request: fc.constantFrom('a', 'b', 'c', 'd'),
			item: fc.constantFrom('vest', 'cap'),
			size: fc.constantFrom('', 'M', 'L'),
			asked: fc.integer({ min: 1, max: 30 }),
			members: fc.integer({ min: 0, max: 90 }),
			patrols: fc.integer({ min: 0, max: 90 }),
			remaining: fc.option(fc.integer({ min: 0, max: 40 }).map(left))
		}),
		{ minLength: 1, maxLength: 12, selector: keyOf }
	);
	it('never goes above what was asked, what is free, or what the rules leave; and only then is less than asked', () =>
		fc.assert(
			fc.property(wanting, fc.integer({ min: -3, max: 60 }), (lines, free) => {
				// What the rules leave is one number for a body and an item.
				const same = lines.map((one) => ({
					...one,
					remaining: lines.find((other) => other.request === one.request && other.item === one.item)!.remaining
				}));
				const all = propose(same, () => free);
				const pieces = (one: Wanting) => all.get(keyOf(one))!.pieces;
				for (const one of same) {
					const proposed = all.get(keyOf(one))!;
					expect(proposed.pieces).toBeGreaterThanOrEqual(0);
					expect(proposed.pieces).toBeLessThanOrEqual(one.asked);
					expect(reasonOf(proposed, '') === '').toBe(proposed.pieces === one.asked);
				}
				for (const [, on] of Map.groupBy(same, ({ item, size }) => `${item}:${size}`))
					expect(on.reduce((sum, one) => sum + pieces(one), 0)).toBeLessThanOrEqual(Math.max(0, free));
				for (const [, of] of Map.groupBy(same, ({ request, item }) => `${request}:${item}`))
					expect(of.reduce((sum, one) => sum + pieces(one), 0)).toBeLessThanOrEqual(of[0]!.remaining?.left ?? Infinity);
				// Bodies in another order, the lines of each as they were.
				const turned = [...Map.groupBy(same, ({ request }) => request).values()].reverse().flat();
				const other = propose(turned, () => free);
				for (const one of same) expect(other.get(keyOf(one))).toEqual(all.get(keyOf(one)));
			})
		));
});
