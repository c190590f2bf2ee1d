import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { share, type Ask } from './share.ts';

const asks = fc.uniqueArray(
	fc.record({
		id: fc.string({ minLength: 1, maxLength: 4 }),
		asked: fc.integer({ min: 1, max: 40 }),
		members: fc.integer({ min: 0, max: 300 }),
		patrols: fc.integer({ min: 0, max: 200 })
	}),
	{ minLength: 1, maxLength: 9, selector: (one) => one.id }
);
const stock = fc.integer({ min: 0, max: 200 });
const given = (all: readonly Ask[], pieces: number) =>
	new Map(share(all, pieces).map((one) => [one.id, one.given] as const));
const sum = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0);

describe('sharing what is short', () => {
	it('gives everybody what was asked where there is enough', () => {
		const all = [
			{ id: 'a', asked: 4, members: 10, patrols: 2 },
			{ id: 'b', asked: 6, members: 100, patrols: 20 }
		];
		expect(share(all, 10)).toEqual([
			{ id: 'a', given: 4, why: 'all', base: 4, extra: 0 },
			{ id: 'b', given: 6, why: 'all', base: 6, extra: 0 }
		]);
	});

	it('gives a base to each and the rest by members and patrols', () => {
		const all = [
			{ id: 'small', asked: 10, members: 20, patrols: 10 },
			{ id: 'large', asked: 10, members: 60, patrols: 30 }
		];
		expect(share(all, 14)).toEqual([
			{ id: 'small', given: 5, why: 'shared', base: 3, extra: 2 },
			{ id: 'large', given: 9, why: 'shared', base: 3, extra: 6 }
		]);
	});

	it('says none to who gets none', () => {
		const all = [
			{ id: 'a', asked: 1, members: 5, patrols: 0 },
			{ id: 'b', asked: 1, members: 9, patrols: 0 }
		];
		expect(share(all, 1).map(({ why }) => why)).toEqual(['none', 'shared']);
		expect(share(all, 0).map(({ why }) => why)).toEqual(['none', 'none']);
	});

	it('never gives more than was asked or than there is, and leaves nothing lying while somebody lacks', () =>
		fc.assert(
			fc.property(asks, stock, (all, pieces) => {
				const got = given(all, pieces);
				for (const { id, asked } of all) {
					expect(got.get(id)).toBeGreaterThanOrEqual(0);
					expect(got.get(id)).toBeLessThanOrEqual(asked);
				}
				expect(sum(got.values())).toBe(Math.min(pieces, sum(all.map((one) => one.asked))));
				for (const one of share(all, pieces)) expect(one.given).toBe(one.base + one.extra);
			})
		));

	it('does not ask who came first', () =>
		fc.assert(
			fc.property(asks, stock, fc.infiniteStream(fc.nat()), (all, pieces, order) => {
				const shuffled = all
					.map((one) => [one, order.next().value as number] as const)
					.toSorted((a, b) => a[1] - b[1])
					.map(([one]) => one);
				expect(given(shuffled, pieces)).toEqual(new Map(shuffled.map(({ id }) => [id, given(all, pieces).get(id)])));
			})
		));

	it('gives no less to who is as large, walks as much and asks as much', () =>
		fc.assert(
			fc.property(asks, stock, (all, pieces) => {
				const got = given(all, pieces);
				for (const a of all)
					for (const b of all)
						if (a.asked >= b.asked && a.members > b.members && a.patrols >= b.patrols)
							expect(got.get(a.id)!).toBeGreaterThanOrEqual(got.get(b.id)!);
			})
		));

	it('parts equals by one piece at most', () =>
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 30 }), stock, (bodies, asked, pieces) => {
				const all = Array.from({ length: bodies }, (_, n) => ({ id: `b${n}`, asked, members: 10, patrols: 3 }));
				const got = [...given(all, pieces).values()];
				expect(Math.max(...got) - Math.min(...got)).toBeLessThanOrEqual(1);
			})
		));
});
