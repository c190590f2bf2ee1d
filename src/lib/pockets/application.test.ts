import { expect, test } from 'vitest';
import { applicationForm, changeForm, officeForm } from './application.ts';
import { boxesOfPocket } from './boxes.ts';

const id = '01a00000-0000-7000-8000-000000000001';
const typed = {
	id,
	kind: 'shop',
	name: '㈱髙橋ベーカリー',
	kana: 'タカハシ',
	contact: '𠮷田',
	town: '本町一丁目',
	address: '1番1号',
	school: 's1',
	phone: '０４２ー０００ー７００１',
	closed: '',
	point: '３５.７, 139.51',
	'from:1': '9:00',
	'to:1': '18:00'
};

test('the one whom one asks for and what the school may be told are two boxes', () => {
	const { pocket, agreed } = applicationForm.parse({ ...typed, 'agree:contact': 'on' });
	expect(pocket.contact).toBe('𠮷田');
	expect(agreed).toEqual({ public: false, district: false, contact: true });
	expect(applicationForm.parse(typed).agreed.contact).toBe(false);
});

test('everything that is wrong is said at once, of the place at its one box', () => {
	const wrong = officeForm.safeParse({
		...typed,
		name: ' ',
		point: '本町',
		'to:1': '8:00',
		way: 'dove',
		on: '2026-13-01'
	});
	expect(wrong.error!.issues.map(({ path, message }) => [path[0], message]).sort()).toEqual([
		['name', 'error_required'],
		['on', 'error_day'],
		['point', 'error_pockets_point'],
		['to:1', 'error_pockets_hours'],
		['way', 'error_choose']
	]);
	for (const point of ['35.7', '35.7, 139.5\n35.8, 139.6', '95, 139'])
		expect(changeForm.safeParse({ ...typed, point }).success, point).toBe(false);
});

test('a place may be left out: the office sets it by the address', () => {
	const { pocket } = applicationForm.parse({ ...typed, point: ' ' });
	expect([pocket.lat, pocket.lng]).toEqual([null, null]);
	expect(boxesOfPocket(pocket)['point']).toBe('');
});

test('what is stored, shown in the boxes and sent back has not changed, to the last digit of its place', () => {
	const stored = {
		...applicationForm.parse(typed).pocket,
		lat: 35.70550612345,
		lng: 139.52167298765
	};
	expect(changeForm.parse(boxesOfPocket(stored)).pocket).toEqual(stored);
});
