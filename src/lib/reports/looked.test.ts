import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesOf, lookForm, shownKey, shownOf } from './looked.ts';
import type { Cell, Table } from './measure.ts';

const id = (n: number) => `019aa000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const cell = (n: number, ...lines: string[]): Cell => ({
	id: id(n),
	section: id(0),
	sectionName: '地域安全課',
	lines: lines.map((text) => ({ parts: [{ text }], from: 'rows', fresh: false })),
	figures: [],
	missing: []
});
const table = (current: Cell[], next: Cell[] = []): Table => ({
	plan: '計画',
	fiscalYear: 2024,
	values: { previous: {}, current: {} },
	rows: [
		{
			...{ id: id(9), number: 1, chapter: '1', heading: '(1)', name: 'パトロール', content: '', cityWide: false },
			...{ sections: ['地域安全課'], previous: [], current, next }
		}
	]
});
const send = (shown: unknown) =>
	lookForm.safeParse({ plan: id(8), shown: typeof shown === 'string' ? shown : JSON.stringify(shown) });

test('a cell that says something else is told with what it said, one that says the same is not', () => {
	const before = shownOf(table([cell(1, '車両数 13台', 'パトロール回数 202回'), cell(2, '巡回')]));
	const { changed, gone } = changesOf(before, table([cell(1, '車両数 13台', 'パトロール回数 203回'), cell(2, '巡回')]));
	expect(changed).toEqual([
		{
			...{ key: shownKey('current', id(1)), column: 'current', cell: id(1), number: 1, name: 'パトロール' },
			...{
				sectionName: '地域安全課',
				was: '車両数 13台\nパトロール回数 202回',
				is: '車両数 13台\nパトロール回数 203回'
			}
		}
	]);
	expect(gone).toBe(0);
});

test('a cell that came is told, one that went is counted, one without lines says nothing and is a cell all the same', () => {
	const before = shownOf(table([cell(1, '巡回'), cell(2)], [cell(1)]));
	const { changed, gone } = changesOf(before, table([cell(2, '講習会'), cell(3)], [cell(1, '予定')]));
	expect(changed.map(({ key, was, is }) => [key, was, is])).toEqual([
		[shownKey('current', id(2)), '', '講習会'],
		[shownKey('current', id(3)), undefined, ''],
		[shownKey('next', id(1)), '', '予定']
	]);
	expect(gone).toBe(1);
});

test('what a page shows comes back through its form as it was, and then nothing is different', () => {
	const lines = fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 3 });
	fc.assert(
		fc.property(fc.array(lines, { maxLength: 6 }), (cells) => {
			const shows = table(cells.map((lines, n) => cell(n + 1, ...lines)));
			const sent = send(shownOf(shows));
			expect(sent.data?.shown).toEqual(shownOf(shows));
			expect(changesOf(sent.data!.shown, shows)).toEqual({ changed: [], gone: 0 });
		}),
		{ numRuns: 40 }
	);
});

test.each([
	['no JSON', '{'],
	['no cells', [1]],
	['words instead of a cell', { [shownKey('current', id(1))]: 3 }],
	['a key that is none', { 'current __proto__': 'x' }],
	['more cells than any plan has', Object.fromEntries(Array.from({ length: 2001 }, (_, n) => [`next ${id(n)}`, '']))],
	['more text than any plan has', { [shownKey('next', id(1))]: 'あ'.repeat(120_001) }]
])('refuses %s', (_, shown) => {
	expect(send(shown).success).toBe(false);
});
