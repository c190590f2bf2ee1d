import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import { fromCsv, toCsv } from '#lib/server/csv.ts';
import { viewOf, type Known } from './audience.ts';
import { geojsonOf } from './geojson.ts';
import { heads, openRows } from './openData.ts';
import { pinOfFeature, type Pin } from './pin.ts';
import PinSaid from './PinSaid.svelte';
import PocketMap from './PocketMap.svelte';
import PocketSheet from './PocketSheet.svelte';

/** What people type as a name. Marks that turn the direction of writing are left open on purpose. */
const typed = [
	'<img src=x onerror=alert(1)>書店',
	'</script><script>alert(1)</script>',
	'"><svg/onload=alert(1)>&amp;',
	'\u202eんほ\u2066店',
	'髙𠮷 邊󠄀 か\u3099',
	'👨‍👩‍👧‍👦🏠🇯🇵'
];
const hours = Array.from({ length: 7 }, () => ({ from: '10:00', to: '19:00' }));
const pins: Pin[] = typed.map((name, n) => ({
	...{ number: n + 1, kind: 'shop', name, contact: `主${name}`, address: `番${name}`, closed: `休${name}` },
	...{ school: `学${name}`, town: `町${name}`, phone: '042-000-9999', lat: 35.7, lng: 139.5, hours }
}));
const known: Known[] = pins.map((pin) => ({
	...{ ...pin, id: `p${pin.number}`, contact: null, phone: null, confirmed: true, address: '', closed: pin.closed! },
	...{ name: pin.name!, consents: { public: true, district: true, contact: true } }
}));
const map = geojsonOf(viewOf('public', known), new Map(pins.map(({ school }) => [school, school])), {
	programme: typed[0]!,
	attribution: '',
	terms: ''
});

const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
/** What stands on the page for eyes: without elements, its signs as they were. */
const textOf = (html: string) =>
	html
		.replace(/<!--.*?-->/gs, '')
		.replace(/<[a-z/][^<>]*>/g, '')
		.replace(/&(amp|lt|gt|quot|#39);/g, (_, sign: string) => signs[sign]!);
/** No element of theirs came to be, and none of ours carries a deed. */
const harmless = (html: string) =>
	expect(html.replace(/="[^"]*"/g, '=')).not.toMatch(/<(img|script|svg\/)|<[a-z][^<>]*\son[a-z]+=/);

const base = { tiles: '', attribution: typed[0]!, lat: 35.7, lng: 139.5, zoom: 14 };
const now = { weekday: 1, time: '12:00' };

test('words below the map: text to the letter, each shut in by itself', () => {
	const { body } = render(PinSaid, { props: { pins, now } });
	harmless(body);
	const text = textOf(body);
	for (const { name, contact, address, closed, school, town } of pins)
		for (const word of [name, contact, address, closed, school, town]) expect(text).toContain(word);
	// A name that turns the direction of writing turns nothing that stands beside it.
	expect(body).toMatch(/<bdi>\u202eんほ\u2066店<\/bdi>/);
});

test('the list beside the map, its title and its source', () => {
	const filter = { kind: '', open: false, school: '' } as const;
	const schools = pins.map(({ school }) => school);
	const { body } = render(PocketMap, {
		props: {
			base,
			title: typed[2]!,
			pins,
			count: pins.length,
			from: 0,
			schools,
			filter,
			now,
			page: '/map',
			remember() {}
		}
	});
	harmless(body);
	const text = textOf(body);
	for (const word of [...typed, ...schools, base.attribution]) expect(text).toContain(word);
});

test('the sheet on paper', () => {
	const sheet = { school: typed[0]!, paper: 'a4', what: 'own' } as const;
	const { body } = render(PocketSheet, {
		props: {
			sheet,
			pins,
			schools: [],
			programme: typed[2]!,
			of: typed[1]!,
			base,
			today: '2026-11-22',
			page: '/map/sheet'
		}
	});
	harmless(body);
	const text = textOf(body);
	for (const { name, contact, closed, town } of pins)
		for (const word of [name, contact, closed, town]) expect(text).toContain(word);
	for (const word of [sheet.school, typed[1], typed[2]]) expect(text).toContain(word);
});

test('through the public map and its open data every sign comes out as it went in', () => {
	const back = (JSON.parse(JSON.stringify(map)) as typeof map).features.map(pinOfFeature);
	expect(back.map(({ name, closed, town, school }) => [name, closed, town, school])).toEqual(
		pins.map(({ name, closed, town, school }) => [name, closed, town, school])
	);
	const csv = toCsv(heads, openRows(map, { city: '小金井市' }));
	const { rows } = fromCsv(new TextEncoder().encode(csv));
	expect(rows.map((row) => [row['名称'], row['利用可能日時特記事項']])).toEqual(
		pins.map(({ name, closed }) => [name, closed])
	);
});
