import { expect, test } from 'vitest';
import { viewOf, type Known } from './audience.ts';
import { geojsonOf } from './geojson.ts';
import { sameAs } from '../../routes/api/v1/pockets.geojson/etag.ts';

const hours = [null, { from: '10:00', to: '19:00' }, null, null, null, null, null];
const shop: Known = {
	id: '019abf2e-0000-7000-8000-000000000001',
	number: 7,
	kind: 'shop',
	name: '青空書店',
	contact: '店主',
	town: '中町三丁目',
	address: '1番1号',
	phone: '042-000-9999',
	school: 's1',
	lat: 35.698597,
	lng: 139.513443,
	hours,
	closed: '祝日',
	confirmed: false,
	consents: { public: true, district: true, contact: true }
};
const schools = new Map([['s1', '第一小学校']]);
const words = { programme: 'こども110番の家', attribution: '東京都', terms: '同意した場所だけ' };
const said = (pockets: Known[]) => JSON.stringify(geojsonOf(viewOf('public', pockets), schools, words), null, '\t');

/** What readers elsewhere rely on. Members may be added to it; whoever changes one breaks them, and the promise of the README. */
test('the shape that is promised, to the letter', () => {
	const home: Known = { ...shop, number: 8, kind: 'home', name: '𠮷田', closed: '通院' };
	const hidden: Known = { ...shop, number: 9, consents: { public: false, district: true, contact: true } };
	expect(said([shop, home, hidden])).toBe(`{
	"type": "FeatureCollection",
	"programme": "こども110番の家",
	"attribution": "東京都",
	"terms": "同意した場所だけ",
	"areas": [
		{
			"town": "中町三丁目",
			"count": 1
		}
	],
	"features": [
		{
			"type": "Feature",
			"geometry": {
				"type": "Point",
				"coordinates": [
					139.513443,
					35.698597
				]
			},
			"properties": {
				"number": 7,
				"kind": "shop",
				"name": "青空書店",
				"town": "中町三丁目",
				"school": "第一小学校",
				"hours": [
					null,
					{
						"from": "10:00",
						"to": "19:00"
					},
					null,
					null,
					null,
					null,
					null
				],
				"closed": "祝日"
			}
		},
		{
			"type": "Feature",
			"geometry": {
				"type": "Point",
				"coordinates": [
					139.513443,
					35.698597
				]
			},
			"properties": {
				"number": 8,
				"kind": "home",
				"town": "中町三丁目",
				"school": "第一小学校",
				"hours": [
					null,
					{
						"from": "10:00",
						"to": "19:00"
					},
					null,
					null,
					null,
					null,
					null
				]
			}
		}
	]
}`);
});

test('a field that an audience learns some day does not get out by itself', () => {
	const view = viewOf('public', [shop]);
	const loose = { ...view, points: view.points.map((one) => ({ ...one, phone: '042-000-9999', address: '1番1号' })) };
	const text = JSON.stringify(geojsonOf(loose, schools, words));
	for (const word of ['042-000-9999', '1番1号', shop.id]) expect(text).not.toContain(word);
});

test('an ETag is known again, alone, among others and marked weak', () => {
	for (const asked of ['"abc"', 'W/"abc"', '"x", "abc"', '*']) expect(sameAs(asked, '"abc"'), asked).toBe(true);
	for (const asked of [null, '', '"x"', 'abc']) expect(sameAs(asked, '"abc"'), String(asked)).toBe(false);
});
