import encoding from 'encoding-japanese';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toCsv } from '#lib/server/csv.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { NotFound } from '#lib/server/errors.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, seedPeople } from '../../../tests/people.ts';
import { closeItem } from './items.server.ts';
import { ledgerOf, storeOf } from './reads.server.ts';
import { importStock, planStock } from './stock-import.server.ts';

const now = new Date('2026-11-22T03:00:00Z');
let close: () => void;
let safety: Actor;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, '2026-11-22'));
	safety = await actorFor(db, 'safety', '2026-11-22');
});
afterAll(() => close());

const bytes = (text: string) => new TextEncoder().encode(text);
const plan = async (text: string) => (await planStock(db, safety, bytes(text))).lines;
const take = (file: Uint8Array) => transaction((tx) => importStock(tx, safety, file, '取り込み', now));
const first = [
	'品目,サイズ,単位,渡し方,発注のめやす,在庫',
	'ベスト,M,着,支給,２０,４０',
	'ベスト,L,着,支給,２０,12',
	'𠮷印の拡声器,,台,貸与,,',
	''
].join('\r\n');

describe('the store by CSV', () => {
	it('says line by line what is wrong, and writes nothing', async () => {
		const lines = await plan(
			[
				'品目,単位,在庫,渡し方',
				'のぼり旗,枚,-1,支給',
				',本,3,',
				'のぼり旗,枚,3,贈与',
				'横断旗,本,1,',
				'横断旗,本,1,'
			].join('\n')
		);
		expect(lines.map(({ what }) => what)).toEqual(['bad', 'bad', 'bad', 'add', 'bad']);
		expect(lines.map(({ errors }) => errors.map(({ code, column }) => `${column} ${code}`))).toEqual([
			['在庫 error_equipment_pieces'],
			['品目 error_required'],
			['品目 error_equipment_import_twice', '渡し方 error_choose'],
			[],
			['品目 error_equipment_import_twice']
		]);
		await expect(plan('名前,単位\nベスト,着')).rejects.toMatchObject({ code: 'error_equipment_import_heads' });
		expect(await storeOf(db, safety)).toEqual([]);
	});

	it('adds items with their sizes and counts, and the same file again changes nothing', async () => {
		expect(await take(bytes(first))).toEqual({ added: 3, changed: 0, same: 0 });
		const store = await storeOf(db, safety);
		expect(store).toMatchObject([
			{ name: 'ベスト', unit: '着', sizes: ['M', 'L'], reorderAt: 20, lines: [{ onHand: 40 }, { onHand: 12 }] },
			{ name: '𠮷印の拡声器', mode: 'loan', sizes: [], reorderAt: null, lines: [{ onHand: 0 }] }
		]);
		const before = await ledgerOf(db, safety, {});
		expect(await take(bytes(first))).toEqual({ added: 0, changed: 0, same: 3 });
		expect(await ledgerOf(db, safety, {})).toEqual(before);
	});

	it('books what was counted differently, and leaves alone what is not in the file', async () => {
		const file = bytes('品目,サイズ,単位,在庫\nベスト,L,着,10\nベスト,LL,着,5');
		const lines = (await planStock(db, safety, file)).lines;
		expect(lines).toMatchObject([
			{ what: 'change', changes: ['在庫'] },
			{ what: 'change', changes: ['サイズ', '在庫'] }
		]);
		await take(file);
		const [vest] = await storeOf(db, safety);
		expect(vest).toMatchObject({ reorderAt: 20, sizes: ['M', 'L', 'LL'] });
		expect(vest!.lines.map(({ onHand }) => onHand)).toEqual([40, 10, 5]);
		expect((await ledgerOf(db, safety, {})).rows[1]).toMatchObject({
			kind: 'adjusted',
			pieces: -2,
			reason: '取り込み'
		});
	});

	it('reads Shift_JIS and takes the guard off what was exported', async () => {
		const csv = toCsv(['品目', '単位', '在庫'], [['=1+1', '個', 2]]);
		await take(new Uint8Array(encoding.convert(encoding.stringToCode(csv.slice(1)), { to: 'SJIS', from: 'UNICODE' })));
		expect((await storeOf(db, safety)).at(-1)).toMatchObject({ name: '=1+1', lines: [{ onHand: 2 }] });
	});

	it('changes no closed item, and lets one stand as it is', async () => {
		const [vest] = await storeOf(db, safety);
		await transaction((tx) => closeItem(tx, safety, vest!.id, now));
		expect((await plan('品目,サイズ,単位,在庫\nベスト,M,着,40'))[0]).toMatchObject({ what: 'same' });
		expect((await plan('品目,サイズ,単位,在庫\nベスト,M,着,41'))[0]).toMatchObject({
			what: 'bad',
			errors: [{ code: 'error_equipment_closed' }]
		});
	});

	it('is the store keeper’s', async () => {
		for (const login of ['leader', 'approver', 'guidance'] as const)
			await expect(planStock(db, await actorFor(db, login, '2026-11-22'), bytes(first))).rejects.toBeInstanceOf(
				NotFound
			);
	});
});
