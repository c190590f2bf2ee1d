import { expect, test } from 'vitest';
import * as fixture from '../../../tests/fixtures/pocket-list.ts';
import { guessed } from './listFields.ts';
import { readList } from './listFile.server.ts';
import { heads } from './openData.ts';

test('the file of a Japanese spreadsheet says the same, and so does one with a mark at its beginning', async () => {
	const told = (bytes: Uint8Array) => {
		const { heads, lines } = readList(bytes);
		return [heads, lines];
	};
	// CP932 has one wave of the two, and neither 𠮷 nor marks of direction.
	const plain = fixture.dirty.replaceAll('𠮷', '吉').replaceAll('\u202e', '').replaceAll('〜', '～');
	expect(told(fixture.cp932(fixture.dirty))).toEqual(told(fixture.utf8(plain)));
	expect(told(fixture.utf8('\uFEFF' + plain))).toEqual(told(fixture.utf8(plain)));
	const wide = Buffer.from('\uFEFF' + plain.replaceAll(',', '\t'), 'utf16le');
	expect(told(new Uint8Array(wide))[0]).toEqual(fixture.heads.map((head) => head.replace(/\u3000/g, ' ')));
	for (const nothing of ['', 'ひとこと', '\0\0', '番号,氏名\r\n\r\n'])
		expect(() => readList(fixture.utf8(nothing))).toThrow(/error_/);
	expect(() => readList(fixture.utf8(fixture.large(5001)))).toThrow('error_file_long');
});

test('the file of this register is understood without a person, and the standard layout of public facilities as far as it goes', () => {
	const own =
		'登録番号 状態 種類 名前 ふりがな 担当の方 町丁目 番地・建物 学区 電話 緯度 経度 日曜の時間 月曜の時間 火曜の時間 水曜の時間 木曜の時間 金曜の時間 土曜の時間 休みの日など 同意:公開の地図 同意:学区の見守り 同意:学校の担当者 プレート 申込日 説明日 登録日 登録解除日';
	expect(guessed(own.split(' '))).toEqual([
		...['number', 'state', 'kind', 'name', 'kana', 'contact', 'town', 'address', 'school', 'phone', 'lat', 'lng'],
		...['hours0', 'hours1', 'hours2', 'hours3', 'hours4', 'hours5', 'hours6', 'closed'],
		...['public', 'district', 'agreedContact', 'plate', 'appliedOn', 'explainedOn', 'registeredOn', 'endedOn']
	]);
	const found = Object.fromEntries(heads.map((head, n) => [head, guessed(heads)[n]]));
	expect(found).toMatchObject({
		...{
			名称: 'name',
			名称_カナ: 'kana',
			所在地_連結表記: 'address',
			所在地_町字: 'town',
			'建物名等(方書)': 'building'
		},
		...{
			緯度: 'lat',
			経度: 'lng',
			電話番号: 'phone',
			利用可能曜日: 'days',
			開始時間: 'from',
			終了時間: 'to',
			備考: 'note'
		}
	});
});
