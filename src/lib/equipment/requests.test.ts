import { describe, expect, it } from 'vitest';
import { and, eq } from 'drizzle-orm';
import { db, transaction } from '#lib/server/db/index.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { NotFound } from '#lib/server/errors.ts';
import { otherTown, town } from '../../../tests/people.ts';
import {
	ask,
	broken,
	enter,
	granted,
	hand,
	now,
	of,
	openStore,
	people,
	stocked,
	verdicts
} from '../../../tests/store.ts';
import { reserveWaiting } from './allocations.server.ts';
import { decideAsPrepared, prepare } from './decisions.server.ts';
import { closeItem } from './items.server.ts';
import { setPolicy } from './policies.server.ts';
import { askedIn, boxOf } from './request.ts';
import { requestPage, requestsOf } from './requestReads.server.ts';
import { sendBack, withdraw } from './requests.server.ts';
import { request } from './tables.server.ts';

openStore();
const page = (id: string) => requestPage(db, people.safety, id);
describe('boxes', () => {
	it('reads full-width digits, leaves empty and zero out, and names the box that is wrong', () => {
		expect(askedIn({ 'n:a:': '１２', 'n:b:M': '', 'n:c:': '0', plan: '3' })).toEqual({
			lines: [{ item: 'a', size: '', pieces: 12 }],
			errors: {}
		});
		for (const wrong of ['-1', '1.5', 'たくさん', '99999', '<script>'])
			expect(Object.keys(askedIn({ 'n:a:': wrong }).errors), wrong).toEqual(['n:a:']);
	});
});

describe('asking', () => {
	it('keeps a draft that nobody else sees, and numbers it when it is sent', async () => {
		const item = await stocked(5);
		const id = await ask([of(item, 2)], { as: 'draft' });
		await expect(page(id)).rejects.toBeInstanceOf(NotFound);
		expect((await requestPage(db, people.leader, id)).number).toBeNull();
		await ask([of(item, 3)], { id });
		const sent = await page(id);
		expect(sent).toMatchObject({ state: 'sent', number: expect.stringMatching(/^令和8-防資-\d{3}$/) as string });
		expect(sent.lines).toMatchObject([{ asked: 3, free: 5 }]);
		expect(sent.timeline.map((one) => one.deed)).toEqual(['draft', 'send']);
		expect(sent.roster).toContain('𠮷田 千代');
	});
	it('is one request when the form comes twice', async () => {
		const item = await stocked(5);
		const id = await ask([of(item, 1)]);
		await ask([of(item, 1)], { id });
		expect((await page(id)).timeline.map((one) => one.deed)).toEqual(['draft', 'send']);
	});
	it('refuses what is not given out, what is not of this town, and what asks for nothing', async () => {
		const closed = await stocked(5);
		await transaction((tx) => closeItem(tx, people.safety, closed, now));
		await expect(ask([of(closed, 1)])).rejects.toEqual(broken('error_equipment_not_offered', boxOf(closed, '')));
		await expect(ask([of('0192-nowhere', 1)])).rejects.toEqual(broken('error_equipment_not_offered'));
		await expect(ask([])).rejects.toEqual(broken('error_equipment_nothing_asked'));
		const item = await stocked(5);
		await expect(ask([{ item, size: 'XL', pieces: 1 }])).rejects.toEqual(broken('error_choose'));
	});
	it('numbers without gaps within a fiscal year, however many are refused in between', async () => {
		const item = await stocked(5);
		const before = await numbers(2027);
		const later = new Date('2027-04-01T00:00:00Z');
		const all = await Promise.allSettled(
			Array.from({ length: 40 }, (_, k) => ask(k % 4 === 3 ? [] : [of(item, 1)], { at: later }))
		);
		expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(30);
		expect(before).toEqual([]);
		expect(await numbers(2027)).toEqual(Array.from({ length: 30 }, (_, k) => k + 1));
	});
	it('goes back with a reason, comes again under its number, and is withdrawn', async () => {
		const item = await stocked(5);
		const id = await ask([of(item, 1)]);
		const { number } = await page(id);
		await transaction((tx) => sendBack(tx, people.safety, id, '計画を書いてください', now));
		await ask([of(item, 2)], { id });
		expect(await page(id)).toMatchObject({ number, state: 'sent' });
		await transaction((tx) => withdraw(tx, people.leader, id, now));
		await transaction((tx) => withdraw(tx, people.leader, id, now));
		await expect(transaction((tx) => prepare(tx, people.safety, id, verdicts([of(item, 1)]), now))).rejects.toEqual(
			broken('error_equipment_not_now')
		);
	});
	it('is nobody else’s', async () => {
		const item = await stocked(5);
		const id = await ask([of(item, 1)]);
		const beside: Actor = { ...people.leader, grants: [{ role: 'leader', association: town.associations.midori }] };
		const foreign: Actor = { ...beside, municipality: otherTown.municipality };
		for (const actor of [people.guidance, beside, foreign])
			await expect(requestPage(db, actor, id)).rejects.toBeInstanceOf(NotFound);
		expect((await requestsOf(db, people.guidance, {})).rows).toEqual([]);
		await expect(
			transaction((tx) => prepare(tx, people.leader, id, verdicts([of(item, 1)]), now))
		).rejects.toBeInstanceOf(NotFound);
		await expect(transaction((tx) => withdraw(tx, people.safety, id, now))).rejects.toBeInstanceOf(NotFound);
	});
});

const numbers = async (year: number) =>
	(
		await db
			.select({ no: request.receiptNo })
			.from(request)
			.where(and(eq(request.receiptYear, year), eq(request.municipality, town.municipality)))
			.orderBy(request.receiptNo)
	).map((row) => row.no);

describe('deciding', () => {
	it('reserves what lies there and lets the rest wait', async () => {
		const item = await stocked(4);
		const id = await granted([of(item, 6)]);
		expect((await page(id)).lines).toMatchObject([{ approved: 6, allocated: 4, free: 0 }]);
		await enter(item, { size: '', pieces: 1 });
		expect(await transaction((tx) => reserveWaiting(tx, people.safety, now))).toBe(1);
		expect((await page(id)).lines).toMatchObject([{ allocated: 5 }]);
	});
	it('leaves what comes in to those who wait longer', async () => {
		const item = await stocked(1);
		const first = await granted([of(item, 3)]);
		await enter(item, { size: '', pieces: 3 });
		// Decided after it, before anybody has given out what came in.
		const second = await granted([of(item, 2)]);
		expect((await page(second)).lines).toMatchObject([{ approved: 2, allocated: 1 }]);
		expect(await transaction((tx) => reserveWaiting(tx, people.safety, now))).toBe(1);
		expect((await page(first)).lines).toMatchObject([{ allocated: 3 }]);
	});
	it('asks for a reason where less is given, and never gives more', async () => {
		const item = await stocked(4);
		const id = await ask([of(item, 3)]);
		const want = (pieces: number, reason = '') =>
			transaction((tx) => prepare(tx, people.safety, id, verdicts([of(item, pieces)], reason), now));
		await expect(want(4)).rejects.toEqual(broken('error_equipment_more_than_asked', boxOf(item, '')));
		await expect(want(2)).rejects.toEqual(broken('error_equipment_why'));
		await want(2, '残りは来年度');
		expect((await page(id)).lines).toMatchObject([{ suggested: 2, approved: null, reason: '残りは来年度' }]);
	});
	it('needs four eyes, unless the city says otherwise', async () => {
		const item = await stocked(4);
		const id = await ask([of(item, 1)]);
		const both: Actor = { ...people.safety, grants: [...people.safety.grants, ...people.approver.grants] };
		await transaction((tx) => prepare(tx, both, id, verdicts([of(item, 1)]), now));
		await expect(transaction((tx) => decideAsPrepared(tx, both, id, '', now))).rejects.toEqual(
			broken('error_equipment_four_eyes')
		);
		await expect(transaction((tx) => decideAsPrepared(tx, people.safety, id, '', now))).rejects.toBeInstanceOf(
			NotFound
		);
		await transaction((tx) => setPolicy(tx, people.safety, { policy: {}, oneMayDoBoth: true }, now));
		await transaction((tx) => decideAsPrepared(tx, people.safety, id, '', now));
		await transaction((tx) =>
			setPolicy(tx, people.safety, { policy: {}, oneMayDoBoth: false }, new Date(now.getTime() + 1))
		);
		expect(await page(id)).toMatchObject({ state: 'approved' });
	});
	it('wants a written reason to grant what a rule speaks against', async () => {
		const item = await stocked(4);
		await transaction((tx) =>
			setPolicy(
				tx,
				people.safety,
				{ policy: { minMembers: 100_000 }, oneMayDoBoth: false },
				new Date(now.getTime() + 2)
			)
		);
		const id = await ask([of(item, 1)]);
		const form = verdicts([of(item, 1)]);
		await expect(transaction((tx) => prepare(tx, people.safety, id, form, now))).rejects.toEqual(
			broken('error_equipment_override', 'override')
		);
		await transaction((tx) => prepare(tx, people.safety, id, { ...form, override: '市長が特に認めた' }, now));
		expect(await page(id)).toMatchObject({ override: '市長が特に認めた', checks: [{ rule: 'members', fine: false }] });
		await transaction((tx) =>
			setPolicy(tx, people.safety, { policy: {}, oneMayDoBoth: false }, new Date(now.getTime() + 3))
		);
	});
	it('is a refusal when nothing is granted', async () => {
		const item = await stocked(4);
		const id = await granted([of(item, 1)], [of(item, 0)]);
		expect(await page(id)).toMatchObject({ state: 'declined', lines: [{ approved: 0, allocated: 0 }] });
		await expect(hand(id, [of(item, 1)])).rejects.toEqual(broken('error_equipment_not_now'));
	});
});
