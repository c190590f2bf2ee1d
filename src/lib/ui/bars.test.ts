import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartOf, lettersOf } from './bars.ts';

const heights = (values: (number | undefined)[]) =>
	chartOf(values, 8).columns.map(({ bar }) => bar && Math.round(bar.height * 1000) / 1000);

describe('the bars of a chart', () => {
	it('are as high as their values, from zero on', () => {
		expect(heights([50, 100, 25])).toEqual([4, 8, 2]);
		// Two that differ little look so: the scale is never cut off below.
		expect(heights([1016, 896])).toEqual([8, 7.055]);
	});

	it('a missing value has no bar and a nought has one without height', () => {
		expect(heights([undefined, 0, 100, Number.NaN, Infinity])).toEqual([undefined, 0, 8, undefined, undefined]);
		const { columns, zero } = chartOf([undefined, 0, 100], 8);
		expect(columns.map(({ middle }) => Math.round(middle))).toEqual([17, 50, 83]);
		expect(columns[1]!.bar!.top).toBe(zero);
	});

	it('hang down below zero, and the number stands under them', () => {
		const { columns, zero, height } = chartOf([30, -10], 8);
		expect([zero, height]).toEqual([1.5 + 6, 1.5 + 8 + 1.5]);
		expect(columns.map(({ bar }) => [bar!.top, bar!.height])).toEqual([
			[1.5, 6],
			[7.5, 2]
		]);
		expect(columns[1]!.words).toBeGreaterThan(9.5);
		expect(columns[0]!.words).toBeLessThan(1.5);
	});

	it.each([[[0, 0, 0]], [[]], [[undefined]], [[0]]])('%j needs no division by nothing', (values) => {
		const { columns, zero } = chartOf(values, 8);
		expect(zero).toBe(1.5 + 8);
		for (const { bar } of columns) expect(bar?.height ?? 0).toBe(0);
	});

	it('all the same are all full, and one beside a hundred thousand is still seen', () => {
		expect(heights([7, 7, 7])).toEqual([8, 8, 8]);
		expect(heights([1, 100_000])).toEqual([0.12, 8]);
		expect(heights([Number.MAX_SAFE_INTEGER, 1])).toEqual([8, 0.12]);
	});

	it('stay within the chart and beside each other, whatever the values', () =>
		fc.assert(
			fc.property(fc.array(fc.option(fc.integer(), { nil: undefined }), { minLength: 1, maxLength: 12 }), (values) => {
				const { columns, height } = chartOf(values, 8);
				let right = 0;
				for (const { bar, words } of columns) {
					expect(words).toBeGreaterThan(0.8);
					expect(words).toBeLessThanOrEqual(height + 0.2);
					if (!bar) continue;
					expect(bar.left).toBeGreaterThan(right);
					right = bar.left + bar.width;
					expect(bar.top).toBeGreaterThan(1);
					expect(bar.top + bar.height).toBeLessThan(height + 0.2);
				}
				expect(right).toBeLessThanOrEqual(100);
			})
		));

	it('letters grow smaller until the longest text keeps to its column', () => {
		expect(lettersOf(['108,902'], 5)).toBeCloseTo((20 / (7 * 0.62)) * 0.94, 1);
		expect(lettersOf(['令和6'], 5)).toBeGreaterThan(lettersOf(['令和元年度'], 5));
		expect(lettersOf(['12月'], 12)).toBeLessThan(4);
		expect(lettersOf([], 0)).toBe(94);
	});
});
