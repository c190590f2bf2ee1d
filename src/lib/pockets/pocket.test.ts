import { expect, test } from 'vitest';
import { addressFold, phoneFold } from './fold.ts';
import { isOpen, spansOf } from './hours.ts';
import { boxesOf, hoursErrors, hoursIn } from './hoursForm.ts';
import { pocketForm, registeredOnDay } from './pocket.ts';

const boxes = {
	kind: 'shop',
	name: '㈱髙﨑商店①',
	kana: 'タカサキ',
	town: '本町一丁目',
	address: '１２番３号',
	school: 's1',
	phone: '０４２（０００）０００１',
	lat: '３５．７',
	lng: '139.5',
	'from:1': '9:00',
	'to:1': '１８：００'
};

test('names stay as typed, digits are folded, hours are read from their boxes', () => {
	const found = pocketForm.parse(boxes);
	expect(found).toMatchObject({
		name: '㈱髙﨑商店①',
		kana: 'たかさき',
		phone: '042-000-0001',
		lat: 35.7,
		contact: null
	});
	expect(found.hours).toEqual([null, { from: '09:00', to: '18:00' }, null, null, null, null, null]);
	expect(hoursIn(boxesOf(found.hours))).toEqual(found.hours);
});

test('each wrong box has its own sentence', () => {
	const wrong = {
		...boxes,
		name: '　',
		kind: 'castle',
		phone: '12',
		lat: '95',
		'from:2': '10:00',
		'from:3': '12:00',
		'to:3': '9:00'
	};
	const fields = new Map(
		pocketForm.safeParse(wrong).error!.issues.map((one) => [String(one.path[0]), one.message] as const)
	);
	expect(Object.fromEntries(fields)).toEqual({
		kind: 'error_choose',
		name: 'error_required',
		phone: 'error_phone',
		lat: 'error_pockets_point'
	});
	expect(hoursErrors(wrong)).toEqual({ 'to:2': 'error_required', 'to:3': 'error_pockets_hours' });
});

test('open until the end, not at it; same hours are told together', () => {
	const hours = hoursIn({
		'from:1': '09:00',
		'to:1': '18:00',
		'from:2': '09:00',
		'to:2': '18:00',
		'from:0': '10:00',
		'to:0': '12:00'
	});
	expect([
		isOpen(hours, 1, '09:00'),
		isOpen(hours, 1, '17:59'),
		isOpen(hours, 1, '18:00'),
		isOpen(hours, 3, '10:00')
	]).toEqual([true, true, false, false]);
	expect(spansOf(hours)).toEqual([
		{ days: [1, 2], from: '09:00', to: '18:00' },
		{ days: [0], from: '10:00', to: '12:00' }
	]);
});

test('the day it is registered counts, the day it ends does not', () => {
	const one = { registeredOn: '2024-04-01', endedOn: '2025-03-31' };
	expect(['2024-03-31', '2024-04-01', '2025-03-30', '2025-03-31'].map((day) => registeredOnDay(one, day))).toEqual([
		false,
		true,
		true,
		false
	]);
});

test('one house, however it is written', () => {
	const ways = ['本町一丁目2番3号', '本町１丁目２－３', '本町 1-2-3', '本町一丁目２番地の３', '本町1丁目2の3'];
	expect(new Set(ways.map(addressFold)).size).toBe(1);
	expect(addressFold('本町十二丁目1')).toBe(addressFold('本町12-1'));
	expect(addressFold('本町1-23')).not.toBe(addressFold('本町12-3'));
	expect(phoneFold('042-000-0001')).toBe('0420000001');
	expect(phoneFold(null)).toBeNull();
});
