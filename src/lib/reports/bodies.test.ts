import { describe, expect, it } from 'vitest';
import { bodiesAPage, bodiesAt, type BodiesPage } from './bodies.ts';

const lines = (bodies: number) =>
	Array.from({ length: bodies }, (_, n) => [
		{ association: `b${n}`, programme: 'patrol' },
		{ association: `b${n}`, programme: 'greeting' }
	]).flat();

describe('the bodies of a report, a page at a time', () => {
	it('shows a small town whole', () => {
		const shown = bodiesAt(lines(bodiesAPage), null);
		expect(shown).toMatchObject({ from: 1, to: bodiesAPage, count: bodiesAPage, previous: undefined, next: undefined });
		expect(shown.lines).toHaveLength(2 * bodiesAPage);
	});

	it('leafs through a city without losing or doubling a body, and never parts the lines of one', () => {
		const all = lines(2 * bodiesAPage + 1);
		const seen: ReturnType<typeof lines> = [];
		for (let page: number | undefined = 1; page;) {
			const shown: BodiesPage<(typeof all)[number]> = bodiesAt(all, String(page));
			seen.push(...shown.lines);
			expect(shown.to - shown.from + 1).toBe(shown.lines.length / 2);
			page = shown.next;
		}
		expect(seen).toEqual(all);
		expect(bodiesAt(all, '3')).toMatchObject({ from: 101, to: 101, previous: 2, next: undefined });
		expect(bodiesAt(all, 'all').lines).toEqual(all);
	});

	it.each(['0', '-1', 'x', '1e9', '', '９'])('%j is the first page', (asked) =>
		expect(bodiesAt(lines(120), asked)).toMatchObject({ from: 1, previous: undefined })
	);

	it('a page behind the last is the last', () =>
		expect(bodiesAt(lines(120), '77')).toMatchObject({ from: 101, to: 120 }));
});
