import { describe, expect, it } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { leadersOf } from '#lib/people/grants.server.ts';
import { person, roleEnding, roleGrant } from '#lib/people/tables.server.ts';
import { addDays } from '#lib/calendar/day.ts';
import { otherLeader, otherTown, town } from '../../../tests/people.ts';
import {
	ask,
	enter,
	granted,
	hand,
	now,
	of,
	openStore,
	people,
	stocked,
	today,
	verdicts
} from '../../../tests/store.ts';
import { closeRest, reserveWaiting } from './allocations.server.ts';
import { decide, prepare } from './decisions.server.ts';
import { callLoans } from './dueLoans.server.ts';
import { takeBack, undoHandover } from './handovers.server.ts';
import { audienceOf, noticeKinds } from './notice.ts';
import { equipmentNoticesOf, readEquipmentNotices, tell, unreadEquipmentNotices } from './notices.server.ts';
import { handoversOf } from './requestHandovers.server.ts';
import { requestPage } from './requestReads.server.ts';
import { findRequest, sendBack, withdraw } from './requests.server.ts';

openStore();
/** Kinds of the unread notices of somebody about a request, newest first. */
async function unread(actor: Actor, id: string, at = now) {
	const all = await equipmentNoticesOf(db, actor, at, 500);
	return all.filter((one) => one.request === id && !one.readAt).map((one) => one.kind);
}
const everybody = async (id: string) => ({
	clerk: await unread(people.safety, id),
	approver: await unread(people.approver, id),
	leader: await unread(people.leader, id)
});
/** Another leader of the same body. */
async function secondLeader(until = '2027-03-31'): Promise<{ actor: Actor; grant: string }> {
	const [id, grant] = [newId(), newId()];
	const whose = { municipality: town.municipality, person: id } as const;
	await transaction(async (tx) => {
		await tx
			.insert(person)
			.values({ id, municipality: town.municipality, name: '二人目', kana: 'ふたりめ', createdAt: now });
		await tx.insert(roleGrant).values({
			...whose,
			id: grant,
			role: 'leader',
			association: town.associations.honcho,
			fromOn: '2026-04-01',
			untilOn: until,
			at: now
		});
	});
	const grants = [{ role: 'leader', association: town.associations.honcho } as const];
	return { actor: { ...whose, name: '二人目', grants }, grant };
}

describe('each step is told to whom it concerns', () => {
	it('tells clerks, approvers and the body in turn, nobody of their own deed, and takes back what a colleague settled', async () => {
		const item = await stocked(1);
		const id = await ask([of(item, 3)], { as: 'draft' });
		expect(await everybody(id)).toEqual({ clerk: [], approver: [], leader: [] });
		await ask([of(item, 3)], { id });
		expect(await everybody(id)).toEqual({ clerk: ['sent'], approver: [], leader: [] });
		await transaction((tx) => sendBack(tx, people.safety, id, '計画が短い', now));
		expect(await everybody(id)).toEqual({ clerk: [], approver: [], leader: ['sentBack'] });
		await ask([of(item, 3)], { id });
		expect(await everybody(id)).toEqual({ clerk: ['sent'], approver: [], leader: [] });
		await transaction((tx) => prepare(tx, people.safety, id, verdicts([of(item, 3)]), now));
		await transaction((tx) => prepare(tx, people.safety, id, verdicts([of(item, 3)]), now));
		expect(await everybody(id)).toEqual({ clerk: [], approver: ['prepared'], leader: [] });
		await transaction((tx) => decide(tx, people.approver, id, verdicts([of(item, 3)]), now));
		expect(await everybody(id)).toEqual({ clerk: [], approver: [], leader: ['approved'] });
		await enter(item, { size: '', pieces: 1 });
		await transaction((tx) => reserveWaiting(tx, people.safety, now));
		expect(await unread(people.leader, id)).toEqual(['reserved', 'approved']);
		await hand(id, [of(item, 1)]);
		await hand(id, [of(item, 1)]);
		expect(await unread(people.leader, id)).toEqual(['handedOver', 'approved']);
		await transaction((tx) => closeRest(tx, people.safety, id, '在庫なし', now));
		expect(await unread(people.leader, id)).toEqual(['closed', 'handedOver', 'approved']);
		expect(await unread(people.safety, id)).toEqual([]);
	});
	it('tells of a decline, of a hand-over undone, and not twice that all of it was handed over', async () => {
		const item = await stocked(5);
		const declined = await ask([of(item, 1)]);
		await transaction((tx) => prepare(tx, people.safety, declined, verdicts([of(item, 0)], '無い'), now));
		await transaction((tx) => decide(tx, people.approver, declined, verdicts([of(item, 0)], '無い'), now));
		expect(await unread(people.leader, declined)).toEqual(['declined']);
		const id = await granted([of(item, 2)]);
		await hand(id, [of(item, 2)]);
		expect((await requestPage(db, people.safety, id)).state).toBe('done');
		expect(await unread(people.leader, id)).toEqual(['handedOver', 'approved']);
		const [given] = await handoversOf(db, id);
		await transaction((tx) => undoHandover(tx, people.safety, given!.id, '間違い', now));
		expect(await unread(people.leader, id)).toEqual(['undone', 'approved']);
	});
	it('tells the clerks of a withdrawal only where they had heard of the request', async () => {
		const item = await stocked(5);
		const draft = await ask([of(item, 1)], { as: 'draft' });
		await transaction((tx) => withdraw(tx, people.leader, draft, now));
		const sent = await ask([of(item, 1)]);
		await transaction((tx) => withdraw(tx, people.leader, sent, now));
		expect(await unread(people.safety, draft)).toEqual([]);
		expect(await unread(people.safety, sent)).toEqual(['withdrawn']);
	});
	it('is undone with the step', async () => {
		const item = await stocked(5);
		const id = await ask([of(item, 1)]);
		const failing = transaction(async (tx) => {
			await prepare(tx, people.safety, id, verdicts([of(item, 1)]), now);
			throw new Error('cut');
		});
		await expect(failing).rejects.toThrow('cut');
		expect(await everybody(id)).toEqual({ clerk: ['sent'], approver: [], leader: [] });
	});
});

describe('who sees it', () => {
	it('every leader of the body, and nobody of another body or town', async () => {
		const item = await stocked(5);
		const { actor: second } = await secondLeader();
		const id = await granted([of(item, 1)]);
		expect(await unread(second, id)).toEqual(['approved']);
		const beside: Actor = { ...second, grants: [{ role: 'leader', association: town.associations.midori }] };
		const foreign = await otherLeader(db, today);
		expect(foreign.municipality).toBe(otherTown.municipality);
		for (const actor of [beside, foreign, people.guidance, people.volunteer]) {
			expect(await equipmentNoticesOf(db, actor, now)).toEqual([]);
			expect(await unreadEquipmentNotices(db, actor, now)).toBe(0);
		}
	});
	it('not who has lost the role: neither what was told before nor what comes after', async () => {
		const item = await stocked(5);
		const { actor, grant } = await secondLeader();
		const before = await granted([of(item, 1)]);
		expect(await unread(actor, before)).toEqual(['approved']);
		await transaction((tx) =>
			tx
				.insert(roleEnding)
				.values({ grant, municipality: town.municipality, fromOn: today, reason: 'handedOver', at: now })
		);
		const after = await granted([of(item, 1)]);
		const former: Actor = { ...actor, grants: [{ role: 'volunteer', association: town.associations.honcho }] };
		expect(await equipmentNoticesOf(db, former, now)).toEqual([]);
		expect(await unreadEquipmentNotices(db, former, now)).toBe(0);
		expect(await unread(actor, after)).toEqual([]);
	});
	it('one’s own read marks only, each kept once read', async () => {
		const item = await stocked(5);
		const { actor: second } = await secondLeader();
		const id = await granted([of(item, 1)]);
		const own = (await equipmentNoticesOf(db, second, now)).filter((one) => one.request === id);
		const ids = own.map((one) => one.id);
		await transaction((tx) => readEquipmentNotices(tx, people.leader, ids, now));
		expect(await unread(second, id)).toEqual(['approved']);
		const waiting = await unreadEquipmentNotices(db, second, now);
		await transaction((tx) => readEquipmentNotices(tx, second, ids, now));
		expect(await unread(second, id)).toEqual([]);
		expect(await unreadEquipmentNotices(db, second, now)).toBe(waiting - 1);
		expect(await unread(people.leader, id)).toEqual(['approved']);
	});
	it('says kind, number and body and nothing that anybody typed', async () => {
		const item = await stocked(5);
		const id = await ask([of(item, 1)]);
		await transaction((tx) => sendBack(tx, people.safety, id, '秘密の理由', now));
		const [told] = (await equipmentNoticesOf(db, people.leader, now)).filter((one) => one.request === id);
		expect(told).toMatchObject({ kind: 'sentBack', number: expect.stringMatching(/^令和8-防資-\d{3}$/) as string });
		expect(JSON.stringify(told)).not.toMatch(/秘密|髙橋|夜間/);
	});
	it('every kind is read by exactly one audience', async () => {
		const item = await stocked(5);
		const id = await ask([of(item, 1)]);
		const seen = { clerks: people.safety, approvers: people.approver, body: people.leader };
		for (const kind of noticeKinds) {
			await transaction(async (tx) => tell(tx, await findRequest(tx, people.safety, 'request.see', id), kind, { now }));
			for (const [audience, actor] of Object.entries(seen))
				expect([kind, audience, (await unread(actor, id)).includes(kind)]).toEqual([
					kind,
					audience,
					audienceOf(kind) === audience
				]);
		}
	});
});

describe('loans', () => {
	const at = (day: string) => new Date(`${day}T22:00:00Z`);
	it('are called for two weeks before and once more when over, once each however often the job runs', async () => {
		const item = await stocked(3, 'loan');
		const id = await granted([of(item, 2)]);
		await hand(id, [of(item, 2)], { dueOn: addDays(today, 30) });
		const loans = async (at: Date) => (await unread(people.leader, id, at)).filter((kind) => /due/i.test(kind));
		await callLoans(at(addDays(today, 14)));
		expect(await loans(now)).toEqual([]);
		const leaders = (await leadersOf(db, town.associations.honcho, today)).length;
		expect(await callLoans(at(addDays(today, 15)))).toEqual({ notices: leaders });
		expect(await callLoans(at(addDays(today, 16)))).toEqual({ notices: 0 });
		expect(await loans(now)).toEqual(['dueSoon']);
		expect(await callLoans(at(addDays(today, 30)))).toEqual({ notices: leaders });
		expect(await callLoans(at(addDays(today, 31)))).toEqual({ notices: 0 });
		expect(await loans(now)).toEqual(['overdue', 'dueSoon']);
	});
	it('are not called for once they are back', async () => {
		const item = await stocked(3, 'loan');
		const id = await granted([of(item, 1)]);
		await hand(id, [of(item, 1)], { dueOn: addDays(today, 3) });
		const [given] = await handoversOf(db, id);
		const back = { id: newId(), handover: given!.id, item, size: '', pieces: 1, on: today, reason: '返却' } as const;
		await transaction((tx) => takeBack(tx, people.safety, { ...back, kind: 'returned' }, now));
		await callLoans(at(today));
		expect(await unread(people.leader, id)).toEqual(['handedOver', 'approved']);
	});
});
