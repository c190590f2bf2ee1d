import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import encoding from 'encoding-japanese';
import { db, transaction } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { toCsv } from '#lib/server/csv.ts';
import { openTown } from '../../../tests/open-town.ts';
import { actorFor, otherTown, town } from '../../../tests/people.ts';
import { exportAssociations, importAssociations, planImport } from './association-import.server.ts';
import { addAssociation, editAssociation, endAssociation } from './associations.server.ts';
import { associationForm } from './association.ts';
import { associationsOf, reachedAssociation } from './reads.server.ts';
import { association } from './tables.server.ts';

const today = '2026-11-20';
const now = new Date('2026-11-20T10:00:00+09:00');
const people = openTown(today, ['admin', 'safety', 'leader'] as const);

describe('associations', () => {
	const input = (more = {}) =>
		associationForm.parse({
			kind: 'neighbourhood',
			name: '新町会',
			memberCount: '１，２００人',
			residentCount: '',
			...more
		});

	it('are added, edited and ended by the clerk; memberships and roles end with them', async () => {
		await expect(transaction((tx) => addAssociation(tx, people.leader, input(), now))).rejects.toThrow(NotFound);
		const id = await transaction((tx) => addAssociation(tx, people.safety, input(), now));
		expect((await reachedAssociation(db, people.safety, id, 'association.see')).memberCount).toBe(1200);
		await expect(transaction((tx) => addAssociation(tx, people.safety, input(), now))).rejects.toThrow(
			'error_association_there'
		);
		await transaction((tx) => editAssociation(tx, people.safety, id, input({ schools: [town.schools.honcho] })));
		await expect(
			transaction((tx) => editAssociation(tx, people.safety, id, input({ schools: [otherTown.school] })))
		).rejects.toThrow(NotFound);
		await expect(
			transaction((tx) => editAssociation(tx, people.safety, otherTown.association, input()))
		).rejects.toThrow(NotFound);
		const sekino = await actorFor(db, 'sekinoLeader', today);
		await transaction((tx) => endAssociation(tx, people.safety, town.associations.sekino, '解散', now));
		expect(sekino.grants).toHaveLength(2);
		expect((await actorFor(db, 'sekinoLeader', today)).grants).toEqual([]);
		expect(associationForm.safeParse({ kind: 'pta', name: 'x', memberCount: '3', residentCount: '4' }).success).toBe(
			false
		);
		expect(associationForm.safeParse({ kind: 'pta', name: 'x', foundedOn: '2025-02-29' }).success).toBe(false);
	});

	it('are seen by their leader, by schools in their district, by nobody else', async () => {
		expect((await associationsOf(db, people.leader)).map((one) => one.name)).toEqual(['本町北町会']);
		const school = (await associationsOf(db, await actorFor(db, 'school', today))).map((one) => one.name);
		expect(school).toContain('本町小学校PTA');
		expect(school).not.toContain('緑町自治会');
		expect(await associationsOf(db, await actorFor(db, 'volunteer', today))).toEqual([]);
		await expect(reachedAssociation(db, people.leader, town.associations.midori, 'association.see')).rejects.toThrow(
			NotFound
		);
	});

	const utf8 = (text: string) => new TextEncoder().encode(text);
	const sjis = (text: string) =>
		new Uint8Array(encoding.convert(encoding.stringToCode(text), { to: 'SJIS', from: 'UNICODE' }));
	const file =
		'種別,名前,よみがな,会員数,設立日,学区,備考\r\n町会,新しい町会,アタラシイ,３０,1999/04/01,本町小学校、第一小学校,=1+1\r\nPTA,第二PTA,,,,,\r\n';

	it('come by CSV in UTF-8 or CP932, first seen, then written; twice changes nothing', async () => {
		for (const bytes of [utf8(file), utf8('\uFEFF' + file), sjis(file)])
			expect((await planImport(db, people.safety, bytes)).map((one) => [one.name, one.what, one.errors])).toEqual([
				['新しい町会', 'add', []],
				['第二PTA', 'add', []]
			]);
		const run = (bytes: Uint8Array) => transaction((tx) => importAssociations(tx, people.safety, bytes, now));
		expect(await run(sjis(file))).toEqual({ added: 2, changed: 0, same: 0 });
		expect(await run(utf8(file))).toEqual({ added: 0, changed: 0, same: 2 });
		// A column that is not in the file is left alone.
		expect(await run(utf8('種別,名前,会員数\n町会,新しい町会,31\n'))).toEqual({ added: 0, changed: 1, same: 0 });
		const [stored] = await db.select().from(association).where(eq(association.name, '新しい町会'));
		expect(stored).toMatchObject({ memberCount: 31, kana: 'あたらしい', foundedOn: '1999-04-01', note: '=1+1' });
	});

	it('with one bad line none is written, and each line says why', async () => {
		const bad =
			'種別,名前,会員数,学区\n町会,良い町会,10,\n謎,種別なし,,\n町会,,,\n町会,数字,多い,\n町会,学区なし,,無い小学校\n町会,良い町会,,\n';
		const lines = await planImport(db, people.safety, utf8(bad));
		expect(lines.map((one) => one.errors.map((error) => `${error.column} ${error.code}`))).toEqual([
			[],
			['種別 error_choose'],
			['名前 error_required'],
			['会員数 error_number'],
			['学区 error_import_school'],
			['名前 error_import_twice']
		]);
		await expect(transaction((tx) => importAssociations(tx, people.safety, utf8(bad), now))).rejects.toThrow(
			'error_import_bad'
		);
		expect(await db.select().from(association).where(eq(association.name, '良い町会'))).toEqual([]);
		for (const [bytes, code] of [
			[new Uint8Array(2 * 1024 * 1024 + 1), 'error_file_large'],
			[utf8('a,b\n"x'), 'error_file_csv'],
			[utf8('名前\nx\n'), 'error_import_heads'],
			[utf8('種別,名前\n' + 'PTA,x\n'.repeat(5001)), 'error_file_long']
		] as const)
			await expect(planImport(db, people.safety, bytes)).rejects.toThrow(code);
		await expect(planImport(db, people.leader, utf8(file))).rejects.toThrow(NotFound);
	});

	it('go out with formulas disarmed, and come back in unchanged', async () => {
		const { heads, rows } = await transaction((tx) => exportAssociations(tx, people.safety));
		const text = toCsv(heads, rows as (string | number | null)[][]);
		expect(text.startsWith('\uFEFF種別,')).toBe(true);
		expect(text).toContain("'=1+1");
		expect(text).not.toMatch(/(^|,)[=+@]/m);
		expect(new Set((await planImport(db, people.safety, utf8(text))).map((one) => one.what))).toEqual(
			new Set(['same'])
		);
	});
});
