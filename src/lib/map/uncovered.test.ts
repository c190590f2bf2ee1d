import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metresBetween, metresOf, type Point } from './length.ts';
import { boxAround, partOf, pointAt, uncovered, type Part } from './uncovered.ts';

const home: Point = [35.7, 139.51];
/** A point so many metres north and east of here. */
const at = (north: number, east: number): Point => [
	home[0] + north / 111_195,
	home[1] + east / (111_195 * Math.cos((home[0] * Math.PI) / 180))
];
const spot = (far: number) =>
	fc
		.tuple(fc.double({ min: -far, max: far, noNaN: true }), fc.double({ min: -far, max: far, noNaN: true }))
		.map(([north, east]) => at(north, east));
const lines = fc.array(spot(2_500), { minLength: 2, maxLength: 7 });
const points = fc.array(spot(2_700), { maxLength: 25 });
const distances = fc.constantFrom(50, 200, 350);

const inside = (parts: readonly Part[], metres: number) => parts.some(({ from, to }) => from <= metres && metres <= to);
/** Whoever stands within this of a border is let off: the flat is not the earth. */
const CLOSE = 0.01;

test('walked step by step: what is left out is near a point, what is listed is far from every one', () => {
	fc.assert(
		fc.property(lines, points, distances, (line, spots, metres) => {
			const parts = uncovered(line, spots, metres);
			const length = line.reduce((sum, point, n) => sum + (n ? metresBetween(line[n - 1]!, point) : 0), 0);
			const step = length / 300;
			for (let walked = step / 2; walked < length; walked += step) {
				const here = pointAt(line, walked)!;
				const nearest = Math.min(...spots.map((one) => metresBetween(here, one)));
				if (Math.abs(nearest - metres) < CLOSE) continue;
				expect([walked, inside(parts, walked)]).toEqual([walked, nearest > metres]);
			}
		}),
		{ numRuns: 200 }
	);
});

test('the parts lie in order, apart from each other, within the line', () => {
	fc.assert(
		fc.property(lines, points, distances, (line, spots, metres) => {
			const length = line.reduce((sum, point, n) => sum + (n ? metresBetween(line[n - 1]!, point) : 0), 0);
			let reached = -1;
			for (const { from, to } of uncovered(line, spots, metres)) {
				expect(from).toBeGreaterThan(reached);
				expect(to).toBeGreaterThan(from);
				reached = to;
			}
			expect(reached).toBeLessThanOrEqual(length + 0.01);
		})
	);
});

test('the order of the points, the same point twice and points far away change nothing', () => {
	fc.assert(
		fc.property(lines, points, distances, (line, spots, metres) => {
			const parts = uncovered(line, spots, metres);
			expect(uncovered(line, spots.toReversed(), metres)).toEqual(parts);
			expect(uncovered(line, [...spots, ...spots, at(9_000, 9_000)], metres)).toEqual(parts);
		})
	);
});

test('one point more never leaves more uncovered; what lies outside the box never counts', () => {
	const sum = (parts: readonly Part[]) => parts.reduce((all, { from, to }) => all + to - from, 0);
	fc.assert(
		fc.property(lines, points, spot(4_000), distances, (line, spots, more, metres) => {
			const parts = uncovered(line, spots, metres);
			expect(sum(uncovered(line, [...spots, more], metres))).toBeLessThanOrEqual(sum(parts) + 1e-6);
			const { south, north, west, east } = boxAround(line, metres);
			const [lat, lng] = more;
			if (lat < south || lat > north || lng < west || lng > east)
				expect(uncovered(line, [...spots, more], metres)).toEqual(parts);
		})
	);
});

test('a straight kilometre with one point in its middle keeps 300 m at each end', () => {
	const [first, last] = uncovered([at(0, 0), at(0, 1_000)], [at(0, 500)], 200);
	expect([first!.from, first!.to, last!.from, last!.to].map(Math.round)).toEqual([0, 300, 700, 1_000]);
	// 120 m aside: half a chord of 160 m.
	const [aside] = uncovered([at(0, 0), at(0, 1_000)], [at(120, 500)], 200);
	expect(Math.round(aside!.to)).toBe(340);
});

test('nothing near: the whole line, corners and all; a line without length has no gap', () => {
	const line = [at(0, 0), at(0, 400), at(300, 400)];
	const [all] = uncovered(line, [], 200);
	expect([all!.from, Math.round(all!.to)]).toEqual([0, 700]);
	expect(metresOf(partOf(line, all!))).toBe(700);
	expect(uncovered([home], [], 200)).toEqual([]);
	expect(uncovered([home, home], [], 200)).toEqual([]);
	expect(uncovered([], [], 200)).toEqual([]);
});

test('a part of a line is as long as it says, and its ends are where they were', () => {
	fc.assert(
		fc.property(lines, points, distances, (line, spots, metres) => {
			for (const part of uncovered(line, spots, metres)) {
				const own = partOf(line, part);
				const walked = own.reduce((sum, point, n) => sum + (n ? metresBetween(own[n - 1]!, point) : 0), 0);
				expect(Math.abs(walked - (part.to - part.from))).toBeLessThan(0.05);
				expect(own[0]).toEqual(pointAt(line, part.from));
			}
		})
	);
});
