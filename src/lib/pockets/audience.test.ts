import { expect, test } from 'vitest';
import { seenBy, viewOf, type Audience, type Known } from './audience.ts';
import { purposes, type Consents } from './consent.ts';
import { kinds } from './pocket.ts';

const secret = { name: '髙橋 和子', contact: '店主の𠮷田', address: '101番地の1', phone: '042-000-9999' };
const known = (over: Partial<Known> = {}): Known => ({
	id: 'p1',
	number: 7,
	kind: 'home',
	...secret,
	town: '本町一丁目',
	school: 's1',
	lat: 35.7,
	lng: 139.5,
	hours: [null, { from: '14:00', to: '18:00' }, null, null, null, null, null],
	closed: '水曜は通院',
	confirmed: true,
	consents: { public: false, district: false, contact: false },
	...over
});
const every = purposes.reduce<Consents[]>(
	(all, purpose) => all.flatMap((one) => [one, { ...one, [purpose]: true }]),
	[{ public: false, district: false, contact: false }]
);
const said = (audience: Audience, pocket: Known) => JSON.stringify(seenBy(audience, pocket) ?? null);

test('whatever was agreed to, the public is told neither phone, nor address, nor whom to ask for, nor who lives in a home', () => {
	for (const kind of kinds)
		for (const consents of every) {
			const told = said('public', known({ kind, consents }));
			for (const word of [secret.contact, secret.address, secret.phone]) expect(told).not.toContain(word);
			if (kind === 'home') for (const word of [secret.name, '通院']) expect(told).not.toContain(word);
			if (!consents.public) expect(told).toBe('null');
		}
});

test('who watches in the district gets no phone and no name of a home, and no place that was not agreed to', () => {
	for (const kind of kinds)
		for (const consents of every) {
			const told = said('district', known({ kind, consents }));
			for (const word of [secret.contact, secret.address, secret.phone]) expect(told).not.toContain(word);
			if (kind === 'home') for (const word of [secret.name, '通院']) expect(told).not.toContain(word);
			expect(told === 'null').toBe(!consents.public && !consents.district);
		}
});

test('a shop that agreed only to its district is not named on the street', () => {
	const consents = { public: false, district: true, contact: false };
	expect(said('district', known({ kind: 'shop', consents }))).not.toContain(secret.name);
});

test('a school gets name and phone of those who agreed to it, and only them', () => {
	for (const consents of every) {
		const told = said('school', known({ consents }));
		expect(told.includes(secret.phone)).toBe(consents.district && consents.contact);
		expect(told.includes(secret.name)).toBe(consents.district && consents.contact);
	}
});

test('a home whose place is not known is on nobody’s map and counts in its town, whatever was agreed to', () => {
	for (const audience of ['public', 'district', 'school', 'office'] as const)
		for (const kind of kinds)
			for (const consents of every) {
				const { points, areas } = viewOf(audience, [known({ kind, consents, lat: null, lng: null })]);
				expect([points, areas]).toEqual([[], [{ town: '本町一丁目', count: 1 }]]);
			}
});

test('what has no point is a number in its town, and everything is one or the other', () => {
	const all = [
		known({ id: 'a', consents: { public: true, district: true, contact: true } }),
		known({ id: 'b' }),
		known({ id: 'c' }),
		known({ id: 'd', town: '中町三丁目' })
	];
	expect(viewOf('public', all)).toMatchObject({
		points: [{ id: 'a' }],
		areas: [
			{ town: '中町三丁目', count: 1 },
			{ town: '本町一丁目', count: 2 }
		]
	});
	expect(viewOf('office', all).points).toHaveLength(4);
});
