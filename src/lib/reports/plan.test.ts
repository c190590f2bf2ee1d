import { expect, test } from 'vitest';
import { lineOf, problemIn, textOf } from './line.ts';
import { isMetric } from './metric.ts';
import { moved } from './order.ts';
import { lineForm, measureForm, newFigureForm } from './plan.ts';

const id = '0191d0a0-0000-7000-8000-000000000001';
const errorsOf = (found: { error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined }) =>
	found.error!.issues.map((issue) => [issue.path[0], issue.message]);

test.each([
	['{cityRuns}回', undefined],
	['広報を実施', undefined],
	['{cityRuns回', { code: 'error_line_braces' }],
	['cityRuns}回', { code: 'error_line_braces' }],
	['{}回', { code: 'error_line_braces' }],
	['{{cityRuns}}回', { code: 'error_line_braces' }],
	['{cars}台 {runs}回 {km}', { code: 'error_line_metric', name: 'runs' }],
	['{パトロール回数}回', { code: 'error_line_metric', name: 'パトロール回数' }]
])('the words %s', (words, wrong) => expect(problemIn(words, isMetric)).toEqual(wrong));

test('a Japanese keyboard’s braces and letters are those of a figure, a line is one line, its point goes', () => {
	const sent = lineForm.parse({ id, words: '・パトロール\r\n　｛ｃｉｔｙＲｕｎｓ　｝回 ', fromYear: '2024' });
	expect(sent).toMatchObject({
		words: 'パトロール{cityRuns}回',
		hangsOn: null,
		freshIn: null,
		untilYear: null,
		how: 'all'
	});
	expect(textOf(lineOf(sent.words, null, { cityRuns: 1016 })!)).toBe('パトロール1,016回');
});

test('a line is told what is wrong with it at its box', () => {
	const long = lineForm.safeParse({ id, words: 'あ'.repeat(201), fromYear: '2024' });
	expect(errorsOf(long)).toEqual([['words', 'error_line_long']]);
	const back = lineForm.safeParse({ id, words: 'あ', fromYear: '2024', untilYear: '2023' });
	expect(errorsOf(back)).toEqual([['untilYear', 'error_years']]);
	const empty = lineForm.safeParse({ id, words: '・ ', fromYear: '' });
	expect(errorsOf(empty)).toEqual([
		['words', 'error_required'],
		['fromYear', 'error_required']
	]);
});

test('a measure: full-width number, no heading needed, not before 令和元年', () => {
	const sent = { number: '１２', chapter: '1 章', name: '名', fromYear: '2019' };
	expect(measureForm.parse(sent)).toMatchObject({ number: 12, heading: null, content: null, cityWide: false });
	expect(errorsOf(measureForm.safeParse({ ...sent, number: '1.5', fromYear: '2018' }))).toEqual([
		['number', 'error_number'],
		['fromYear', 'error_required']
	]);
});

test('a figure’s key begins with a small letter, or is left out', () => {
	const sent = { id, name: '標識', basis: 'sum', section: 'x' };
	expect(newFigureForm.parse({ ...sent, key: ' ' }).key).toBeNull();
	expect(newFigureForm.parse({ ...sent, key: 'signs2' }).key).toBe('signs2');
	for (const key of ['Signs', '2signs', 'si gns', '標識', 'a}b'])
		expect(errorsOf(newFigureForm.safeParse({ ...sent, key }))).toEqual([['key', 'error_figure_key']]);
});

test('an order is changed one thing at a time and knows its ends', () => {
	expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
	expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
	expect(moved(['a', 'b', 'c'], 1, 99)).toEqual(['a', 'c', 'b']);
	expect(moved(['a', 'b', 'c'], 1, NaN)).toEqual(['b', 'a', 'c']);
});
