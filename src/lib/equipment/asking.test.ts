import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { NotFound } from '#lib/server/errors.ts';
import { otherTown, town } from '../../../tests/people.ts';
import { ask, broken, newItem, now, of, openStore, people, stocked } from '../../../tests/store.ts';
import { bodiesOf, formOf, sentBackTo, writtenIn } from './asking.server.ts';
import { disposition, fileName, fileTypeOf, LARGEST_FILE } from './attachment.ts';
import { attachmentOf, removeAttachment, saveWithFiles, type Sent } from './attachments.server.ts';
import { checkWords, remainingWords } from './checks.ts';
import { closeItem } from './items.server.ts';
import { setPolicy } from './policies.server.ts';
import { boxOf, piecesByItem, type Asked } from './request.ts';
import { requestPage } from './requestReads.server.ts';
import { findRequest, sendBack } from './requests.server.ts';
import { attachment } from './tables.server.ts';

openStore();
const pdf = (text = '') => Buffer.from(`%PDF-1.7\n${text}`);
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
const send = (id: string, lines: Asked[], files: Sent[], as: 'draft' | 'send' = 'send', actor = people.leader) =>
	transaction((tx) =>
		saveWithFiles(tx, actor, { id, association: town.associations.honcho, plan: '', as }, lines, files, now)
	);
const filesOf = async (id: string) =>
	(await db.select({ name: attachment.name }).from(attachment).where(eq(attachment.request, id))).map(
		(one) => one.name
	);
const beside = (): Actor => ({ ...people.leader, grants: [{ role: 'leader', association: town.associations.midori }] });

describe('a file', () => {
	it('is what its first bytes say, whatever it is called', () => {
		const webp = Buffer.from('RIFF....WEBPVP8 ', 'latin1');
		const known = [pdf(), Buffer.from([0xff, 0xd8, 0xff, 0xe0]), png, webp].map(fileTypeOf);
		expect(known).toEqual(['application/pdf', 'image/jpeg', 'image/png', 'image/webp']);
		for (const text of ['', '%PD', '<!doctype html>', '<svg onload=alert(1)>', 'MZ', ' %PDF-1.7', 'RIFF....WAVE'])
			expect(fileTypeOf(Buffer.from(text)), text).toBeUndefined();
	});
	it('keeps a name that can be trusted', () => {
		expect(fileName('活動計画 髙橋𠮷子.pdf', 'application/pdf')).toBe('活動計画 髙橋𠮷子.pdf');
		expect(fileName('C:\\Users\\x\\..\\photo.JPEG', 'image/jpeg')).toBe('photo.JPEG');
		expect(fileName('invoice.exe', 'application/pdf')).toBe('invoice.exe.pdf');
		expect(fileName('計画.pdf', 'image/png')).toBe('計画.png');
		expect(fileName('\u202Efdp.exe\u0000\r\nx', 'application/pdf')).toBe('fdp.exex.pdf');
		expect(fileName('', 'application/pdf')).toBe('file.pdf');
		expect([...fileName(`${'𠮷'.repeat(500)}.pdf`, 'application/pdf')]).toHaveLength(84);
	});
	it('is handed out under a header that cannot be broken', () => {
		const header = disposition(`計画";\r\nx'().pdf`, 'application/pdf');
		expect(header).toMatch(/^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w%.~-]+$/);
		expect(disposition('a.png', 'image/png')).toMatch(/^inline; filename="a.png"/);
	});
});

describe('files of a request', () => {
	it('come with it, once however often the form is sent, and are read by the body and the office alone', async () => {
		const item = await stocked(5);
		const id = newId();
		const files = [
			{ name: '計画.pdf', bytes: pdf() },
			{ name: '写真.png', bytes: png }
		];
		for (let n = 0; n < 3; n++) await send(id, [of(item, 1)], files, n < 2 ? 'draft' : 'send');
		await send(id, [of(item, 9)], [...files, { name: 'あとから.pdf', bytes: pdf('2') }]);
		expect(await filesOf(id)).toEqual(['計画.pdf', '写真.png']);
		const page = await requestPage(db, people.safety, id);
		expect(page.lines).toMatchObject([{ asked: 1 }]);
		const [first] = page.files;
		expect((await attachmentOf(db, people.safety, id, first!.id)).bytes.equals(pdf())).toBe(true);
		const foreign: Actor = { ...people.leader, municipality: otherTown.municipality };
		for (const actor of [beside(), foreign, people.guidance, people.volunteer])
			await expect(attachmentOf(db, actor, id, first!.id)).rejects.toBeInstanceOf(NotFound);
		// A file of this request under the address of another.
		const other = await ask([of(item, 1)]);
		await expect(attachmentOf(db, people.leader, other, first!.id)).rejects.toBeInstanceOf(NotFound);
	});
	it('are refused by name, and nothing of the form is kept then', async () => {
		const item = await stocked(5);
		const id = newId();
		const wrong: [Sent, string][] = [
			[{ name: '計画.pdf', bytes: Buffer.from('<script>alert(1)</script>') }, 'error_equipment_file_kind'],
			[{ name: '空.pdf', bytes: Buffer.alloc(0) }, 'error_equipment_file_kind'],
			[{ name: '大.pdf', bytes: Buffer.concat([pdf(), Buffer.alloc(LARGEST_FILE)]) }, 'error_equipment_file_large']
		];
		for (const [file, code] of wrong)
			await expect(send(id, [of(item, 1)], [file])).rejects.toEqual(broken(code, 'files'));
		const six = Array.from({ length: 6 }, (_, n) => ({ name: `${n}.pdf`, bytes: pdf(String(n)) }));
		await expect(send(id, [of(item, 1)], six)).rejects.toEqual(broken('error_equipment_files_many', 'files'));
		await expect(findRequest(db, people.leader, 'request.see', id)).rejects.toBeInstanceOf(NotFound);
	});
	it('are taken away while the request is open, by its own leader', async () => {
		const item = await stocked(5);
		const id = newId();
		await send(id, [of(item, 1)], [{ name: '計画.pdf', bytes: pdf() }]);
		const [file] = (await requestPage(db, people.leader, id)).files;
		const take = (actor: Actor) => transaction((tx) => removeAttachment(tx, actor, id, file!.id));
		await expect(take(people.leader)).rejects.toEqual(broken('error_equipment_not_now'));
		await transaction((tx) => sendBack(tx, people.safety, id, '計画を直してください', now));
		for (const actor of [beside(), people.safety]) await expect(take(actor)).rejects.toBeInstanceOf(NotFound);
		await take(people.leader);
		expect(await filesOf(id)).toEqual([]);
	});
	it('after sending neither come, change nor go, whoever writes in the database', async () => {
		const item = await stocked(5);
		const [id, draft] = [newId(), newId()];
		await send(id, [of(item, 1)], [{ name: '計画.pdf', bytes: pdf() }]);
		await send(draft, [of(item, 1)], [{ name: '下書き.pdf', bytes: pdf() }], 'draft');
		const refused = (text: string) => expect(() => connections().writer.exec(text)).toThrow('guard');
		const copied = (from: string, to: string, town = 'municipality') => `INSERT INTO request_attachment
			SELECT '${newId()}', ${town}, '${to}', 'x.pdf', type, bytes, "by", at FROM request_attachment WHERE request = '${from}'`;
		refused(copied(draft, id));
		refused(copied(id, draft, `'${otherTown.municipality}'`));
		refused(`UPDATE request_attachment SET bytes = x'00' WHERE request = '${id}'`);
		refused(`UPDATE request_attachment SET request = '${draft}' WHERE request = '${id}'`);
		refused(`UPDATE request_attachment SET request = '${id}' WHERE request = '${draft}'`);
		refused(`DELETE FROM request_attachment WHERE request = '${id}'`);
		expect([await filesOf(id), await filesOf(draft)]).toEqual([['計画.pdf'], ['下書き.pdf']]);
		// Open again, it is the body's own again.
		await transaction((tx) => sendBack(tx, people.safety, id, '計画を直してください', now));
		await send(id, [of(item, 1)], [{ name: '直した計画.pdf', bytes: pdf('2') }]);
		expect(await filesOf(id)).toEqual(['計画.pdf', '直した計画.pdf']);
		refused(copied(draft, id));
	});
});

describe('the form of a request', () => {
	it('shows the rules, what is left of each item, and the names, to the own leader only', async () => {
		const item = await newItem({ sizes: ['M', 'L'] });
		const cap = { perFiscalYear: { basis: 'fixed', pieces: 20 } as const, points: 3 };
		const policy = {
			minMembers: 5,
			money: '費用の2分の1',
			points: [{ fromMembers: 0, points: 30 }],
			items: { [item]: cap }
		};
		await transaction((tx) =>
			setPolicy(tx, people.safety, { policy, oneMayDoBoth: false }, new Date(now.getTime() + 10))
		);
		const form = await formOf(db, people.leader, town.associations.honcho, now);
		expect(form).toMatchObject({
			money: '費用の2分の1',
			checks: [{ rule: 'members', fine: true }, { rule: 'points' }]
		});
		expect(form.items.find((one) => one.id === item)).toMatchObject({
			sizes: ['M', 'L'],
			points: 3,
			remaining: { left: 20, cap: 20, by: 'perFiscalYear' }
		});
		expect(form.names).toContain('𠮷田 千代');
		expect((await bodiesOf(db, people.leader)).map((one) => one.id)).toEqual([town.associations.honcho]);
		expect(await bodiesOf(db, people.safety)).toEqual([]);
		for (const [actor, body] of [
			[people.leader, town.associations.midori],
			[people.leader, otherTown.association],
			[people.safety, town.associations.honcho],
			[people.volunteer, town.associations.honcho]
		] as const)
			await expect(formOf(db, actor, body, now)).rejects.toBeInstanceOf(NotFound);
	});
	it('comes back with what was written, names what is no longer given out, and says why it came back', async () => {
		const item = await stocked(5);
		const before = await sentBackTo(db, people.leader);
		const id = await ask([of(item, 3)]);
		await transaction((tx) => sendBack(tx, people.safety, id, '計画を直してください', now));
		await transaction((tx) => closeItem(tx, people.safety, item, now));
		const written = await writtenIn(db, await findRequest(db, people.leader, 'request.make', id));
		expect(written).toMatchObject({
			sentBack: '計画を直してください',
			values: { plan: '夜間の見守り', roster: 'on', [boxOf(item, '')]: '3' },
			gone: [{ id: item, size: '' }]
		});
		expect((await sentBackTo(db, people.leader)) - before).toBe(1);
		expect(await sentBackTo(db, people.safety)).toBe(0);
	});
	it('adds up the sizes of an item as far as they can be read', () => {
		expect(piecesByItem({ 'n:a:M': '３', 'n:a:L': '4', 'n:b:': '-1', 'n:c:': '', plan: '9' })).toEqual({ a: 7 });
	});
});

describe('rules in words', () => {
	const day = (on: string) => on;
	it('never rounds up to what is not reached', () => {
		const patrols = { rule: 'patrols', need: 2, months: 12, walked: 23 } as const;
		expect(checkWords({ ...patrols, fine: false, have: 23 / 12 }, day)).toContain(
			'月平均1.9回（基準 月2回以上・過去12か月で23回）'
		);
		expect(checkWords({ ...patrols, fine: true, have: 28 / 12, walked: 28 }, day)).toContain('月平均2.3回');
		const residents = { rule: 'residents', need: 0.5, more: true, fine: false } as const;
		expect(checkWords({ ...residents, have: 0.5 }, day)).toContain('50%（基準 50%より多い）');
		expect(checkWords({ ...residents, have: 0.29 }, day)).toContain('29%');
		expect(checkWords({ ...residents, have: null }, day)).toContain('登録されていません');
	});
	it('names the tightest cap', () => {
		expect(remainingWords({ left: 12, by: 'perFiscalYear', cap: 20 }, '着')).toBe('あと12着まで（年度の上限20着）');
		expect(remainingWords({ left: 5, by: 'perRequest', cap: 5 }, '本')).toBe('1回の申請で5本まで');
		expect(remainingWords(null, '着')).toBe('');
	});
});
