import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { Cell, Table } from './measure.ts';
import { linesOf } from './measure.ts';
import { tableCsv } from './tableCsv.server.ts';

const columns = ['year', 'era', 'number', 'measure', 'section', 'key', 'figure', 'value', 'words', 'unit', 'basis'];
const figure = (metric: string) => ({ name: `=${metric}`, unit: '台', basis: 'times' });

const placement = (words: string) => ({
	words,
	hangsOn: null,
	freshIn: null,
	fromYear: 2019,
	untilYear: null,
	id: words
});
function cellWith(values: Record<string, number | string[]>): Cell {
	const placements = ['車両数 {cars}台', '{partners}と{runs}回', '防犯ブザー {buzzers}個'].map(placement);
	return {
		id: 'c',
		section: 's',
		sectionName: '地域安全課',
		...linesOf(placements, [], values, new Set(['buzzers']), 2024)
	};
}
const table = (previous: Cell, current: Cell): Table => ({
	plan: '計画',
	fiscalYear: 2024,
	values: { previous: {}, current: {} },
	rows: [
		{
			...{ id: 'm', number: 1, chapter: '章', heading: '節', name: '見回り,"改行\n"', content: '', cityWide: false },
			...{ sections: ['地域安全課'], previous: [previous], current: [current], next: [] }
		}
	]
});

const before = cellWith({ cars: 13, runs: 1203, partners: ['消防署', '警察署'], buzzers: 0 });
const now = cellWith({ cars: 0, runs: 0 });
const csv = tableCsv(table(before, now), { columns, figure });
const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[];

test('one table: the heads on line 1, as many cells in every line, UTF-8 with BOM and CRLF', () => {
	expect(csv.startsWith(`\uFEFF${columns.join(',')}\r\n`)).toBe(true);
	expect(rows).toHaveLength(8);
	expect(rows.every((row) => Object.keys(row).length === columns.length)).toBe(true);
	expect(csv.replaceAll('\r\n', '').includes('\r')).toBe(false);
});

test('numbers without units and commas, the western year beside the era', () => {
	expect(rows[2]).toMatchObject({ year: '2023', era: '令和5年度', key: 'runs', value: '1203', words: '', unit: '台' });
	expect(rows[1]).toMatchObject({ key: 'partners', value: '', words: '消防署、警察署' });
	expect(rows.filter(({ value }) => value !== '').every(({ value }) => /^\d+$/.test(value!))).toBe(true);
});

test('blank is not nought: counted none is 0, not typed is empty', () => {
	const of = (year: string, key: string) => rows.find((row) => row['year'] === year && row['key'] === key)!['value'];
	expect([of('2023', 'buzzers'), of('2024', 'buzzers'), of('2024', 'cars')]).toEqual(['0', '', '0']);
});

test('no cell is a formula, and a line break in a name stays in its cell', () => {
	expect(rows[0]!['figure']).toBe("'=cars");
	expect(rows[0]!['measure']).toBe('見回り,"改行\n"');
});

test('what is missing is what nobody typed, not what was typed as nought', () => {
	expect(now.missing).toEqual(['buzzers']);
	expect(before.missing).toEqual([]);
});
