import { describe, expect, it } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { otherLeader, town } from '../../../tests/people.ts';
import { ask, broken, granted, hand, now, of, openStore, people, stocked, verdicts } from '../../../tests/store.ts';
import { decide, prepare } from './decisions.server.ts';
import { undoHandover } from './handovers.server.ts';
import { paperOf } from './papers.server.ts';
import { applicantOf, paperAt, papersOf, wayOfAll } from './papers.ts';

openStore();
const paper = (id: string, name: string, handover: string | null = null, actor: Actor = people.safety) =>
	paperOf(db, actor, id, name, handover, now);
const missing = expect.objectContaining({ name: 'NotFound' }) as unknown;

describe('which papers there are', () => {
	it('follows from where the request stands', () => {
		const names = (state: Parameters<typeof papersOf>[0]['state']) =>
			papersOf({ state, handovers: [] }).map((one) => one.paper);
		for (const state of ['draft', 'sent', 'sentBack', 'prepared', 'withdrawn'] as const)
			expect(names(state)).toEqual(['request']);
		for (const state of ['approved', 'declined', 'done'] as const)
			expect(names(state)).toEqual(['request', 'decision']);
	});
	it('a receipt for each hand-over that is booked, named where there are several', () => {
		const handovers = (['booked', 'unclear', 'undone', 'dropped'] as const).map((state) => ({ id: state, state }));
		const of = { state: 'approved', handovers } as const;
		expect(papersOf(of).slice(2)).toEqual([{ paper: 'receipt', handover: 'booked' }]);
		expect(paperAt(of, 'receipt', null)).toEqual({ paper: 'receipt', handover: 'booked' });
		expect(paperAt(of, 'receipt', 'undone')).toBeUndefined();
		const two = { ...of, handovers: [...handovers, { id: 'second', state: 'booked' } as const] };
		expect(paperAt(two, 'receipt', null)).toBeUndefined();
		expect(paperAt(two, 'receipt', 'second')).toEqual({ paper: 'receipt', handover: 'second' });
		expect(paperAt(two, 'ledger', null)).toBeUndefined();
	});
	it('names what is given, lent or both, and who sent it last', () => {
		expect([wayOfAll([]), wayOfAll([{ mode: 'loan' }]), wayOfAll([{ mode: 'loan' }, { mode: 'issue' }])]).toEqual([
			'issue',
			'loan',
			'both'
		]);
		const step = (deed: string, by: string) => ({ deed, by, words: null });
		expect(applicantOf([step('draft', 'a'), step('send', 'b'), step('sendBack', 'c'), step('send', 'd')])).toBe('d');
		expect(applicantOf([step('draft', 'a')])).toBe('a');
	});
});

describe('what stands on them', () => {
	it('the draft has neither number nor day; the sent one both, and whom to ask', async () => {
		const item = await stocked(5);
		const draft = await ask([of(item, 1)], { as: 'draft' });
		expect(await paper(draft, 'request', null, people.leader)).toMatchObject({ number: null, on: null });
		await expect(paper(draft, 'request')).rejects.toEqual(missing);
		const sent = await ask([of(item, 1)]);
		expect(await paper(sent, 'request')).toMatchObject({
			on: '2026-11-22',
			body: { name: '本町北町会' },
			applicant: people.leader.name,
			desk: { municipality: '小金井市', section: '地域安全課', phone: '042-000-0001' }
		});
		await expect(paper(sent, 'decision')).rejects.toEqual(missing);
		await expect(paper(sent, 'receipt')).rejects.toEqual(missing);
		await expect(paper(sent, 'anything')).rejects.toEqual(missing);
	});
	it('the decision has its reasons, per line and in general', async () => {
		const item = await stocked(5);
		const id = await granted([of(item, 3)], [of(item, 2)]);
		expect(await paper(id, 'decision')).toMatchObject({
			state: 'approved',
			on: '2026-11-22',
			words: '理由',
			lines: [{ asked: 3, approved: 2, reason: '在庫の都合' }]
		});
		const no = await ask([of(item, 3)]);
		await transaction((tx) => prepare(tx, people.safety, no, verdicts([of(item, 0)], '計画がない'), now));
		await transaction((tx) => decide(tx, people.approver, no, verdicts([of(item, 0)], '計画がない'), now));
		expect(await paper(no, 'decision')).toMatchObject({ state: 'declined', words: '理由', lines: [{ approved: 0 }] });
		await expect(paper(no, 'receipt')).rejects.toEqual(missing);
	});
	it('each hand-over has its own receipt with its signature; one undone has none', async () => {
		const item = await stocked(5);
		const id = await granted([of(item, 3)]);
		const [first, second] = [newId(), newId()];
		await hand(id, [of(item, 1)], { id: first, signature: 'M1 2L3 4' });
		await hand(id, [of(item, 2)], { id: second });
		await expect(paper(id, 'receipt')).rejects.toEqual(missing);
		expect(await paper(id, 'receipt', first)).toMatchObject({
			handover: { signature: 'M1 2L3 4', receivedBy: '髙橋 𠮷子', lines: [{ pieces: 1 }] }
		});
		expect(await paper(id, 'receipt', second)).toMatchObject({ handover: { signature: null, lines: [{ pieces: 2 }] } });
		await transaction((tx) => undoHandover(tx, people.safety, second, '誤り', now));
		await expect(paper(id, 'receipt', second)).rejects.toEqual(missing);
		expect(await paper(id, 'receipt')).toMatchObject({ handover: { id: first } });
	});
	it('is there for the own leader and for staff who see requests, and for nobody else', async () => {
		const item = await stocked(5);
		const id = await granted([of(item, 3)]);
		await hand(id, [of(item, 3)]);
		const elsewhere = {
			...people.leader,
			grants: [{ role: 'leader', association: town.associations.midori }]
		} as const;
		for (const name of ['request', 'decision', 'receipt']) {
			for (const actor of [people.leader, people.safety, people.approver])
				expect(await paper(id, name, null, actor)).toMatchObject({ paper: name });
			for (const actor of [people.guidance, people.volunteer, elsewhere, await otherLeader(db, '2026-11-22')])
				await expect(paper(id, name, null, actor)).rejects.toEqual(missing);
		}
	});
	it('a hand-over that is unclear has no receipt yet', async () => {
		const item = await stocked(1);
		const id = await granted([of(item, 2)]);
		expect(await hand(id, [of(item, 2)], { beyond: 'keep' })).toBe('unclear');
		await expect(paper(id, 'receipt')).rejects.toEqual(missing);
		await expect(hand(id, [of(item, 2)])).rejects.toEqual(broken('error_equipment_not_reserved'));
	});
});
