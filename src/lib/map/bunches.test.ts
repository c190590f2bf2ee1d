import fc from 'fast-check';
import { expect, test } from 'vitest';
import { directionOf, directions, farWords, byDistance } from './bearing.ts';
import { bunchesIn, flat, NEAREST } from './bunches.ts';

const koganei = { west: 139.4, east: 139.6, north: 35.8, south: 35.6 };
const spots = fc.array(
	fc.record({
		lat: fc.double({ min: 35.6, max: 35.8, noNaN: true }),
		lng: fc.double({ min: 139.4, max: 139.6, noNaN: true })
	}),
	{ maxLength: 60 }
);

test('every point in view is in exactly one bunch, at every zoom', () => {
	fc.assert(
		fc.property(spots, fc.integer({ min: 5, max: 18 }), (points, zoom) => {
			const members = bunchesIn(flat(points), zoom, koganei).flatMap((one) => one.members);
			expect(members.toSorted((a, b) => a - b)).toEqual(points.map((_, n) => n));
		})
	);
});

test('what is out of view is not drawn; what is near is one, and comes apart when one looks closer', () => {
	const points = [
		{ lat: 35.7, lng: 139.5 },
		{ lat: 35.70005, lng: 139.50005 },
		{ lat: 36.7, lng: 139.5 }
	];
	const at = (zoom: number) => bunchesIn(flat(points), zoom, koganei).map((one) => one.members);
	expect(at(11).flat()).toEqual([0, 1]);
	expect(at(11).length).toBe(1);
	expect(at(NEAREST)).toEqual([[0], [1]]);
});

test('the same spot stays one even at the nearest, and a bunch keeps its key while the map is moved', () => {
	const points = flat(Array.from({ length: 3 }, () => ({ lat: 35.7, lng: 139.5 })));
	expect(bunchesIn(points, 18, koganei)).toHaveLength(1);
	const moved = { ...koganei, west: 139.45, north: 35.75 };
	expect(bunchesIn(points, 18, moved)[0]!.key).toBe(bunchesIn(points, 18, koganei)[0]!.key);
});

test('fifty thousand points are one pass', () => {
	const many = Array.from({ length: 50_000 }, (_, n) => ({
		lat: 35.6 + (n % 223) * 0.0009,
		lng: 139.4 + (n % 241) * 0.0008
	}));
	const points = flat(many);
	expect(bunchesIn(points, 13, koganei).reduce((sum, one) => sum + one.members.length, 0)).toBe(50_000);
});

test('eight directions, clockwise, each into the middle of its eighth', () => {
	const ahead = [1, 0.7, 0, -0.7, -1, -0.7, 0, 0.7];
	const aside = [0, 0.7, 1, 0.7, 0, -0.7, -1, -0.7];
	for (const [n, direction] of directions.entries())
		expect(directionOf([35.7, 139.5], [35.7 + ahead[n]! * 0.01, 139.5 + (aside[n]! * 0.01) / 0.812])).toBe(direction);
	// A little west of north is still north.
	expect(directionOf([35.7, 139.5], [35.71, 139.499])).toBe('n');
});

test('metres in tens, from a kilometre on with one decimal; the nearest first', () => {
	expect([4, 347, 994, 996, 1_249, 15_060].map(farWords)).toEqual([
		'0 m',
		'350 m',
		'990 m',
		'1.0 km',
		'1.2 km',
		'15.1 km'
	]);
	const [first, second] = byDistance(
		[35.7, 139.5],
		[
			{ lat: 35.71, lng: 139.5 },
			{ lat: 35.7, lng: 139.499 }
		]
	);
	expect([first!.direction, Math.round(first!.metres), second!.direction]).toEqual(['w', 90, 'n']);
});
