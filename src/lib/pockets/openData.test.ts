import { expect, test } from 'vitest';
import { toCsv } from '#lib/server/csv.ts';
import { viewOf, type Known } from './audience.ts';
import { geojsonOf } from './geojson.ts';
import { heads, openRows } from './openData.ts';

const noon = { from: '10:00', to: '19:00' };
const shop: Known = {
	...{ id: 'p1', number: 7, kind: 'shop', name: '=青空書店', contact: '店主の𠮷田', town: '中町三丁目', school: 's1' },
	...{ address: '101番地の1', phone: '042-000-9999', lat: 35.698597, lng: 139.513443, closed: '祝日', confirmed: true },
	hours: [noon, noon, noon, null, null, null, null],
	consents: { public: true, district: true, contact: true }
};
const home: Known = {
	...shop,
	id: 'p2',
	number: 8,
	kind: 'home',
	name: '髙橋 和子',
	hours: [null, noon, { ...noon, to: '12:00' }]
};
const silent: Known = { ...shop, id: 'p3', number: 9, consents: { public: false, district: true, contact: true } };
const unplaced: Known = { ...shop, id: 'p4', number: 10, lat: null, lng: null };

const words = { programme: 'こども110番の家', attribution: '小金井市', terms: '' };
const rows = (code?: string) =>
	openRows(geojsonOf(viewOf('public', [shop, home, silent, unplaced]), new Map([['s1', '第一小学校']]), words), {
		city: '小金井市',
		code
	}).map((row) => Object.fromEntries(row.map((cell, n) => [heads[n]!, cell])));

test('a row for everybody on the public map, under the 38 heads of the layout, and none for anybody else', () => {
	expect([heads.length, new Set(heads).size]).toEqual([38, 38]);
	const [first, second, ...others] = rows('132101');
	expect(others).toEqual([]);
	expect(first).toMatchObject({
		...{ 全国地方公共団体コード: '132101', ID: 7, 地方公共団体名: '東京都小金井市', 名称: '=青空書店' },
		...{ 所在地_連結表記: '東京都小金井市中町三丁目', 所在地_都道府県: '東京都', 所在地_番地以下: '', 電話番号: '' },
		...{ 緯度: 35.698597, 経度: 139.513443, 利用可能曜日: '月火日', 開始時間: '10:00', 終了時間: '19:00' },
		...{ 利用可能日時特記事項: '祝日', 備考: '学区: 第一小学校' }
	});
	expect(second).toMatchObject({
		...{
			名称: 'こども110番の家 8',
			利用可能曜日: '月火',
			開始時間: '',
			終了時間: '',
			説明: 'こども110番の家（一般家庭）'
		},
		利用可能日時特記事項: '月 10:00-19:00、火 10:00-12:00'
	});
	expect(rows()[0]).toMatchObject({ 全国地方公共団体コード: '', 地方公共団体名: '小金井市', 所在地_都道府県: '' });
});

test('it says nothing that the public may not know, and no cell of it is a formula', () => {
	const text = toCsv(
		heads,
		rows().map((row) => Object.values(row))
	);
	for (const word of [home.name, shop.contact!, shop.address, shop.phone!, 'p1']) expect(text).not.toContain(word);
	expect(text).toContain("'=青空書店");
	expect(text.startsWith('\uFEFF全国')).toBe(true);
});
