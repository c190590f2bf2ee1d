import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#lib/people/permissions.ts';
import { campaign } from '#lib/watches/tables.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { Forbidden, NotFound, RuleBroken } from '#lib/server/errors.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, otherLeader, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { importAlerts, planAlerts } from './alert-import.server.ts';
import { csvOf } from './csv.ts';
import { outreachIn } from './figures.server.ts';
import { addOutreach, cancelOutreach, correctOutreach } from './outreach.server.ts';
import { addForm, correctForm, formOf, type Kind, type Written } from './outreach.ts';
import { oneOutreach, outreachOf, outreachPage } from './reads.server.ts';

const now = new Date('2025-05-10T10:00:00+09:00');
let close: () => void;
let safety: Actor, officer: Actor, foreign: Actor;

const blank: Written = { sort: null, place: null, onDay: '2025-05-01', untilDay: null, name: '本町', count: null };
const add = async (kind: Kind, written: Partial<Written>, id = newId(), who = safety) => {
	await transaction((tx) => addOutreach(tx, who, { id, kind, ...blank, ...written }, now));
	return id;
};
const figures = (year: number) => outreachIn(db, town.municipality, year);
const errorsOf = (kind: Kind, typed: Record<string, string>) =>
	Object.fromEntries(
		(formOf(kind).safeParse(typed).error?.issues ?? []).toReversed().map((one) => [one.path[0], one.message])
	);
const csv = (...lines: string[]) => new TextEncoder().encode(['日,種別,地域', ...lines].join('\n'));

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, '2025-05-10');
		await secondTown(tx, '2025-05-10');
		await tx.insert(campaign).values({
			...{ id: newId(), municipality: town.municipality, name: '春', programme: 'greeting' },
			...{ fiscalYear: 2024, fromMonth: 5, toMonth: 6 }
		});
	});
	safety = await actorFor(db, 'safety', '2025-05-10');
	officer = await actorFor(db, 'officer', '2025-05-10');
	const { grants: _, ...leader } = await otherLeader(db, '2025-05-10');
	foreign = { ...leader, grants: safety.grants };
});
afterAll(() => close());

test('each kind asks for its own, takes nothing else, and says what is wrong', () => {
	const day = { onDay: '２０２５-05-01', name: ' 本町 ' };
	expect(formOf('alert').parse({ ...day, sort: 'fraud', count: '5', place: 'shops', untilDay: '2025-06-01' })).toEqual({
		...blank,
		sort: 'fraud'
	});
	expect(formOf('event').parse({ ...day, sort: 'lecture', count: '' }).count).toBeNull();
	expect(formOf('event').parse({ ...day, sort: 'lecture', count: '0' }).count).toBe(0);
	expect(formOf('badge').parse({ ...day, count: '１,０００' }).count).toBe(1000);
	const id = newId();
	expect(addForm('badge').parse({ ...day, id, count: '3' })).toEqual({ ...blank, id, count: 3 });
	expect(addForm('badge').safeParse({ ...day, id: 'x', count: '3' }).success).toBe(false);
	expect(correctForm('badge').parse({ ...day, number: '2', count: '3' })).toEqual({ ...blank, number: 2, count: 3 });
	expect(errorsOf('alert', { onDay: '', name: '', sort: 'lecture' })).toMatchObject({ onDay: 'error_required' });
	expect(errorsOf('alert', { ...day, sort: 'lecture' })).toEqual({ sort: 'error_required' });
	expect(errorsOf('event', { ...day, sort: 'lecture', count: '約20' })).toEqual({ count: 'error_number' });
	expect(errorsOf('badge', { ...day, count: '0' })).toEqual({ count: 'error_outreach_none' });
	expect(errorsOf('material', { ...day, sort: 'flag', place: '', untilDay: '2025-04-30', count: '' })).toEqual({
		place: 'error_required',
		untilDay: 'error_outreach_days',
		count: 'error_required'
	});
});

test('lectures count those who came, councils their meetings and months, once they were held and not taken back', async () => {
	const before = await figures(2024);
	expect(before).toMatchObject({ lectureAttendance: 0, councilMeetings: 0, councilMonths: [] });
	await add('event', { sort: 'lecture', onDay: '2025-03-31', count: 28 });
	await add('event', { sort: 'lecture', onDay: '2025-04-01', count: 5 });
	await add('event', { sort: 'gathering', onDay: '2024-10-01', count: 120 });
	await add('event', { sort: 'council', onDay: '2025-01-20', count: 12 });
	await add('event', { sort: 'council', onDay: '2024-07-20', count: 0 });
	await add('event', { sort: 'council', onDay: '2024-09-20', count: null });
	const off = await add('event', { sort: 'lecture', onDay: '2024-08-30', count: 9 });
	expect((await figures(2024)).lectureAttendance).toBe(37);
	await transaction((tx) => cancelOutreach(tx, safety, off, '台風のため', now));
	expect(await figures(2024)).toMatchObject({
		lectureAttendance: 28,
		councilMeetings: 2,
		councilMonths: ['7月', '1月']
	});
	expect((await figures(2025)).lectureAttendance).toBe(5);
});

test('materials are told of where and as what they hung in the months of the greeting campaign', async () => {
	await add('material', { sort: 'poster', place: 'shops', onDay: '2024-06-30', untilDay: '2024-08-01', count: 3 });
	await add('material', {
		sort: 'banner',
		place: 'cityFacility',
		onDay: '2024-03-20',
		untilDay: '2024-05-01',
		count: 1
	});
	await add('material', { sort: 'flag', place: 'publicBody', onDay: '2024-07-01', untilDay: '2024-07-31', count: 9 });
	const year = await figures(2024);
	expect([year.materialPlaces, year.materialKinds]).toEqual([
		['市施設', '商店会'],
		['横断幕', 'ポスター']
	]);
	expect((await figures(2023)).materialKinds).toEqual([]);
});

test('a correction keeps what was; of two at once the second is told; what was taken back is written no more', async () => {
	const id = await add('badge', { count: 80, onDay: '2024-05-10' });
	const correct = (seen: number, count: number) =>
		transaction((tx) => correctOutreach(tx, safety, id, seen, { ...blank, onDay: '2024-05-10', count }, now));
	await correct(1, 90);
	await expect(correct(1, 70)).rejects.toThrow(new RuleBroken('error_outreach_changed'));
	expect((await figures(2024)).badges).toBe(90);
	expect((await oneOutreach(db, safety, id)).versions.map(({ number, count }) => [number, count])).toEqual([
		[2, 90],
		[1, 80]
	]);
	await transaction((tx) => cancelOutreach(tx, safety, id, '二重に書いた', now));
	await expect(correct(2, 70)).rejects.toThrow(new RuleBroken('error_outreach_cancelled'));
	expect((await figures(2024)).badges).toBe(0);
	const { writer } = connections();
	for (const guarded of [
		'UPDATE outreach_version SET "count" = 1',
		'DELETE FROM outreach_version',
		'DELETE FROM outreach',
		"UPDATE outreach SET kind = 'alert'",
		'UPDATE outreach SET latest = latest + 1',
		"UPDATE outreach_cancelling SET reason = ''",
		'DELETE FROM outreach_cancelling',
		`INSERT INTO outreach_version SELECT 'x', municipality, outreach, 9, sort, place, onDay, untilDay, name, "count", "by", at
			FROM outreach_version WHERE outreach = '${id}' LIMIT 1`
	])
		expect(() => writer.exec(guarded), guarded).toThrow('guard');
});

test('sent twice it is there once; what has not come yet is refused, but for an event still to be held', async () => {
	const id = await add('badge', { count: 3, onDay: '2019-05-10' });
	await add('badge', { count: 3, onDay: '2019-05-10' }, id);
	expect((await figures(2019)).badges).toBe(3);
	await expect(add('badge', { count: 3, onDay: '2025-05-11' })).rejects.toThrow('error_outreach_ahead');
	await expect(add('event', { sort: 'lecture', count: 3, onDay: '2025-05-11' })).rejects.toThrow(
		'error_outreach_ahead'
	);
	await add('event', { sort: 'lecture', onDay: '2025-05-11' });
});

test('the safety section writes, the city reads, another town sees nothing of it', async () => {
	await expect(add('badge', { count: 3 }, newId(), officer)).rejects.toThrow(Forbidden);
	const id = await add('badge', { count: 3 });
	expect((await outreachOf(db, officer, 'badge', 2025)).map((one) => one.id)).toEqual([id]);
	await expect(outreachOf(db, await actorFor(db, 'leader', '2025-05-10'), 'badge', 2025)).rejects.toThrow(NotFound);
	expect(await outreachOf(db, foreign, 'badge', 2025)).toEqual([]);
	await expect(oneOutreach(db, foreign, id)).rejects.toThrow(NotFound);
	await expect(add('badge', { count: 3 }, id, foreign)).rejects.toThrow(NotFound);
	await expect(transaction((tx) => cancelOutreach(tx, foreign, id, 'x', now))).rejects.toThrow(NotFound);
});

test('a file of alerts is looked at line by line, read once, and its like lines as often as they stand', async () => {
	const bad = await planAlerts(db, safety, csv('2022-05-01,よその,本町', '2025-05-11,不審者,本町', ',不審者,'), now);
	expect(bad.map(({ what, errors }) => [what, errors.map(({ column }) => column)])).toEqual([
		['bad', ['種別']],
		['bad', ['日']],
		['bad', ['日', '地域']]
	]);
	const file = csv('2022/5/1,不審者,本町', '2022-05-01,不審者,本町', '2022-05-02,特殊詐欺,緑町');
	const read = (bytes: Uint8Array) => transaction((tx) => importAlerts(tx, safety, bytes, now));
	expect(await read(file)).toEqual({ added: 3, changed: 0, same: 0 });
	expect(await read(file)).toEqual({ added: 0, changed: 0, same: 3 });
	expect((await figures(2022)).alertsSent).toBe(3);
	await expect(planAlerts(db, officer, file, now)).rejects.toThrow(NotFound);
	await expect(planAlerts(db, safety, new TextEncoder().encode('a,b\n1,2'), now)).rejects.toThrow(
		'error_outreach_heads'
	);
});

test('a long list is leafed through by key, and its file has a line each, blank where nothing is known', async () => {
	const lines = Array.from({ length: 120 }, (_, n) => `2021-05-${String(1 + (n % 3)).padStart(2, '0')},窃盗,地域${n}`);
	await transaction((tx) => importAlerts(tx, safety, csv(...lines), now));
	const all = await outreachOf(db, safety, 'alert', 2021);
	const leafed: string[] = [];
	for (let before: string | undefined, more = true; more; more = before !== undefined) {
		const page = await outreachPage(db, safety, 'alert', 2021, before);
		leafed.push(...page.rows.map((one) => one.id));
		before = page.next;
	}
	expect(leafed).toEqual(all.map((one) => one.id));
	expect(leafed).toHaveLength(120);
	const { heads, rows } = csvOf('event', await outreachOf(db, safety, 'event', 2024));
	expect(heads).toEqual(['西暦年度', '和暦年度', '日', '種別', '件名', '参加者数', '取消の理由']);
	expect(rows.find((row) => row[2] === '2024-09-20')).toEqual([
		2024,
		'令和6年度',
		'2024-09-20',
		'協議会',
		'本町',
		null,
		null
	]);
});
