import { expect, test } from 'vitest';
import * as fixture from '../../../tests/fixtures/pocket-list.ts';
import { readList } from './listFile.server.ts';

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
