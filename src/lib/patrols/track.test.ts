import { describe, expect, it } from 'vitest';
import { counts, walkedMetres, type Fix } from './track.ts';
import { walkedLine } from './walked-line.ts';

/** `metres` north of 緑町, `seconds` after the start. */
const at = (metres: number, seconds: number, accuracy = 8): Fix => ({
	lat: 35.7 + metres / 111_195,
	lng: 139.5,
	accuracy,
	at: seconds * 1000
});
const walk = (fixes: Fix[]) =>
	fixes.reduce<Fix[]>((track, fix) => (counts(track, fix, 'foot') ? [...track, fix] : track), []);

describe('a walked line', () => {
	it('counts an even walk', () => {
		const track = walk(Array.from({ length: 61 }, (_, i) => at(i * 12, i * 10)));
		expect(walkedMetres(track)).toBeGreaterThan(715);
		expect(walkedMetres(track)).toBeLessThan(725);
	});

	it('does not grow while somebody stands still', () => {
		const jitter = Array.from({ length: 200 }, (_, i) => at((i % 3) * 3, i * 5, 12));
		expect(walkedMetres(walk(jitter))).toBe(0);
	});

	it('ignores a jump, a blur, a clock that went back and what is no number', () => {
		const track = [at(0, 0)];
		expect(counts(track, at(900, 10), 'foot')).toBe(false);
		expect(counts(track, at(20, 10, 51), 'foot')).toBe(false);
		expect(counts(track, at(20, 10, NaN), 'foot')).toBe(false);
		expect(counts(track, at(20, -10), 'foot')).toBe(false);
		expect(counts(track, { ...at(20, 10), lat: NaN }, 'foot')).toBe(false);
		expect(counts(track, at(20, 10), 'foot')).toBe(true);
	});

	it('lets a bicycle and a car be faster', () => {
		expect(counts([at(0, 0)], at(80, 10), 'foot')).toBe(false);
		expect(counts([at(0, 0)], at(80, 10), 'bicycle')).toBe(true);
		expect(counts([at(0, 0)], at(250, 10), 'blueCar')).toBe(true);
	});

	it('goes on after a pocket: the phone slept for twenty minutes', () => {
		expect(walkedMetres(walk([at(0, 0), at(1000, 1200)]))).toBe(1000);
	});

	it('is thinned when it is kept', () => {
		const line = walkedLine(Array.from({ length: 200 }, (_, i) => at(i * 10, i * 10)));
		expect(JSON.parse(line!).coordinates).toHaveLength(2);
		expect(line).not.toContain('accuracy');
		expect(walkedLine([at(0, 0)])).toBeUndefined();
	});
});
