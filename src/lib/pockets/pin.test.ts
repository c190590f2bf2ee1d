import { expect, test } from 'vitest';
import { instantOf } from '#lib/calendar/day.ts';
import type { Seen } from './audience.ts';
import { filterIn, inOrder, joined, momentOf, narrowed, pinOf, queryOf, startIn, type Pin } from './pin.ts';
import { hoursWords } from './pinWords.ts';
import { onSheet, sheetIn } from './sheet.ts';

const day = { from: '14:00', to: '18:00' };
const pin = (over: Partial<Pin> = {}): Pin => ({
	number: 1,
	kind: 'home',
	school: '第一小学校',
	town: '本町一丁目',
	lat: 35.7,
	lng: 139.5,
	hours: [null, day, day, day, null, day, null],
	...over
});

test('the filter stands in the address and comes back from it; what it does not know is nothing', () => {
	const filter = { kind: 'shop', open: true, school: '第一小学校' } as const;
	expect(filterIn(new URLSearchParams(queryOf(filter)))).toEqual(filter);
	expect(queryOf({ kind: '', open: false, school: '' })).toBe('');
	expect(filterIn(new URLSearchParams('kind=secret&open=yes&from=30'))).toEqual({ kind: '', open: false, school: '' });
	expect(['30', '-1', '1e99', 'x', ''].map((from) => startIn(new URLSearchParams({ from })))).toEqual([30, 0, 0, 0, 0]);
});

test('open is meant in Japan, whatever the machine says; the end itself is closed', () => {
	const monday = '2026-11-23';
	const found = (time: string, on = monday) =>
		narrowed([pin()], { kind: '', open: true, school: '' }, momentOf(instantOf(on, time))).length;
	expect([found('13:59'), found('14:00'), found('17:59'), found('18:00')]).toEqual([0, 1, 1, 0]);
	expect(found('15:00', '2026-11-22')).toBe(0);
	expect(momentOf(new Date('2026-11-22T15:00:00Z'))).toEqual({ weekday: 1, time: '00:00' });
});

test('by kind and school, in the order of towns and numbers', () => {
	const all = inOrder([
		pin({ number: 3, kind: 'shop' }),
		pin({ number: 2, town: '中町三丁目', school: '緑小学校' }),
		pin({ number: 1 })
	]);
	expect(all.map((one) => one.number)).toEqual([2, 1, 3]);
	const of = (kind: 'shop' | '', school: string) =>
		narrowed(all, { kind, open: false, school }, { weekday: 1, time: '12:00' }).map((one) => one.number);
	expect([of('shop', ''), of('', '緑小学校'), of('shop', '緑小学校')]).toEqual([[3], [2], []]);
	expect(onSheet(all, sheetIn(new URLSearchParams({ school: '第一小学校' }))).map((one) => one.number)).toEqual([1, 3]);
	expect(sheetIn(new URLSearchParams('what=all&paper=a0'))).toEqual({ school: '', paper: 'a4', what: 'public' });
});

test('a pin carries the name of its school and no id', () => {
	const { school: _, ...rest } = pin();
	const seen: Seen = { ...rest, id: 'p1', school: 's1' };
	expect(pinOf(seen, new Map([['s1', '緑小学校']]))).toEqual({ ...rest, school: '緑小学校' });
});

test('a town of two districts is one number', () => {
	const areas = ['本町', '中町', '本町'].map((town, n) => ({ town, count: n + 1 }));
	expect(joined(areas)).toEqual([
		{ town: '中町', count: 2 },
		{ town: '本町', count: 4 }
	]);
});

test('hours in words: three days in a row are a span, all seven every day', () => {
	expect(hoursWords(pin().hours, 'ja')).toBe('月–水・金 14:00–18:00');
	expect(hoursWords([null, day, day, null, null, null, { from: '09:00', to: '12:00' }], 'ja')).toBe(
		'月・火 14:00–18:00、土 9:00–12:00'
	);
	expect(
		hoursWords(
			Array.from({ length: 7 }, () => day),
			'ja'
		)
	).toBe('毎日 14:00–18:00');
	expect(hoursWords([day, null, null, null, null, null, day], 'en')).toBe('Sat, Sun 14:00–18:00');
	expect(
		hoursWords(
			Array.from({ length: 7 }, () => null),
			'ja'
		)
	).toBe('');
});
