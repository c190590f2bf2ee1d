import { describe, expect, it } from 'vitest';
import { signature } from '#lib/equipment/handover.ts';
import { begin, draw } from './strokes.ts';

describe('what a finger draws', () => {
	it('is a path, a dot where it only taps', () => {
		let path = begin('', { x: 1.4, y: 2.6 });
		expect(path).toBe('M1 3L1 3');
		({ path } = draw(path, { x: 1.4, y: 2.6 }, { x: 10, y: 20 }));
		expect(begin(path, { x: 50, y: 50 })).toBe('M1 3L1 3L10 20M50 50L50 50');
	});
	it('stays in its box, and leaves out what says nothing', () => {
		expect(begin('', { x: -30, y: 400 })).toBe('M0 100L0 100');
		const last = { x: 5, y: 5 };
		expect(draw('M5 5', last, { x: 6, y: 6 })).toEqual({ path: 'M5 5', last });
	});
	it('is never longer than may be kept, however long somebody scribbles', () => {
		let path = begin('', { x: 0, y: 0 });
		let last = { x: 0, y: 0 };
		for (let n = 1; n < 5000; n++) {
			({ path, last } = draw(path, last, { x: (n * 37) % 300, y: (n * 53) % 100 }));
			if (n % 50 === 0) path = begin(path, last);
		}
		expect(path.length).toBeGreaterThan(7900);
		expect(signature.safeParse(path).success).toBe(true);
	});
});
