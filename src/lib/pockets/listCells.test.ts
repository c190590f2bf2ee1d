import { expect, test } from 'vitest';
import { writtenDay } from '#lib/calendar/written.ts';
import { schoolFold, townsAmong, writtenAddress, writtenName, writtenPhone, writtenYes } from './listCells.ts';
import { writtenDays, writtenHours, writtenTime } from './listHours.ts';

test('a day in any of the ways offices write it, and no day where nobody knows which', () => {
	const days = [
		['R5.4.1', '2023-04-01'],
		['令和元年5月1日', '2019-05-01'],
		['令５／４／１', '2023-04-01'],
		['平成31年4月30日(火)', '2019-04-30'],
		['S63.1.7', '1988-01-07'],
		['2023-4-1', '2023-04-01'],
		['２０２３年４月１日', '2023-04-01'],
		['20230401', '2023-04-01'],
		['2023/04/01 0:00:00', '2023-04-01'],
		['45017', '2023-04-01']
	] as const;
	for (const [text, day] of days) expect(writtenDay(text), text).toBe(day);
	for (const text of ['', '令和5年4月', '23/4/1', 'R5.2.30', '4月1日', '不明', '12345678', 'R0.1.1'])
		expect(writtenDay(text), text).toBeUndefined();
});

test('weekdays, times and spans; what is no span stays words', () => {
	expect(writtenDays('月〜金')).toEqual([1, 2, 3, 4, 5]);
	expect(writtenDays('金曜日から月曜日')).toEqual([0, 1, 5, 6]);
	expect(writtenDays('土日祝')).toEqual([0, 6]);
	expect([writtenDays('たまに'), writtenDays('')]).toEqual([undefined, undefined]);
	expect(['9', '9時半', '午後5時', '17:05', '24:00', '25', '9:'].map(writtenTime)).toEqual([
		...['09:00', '09:30', '17:00', '17:05', '23:59'],
		undefined,
		undefined
	]);
	const span = { from: '09:00', to: '17:00' };
	expect(writtenHours('9時から17時まで', [1], 'none')).toEqual([{ days: [1], ...span }]);
	expect(writtenHours('平日9:00-17:00 土10-12', undefined, 'none')?.map(({ days }) => days)).toEqual([
		[1, 2, 3, 4, 5],
		[6]
	]);
	expect(writtenHours('9-17', undefined, 'week')?.[0]?.days).toEqual([1, 2, 3, 4, 5]);
	for (const text of ['9-17', '17-9', '午前中', '9:00-12:00 13:00-17:00', '月9-17くらい'])
		expect(writtenHours(text, text === '9-17' ? undefined : [1], 'none'), text).toBeUndefined();
});

test('an address is a town and the rest; only a town that is known gets its 丁目 from a hyphen', () => {
	const isTown = townsAmong(['桜町二丁目']);
	const split = (text: string) => Object.values(writtenAddress(text, '小金井市', isTown)).join('|');
	expect(split('〒184-0004 東京都小金井市本町１丁目２－３')).toBe('本町一丁目|２－３');
	expect(split('本町12-3-4 〇〇荘101')).toBe('本町十二丁目|3-4 〇〇荘101');
	expect(split('桜町2-3')).toBe('桜町二丁目|3');
	expect(split('桜町7-3')).toBe('桜町|7-3');
	expect(split('公園の中')).toBe('|');
});

test('names, numbers and yes as they come', () => {
	expect(writtenName('佐藤一郎・花子', 'home')).toEqual({ name: '佐藤一郎', kana: '', others: ['花子'] });
	expect(writtenName('カフェ・ド・花', 'shop').name).toBe('カフェ・ド・花');
	expect(writtenName('山田　太郎(ﾔﾏﾀﾞ ﾀﾛｳ)', 'home')).toEqual({ name: '山田 太郎', kana: 'ヤマダ タロウ', others: [] });
	expect(writtenName('青空書店(本店)', 'shop').name).toBe('青空書店(本店)');
	expect(writtenPhone('')).toEqual({ phone: '', more: false, zero: false });
	expect(writtenPhone('自宅：０４２（０００）８００１')?.phone).toBe('042-000-8001');
	expect(writtenPhone('9000000001')).toEqual({ phone: '09000000001', more: false, zero: true });
	expect([writtenPhone('381-1234'), writtenPhone('不明')]).toEqual([undefined, undefined]);
	expect(['○', '同意する', '×', '', '要相談'].map(writtenYes)).toEqual([true, true, false, false, undefined]);
	expect(new Set(['小金井市立本町小学校', '本町小', '本町小学校区', '本町小学区', '本町'].map(schoolFold)).size).toBe(
		1
	);
});
