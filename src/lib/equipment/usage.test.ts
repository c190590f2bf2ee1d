import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction, type Tx } from '#lib/server/db/index.ts';
import { trail } from '#lib/server/db/trail.ts';
import { otherLeader, town } from '../../../tests/people.ts';
import { broken, granted, hand, now, of, openStore, people, stocked } from '../../../tests/store.ts';
import { waitingFor } from '../../routes/(app)/home/waiting.server.ts';
import { seedPatrols } from '../../demo/patrols.ts';
import { seedWatches } from '../../demo/watches.ts';
import { undoHandover } from './handovers.server.ts';
import { handoversOf } from './requestHandovers.server.ts';
import { usageReport } from './tables.server.ts';
import { reportUsage, usageYear, yearWalked } from './usage.server.ts';
import { usageCalledFor, usageForm, usageOpen } from './usage.ts';

openStore();
const { honcho, midori } = town.associations;
const send = (actor: Actor, words: string, { association = honcho, at = now, year = 2026 } = {}) =>
	transaction((tx) => reportUsage(tx, actor, year, { association, words }, at));
const missing = expect.objectContaining({ name: 'NotFound' }) as unknown;
/** What was handed over for a request did not happen. */
async function undoHandOvers(tx: Tx, request: string): Promise<void> {
	for (const { id } of await handoversOf(tx, request)) await undoHandover(tx, people.safety, id, '間違い', now);
}
const past = (upTo: string): Actor => ({
	...people.leader,
	grants: [{ role: 'pastLeader', association: honcho, untilOn: '2027-05-31', upTo }]
});
const elsewhere = (): Actor => ({ ...people.leader, grants: [{ role: 'leader', association: midori }] });

describe('the report on use', () => {
	it('is called for on the own leader’s first page from March to 31 May, until it is sent', async () => {
		const days = ['2027-02-28', '2027-03-01', '2027-03-31', '2027-04-01', '2027-05-31', '2027-06-01'];
		expect(days.map(usageCalledFor)).toEqual([undefined, 2026, 2026, 2026, 2026, undefined]);
		const called = async (actor: Actor, day: string) =>
			(await waitingFor(db, actor, new Date(`${day}T03:00:00Z`))).find((one) => one.key === 'usage');
		const own = () => called(people.leader, '2027-03-01');
		expect(await own()).toBeUndefined();
		const item = await stocked(5);
		const id = await granted([of(item, 3)]);
		expect(await own()).toBeUndefined();
		await hand(id, [of(item, 2)]);
		expect(await own()).toMatchObject({ count: 1, href: '/equipment/usage/2026' });
		expect(await called(people.leader, '2026-11-22')).toBeUndefined();
		expect(await called(past('2027-03-31'), '2027-05-31')).toMatchObject({ count: 1 });
		for (const actor of [people.safety, people.approver, people.volunteer, elsewhere(), past('2026-03-31')])
			expect(await called(actor, '2027-03-01')).toBeUndefined();
		expect(await called(await otherLeader(db, '2026-11-22'), '2027-03-01')).toBeUndefined();
		await send(people.leader, '使いました');
		expect(await own()).toBeUndefined();
		await transaction((tx) => tx.delete(usageReport));
		await transaction((tx) => undoHandOvers(tx, id));
		expect(await own()).toBeUndefined();
	});
	it('is owed by a body that was handed something, and by no other', async () => {
		await expect(send(people.leader, '使った')).rejects.toEqual(broken('error_equipment_usage_none'));
		const item = await stocked(5);
		const id = await granted([of(item, 3)]);
		await expect(send(people.leader, '使った')).rejects.toEqual(broken('error_equipment_usage_none'));
		await hand(id, [of(item, 2)]);
		const { bodies } = await usageYear(db, people.safety, 2026, now);
		expect(bodies).toMatchObject([{ association: honcho, own: false, report: null, items: [{ pieces: 2 }] }]);
		expect((await usageYear(db, people.safety, 2025, now)).bodies).toEqual([]);
	});
	it('counts what the confirmed logs say, is one row per year, and every sending is in the trail', async () => {
		await transaction(async (tx) => {
			await seedWatches(tx, '2026-11-22');
			await seedPatrols(tx, '2026-11-22');
		});
		const walked = await yearWalked(db, people.leader, honcho, 2026);
		expect(walked.runs).toBeGreaterThan(0);
		expect(walked.personTimes).toBeGreaterThan(walked.runs);
		await send(people.leader, '夜の見守りで着ました');
		await send(people.leader, '夜の見守りで着ました');
		await send(people.leader, '直しました', { at: new Date('2027-05-31T14:59:00Z') });
		const { bodies } = await usageYear(db, people.approver, 2026, now);
		expect(bodies).toMatchObject([{ report: { words: '直しました', by: people.leader.name, walked } }]);
		const rows = await db.select().from(usageReport);
		expect(rows).toHaveLength(1);
		const lines = await db.select().from(trail).where(eq(trail.thing, rows[0]!.id));
		expect(lines.map((line) => [line.deed, line.facts?.['again']])).toEqual([
			['usage.report', false],
			['usage.report', true],
			['usage.report', true]
		]);
	});
	it('is taken from the first day of the year to 31 May after it, in Japan', async () => {
		expect(['2026-03-31', '2026-04-01', '2027-05-31', '2027-06-01'].map((day) => usageOpen(2026, day))).toEqual([
			false,
			true,
			true,
			false
		]);
		await expect(send(people.leader, '遅れて', { at: new Date('2027-05-31T15:00:00Z') })).rejects.toEqual(
			broken('error_equipment_usage_over')
		);
	});
	it('is written by the own leader, for the year that ended by the past one, and by nobody else', async () => {
		const later = new Date('2027-05-01T03:00:00Z');
		await send(past('2027-03-31'), '前の代表から', { at: later });
		await expect(send(past('2026-03-31'), '前の前の代表', { at: later })).rejects.toEqual(missing);
		await expect(send(past('2027-03-31'), '新しい年度', { at: later, year: 2027 })).rejects.toEqual(missing);
		for (const actor of [people.safety, people.approver, people.volunteer, people.guidance, elsewhere()])
			await expect(send(actor, 'よその', { at: later })).rejects.toEqual(missing);
		await expect(send(await otherLeader(db, '2026-11-22'), 'よその', { at: later })).rejects.toEqual(missing);
		const { bodies } = await usageYear(db, past('2027-03-31'), 2026, later);
		expect(bodies).toMatchObject([{ own: true, report: { words: '前の代表から' } }]);
		for (const actor of [elsewhere(), people.volunteer, people.guidance, await otherLeader(db, '2026-11-22')])
			expect((await usageYear(db, actor, 2026, later)).bodies).toEqual([]);
	});
	it('asks for words, and not for more than a sheet of them', () => {
		for (const words of ['', ' \n ', 'あ'.repeat(2001)])
			expect(usageForm.safeParse({ association: honcho, words }).success).toBe(false);
		expect(usageForm.parse({ association: honcho, words: ' よい ' }).words).toBe('よい');
	});
});
