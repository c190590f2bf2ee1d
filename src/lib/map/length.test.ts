import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kmOf, lineFromText, metresBetween, metresOf, textOfLine, type Point } from './length.ts';

const station: Point = [35.701429, 139.50668]; // 武蔵小金井駅
const higashi: Point = [35.701438, 139.524026]; // 東小金井駅

describe('length', () => {
	test('one degree of the meridian', () => {
		expect(metresBetween([35, 139], [36, 139])).toBeCloseTo(111_195, -1);
	});
	test('two stations of Koganei are about 1.57 km apart', () => {
		expect(metresBetween(station, higashi)).toBeGreaterThan(1_550);
		expect(metresBetween(station, higashi)).toBeLessThan(1_580);
	});
	test('a line is the sum of its parts, a point has no length', () => {
		expect(metresOf([])).toBe(0);
		expect(metresOf([station])).toBe(0);
		expect(metresOf([station, higashi, station])).toBe(Math.round(2 * metresBetween(station, higashi)));
	});
	test('length is the same backwards, and across the date line', () => {
		const point = fc.tuple(
			fc.double({ min: -89, max: 89, noNaN: true }),
			fc.double({ min: -180, max: 180, noNaN: true })
		);
		fc.assert(
			fc.property(
				fc.array(point, { maxLength: 8 }),
				(line) => Math.abs(metresOf(line) - metresOf([...line].reverse())) <= 1
			)
		);
		expect(metresBetween([0, 179.999], [0, -179.999])).toBeLessThan(300);
	});
	test('text and back', () => {
		expect(lineFromText(textOfLine([station, higashi]))).toEqual([station, higashi]);
		expect(lineFromText('')).toEqual([]);
		expect(lineFromText('３５．７，１３９．５\r\n\n35.71 139.51')).toEqual([
			[35.7, 139.5],
			[35.71, 139.51]
		]);
	});
	test.each(['35.7', '35.7,139.5,1', '95,139', '35.7,200', '<script>, 1', 'NaN,NaN', '1e1,2'])(
		'%s is no point',
		(text) => {
			expect(lineFromText(text)).toBeUndefined();
		}
	);
	test('kilometres have one decimal', () => {
		expect(kmOf(2449)).toBe('2.4');
		expect(kmOf(0)).toBe('0.0');
	});
});
