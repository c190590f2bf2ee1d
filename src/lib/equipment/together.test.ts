import { describe, expect, it } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/db/ids.ts';
import { ask, broken, now, of, openStore, people, stocked, verdicts } from '../../../tests/store.ts';
import { town } from '../../../tests/people.ts';
import { prepare } from './decisions.server.ts';
import { deskOf } from './desk.server.ts';
import { setPolicy } from './policies.server.ts';
import type { Policy } from './policy.ts';
import { boxOf, type Asked } from './request.ts';
import { asBodySees, requestPage } from './requestReads.server.ts';
import { saveRequest, withdraw } from './requests.server.ts';
import { decideTogether, prepareSeen, prepareTogether } from './together.server.ts';
import { togetherForm, verdictForm, within } from './verdict.ts';

openStore();
const page = (id: string) => requestPage(db, people.safety, id);
const seenOf = async (id: string) => ({ id, seen: (await page(id)).changedAt.getTime() });
const proposal = async (id: string, lines: Asked[], reason = '在庫の都合') => ({
	...(await seenOf(id)),
	lines: lines.map((line) => ({ ...line, reason })),
	override: ''
});
let later = 0;
/** Each a moment after the one before, so that the last holds. */
const rules = (policy: Policy, oneMayDoBoth = false) =>
	transaction((tx) => setPolicy(tx, people.safety, { policy, oneMayDoBoth }, new Date(now.getTime() + ++later)));
const leaderOf = (association: string): Actor => ({ ...people.leader, grants: [{ role: 'leader', association }] });
const askFor = (body: keyof typeof town.associations, lines: Asked[]) => {
	const association = town.associations[body];
	const form = { id: newId(), association, plan: '', as: 'send' } as const;
	return transaction((tx) => saveRequest(tx, leaderOf(association), form, lines, now));
};
const moment = (n: number) => new Date(now.getTime() + n);

describe('the desk', () => {
	it('shares what is short among the chosen, leaving out what other proposals hold', async () => {
		const item = await stocked(10);
		const [a, b, held] = [
			await askFor('honcho', [of(item, 8)]),
			await askFor('midori', [of(item, 8)]),
			await askFor('maehara', [of(item, 4)])
		];
		await transaction((tx) => prepare(tx, people.safety, held, verdicts([of(item, 4)]), now));
		const { lines } = await deskOf(db, people.safety, [a, b], now, 'chosen');
		expect(lines.map((line) => line.elsewhere)).toEqual([4, 4]);
		expect(lines.reduce((sum, line) => sum + line.proposed, 0)).toBe(6);
		expect(lines[0]!.proposedReason).toMatch(/^在庫6に対し申請が16のため、各団体に1ずつ/);
		// Alone on the desk it does not take what the other one waits for.
		const alone = await deskOf(db, people.safety, [a], now, 'waiting');
		expect(alone.lines[0]!.proposed).toBe(lines.find((line) => line.request === a)!.proposed);
	});
	it('keeps to what the rules leave', async () => {
		const item = await stocked(10);
		await rules({ everyItem: { perRequest: { basis: 'fixed', pieces: 3 } } });
		const id = await ask([of(item, 5)]);
		const { lines } = await deskOf(db, people.safety, [id], now, 'waiting');
		expect(lines[0]).toMatchObject({ proposed: 3, remaining: { left: 3, by: 'perRequest' } });
		await rules({});
	});
	it('is not there for a leader of another body, nor for a draft', async () => {
		const item = await stocked(1);
		const theirs = await askFor('midori', [of(item, 1)]);
		const draft = await ask([of(item, 1)], { as: 'draft' });
		await expect(deskOf(db, people.leader, [theirs], now, 'chosen')).rejects.toBeInstanceOf(NotFound);
		await expect(deskOf(db, people.safety, [draft], now, 'chosen')).rejects.toBeInstanceOf(NotFound);
	});
});

describe('several at once', () => {
	it('are prepared all of them or none: a stale one is named', async () => {
		const item = await stocked(10);
		const [a, b] = [await ask([of(item, 2)]), await ask([of(item, 3)])];
		const both = [await proposal(a, [of(item, 2)]), await proposal(b, [of(item, 3)])];
		await transaction((tx) => withdraw(tx, people.leader, b, moment(5)));
		const number = (await page(b)).number;
		await expect(transaction((tx) => prepareTogether(tx, people.safety, both, '', moment(6)))).rejects.toEqual(
			expect.objectContaining({ code: 'error_equipment_stale', params: { number } })
		);
		expect((await page(a)).state).toBe('sent');
		await transaction((tx) => prepareTogether(tx, people.safety, both.slice(0, 1), 'ひとこと', moment(7)));
		expect(await page(a)).toMatchObject({ state: 'prepared', lines: [{ suggested: 2 }] });
		expect((await page(a)).timeline.at(-1)).toMatchObject({ deed: 'prepare', words: 'ひとこと' });
	});
	it('tell the body nothing of the proposal', async () => {
		const item = await stocked(10);
		const id = await ask([of(item, 2)]);
		const one = await proposal(id, [of(item, 1)], '案の理由');
		await transaction((tx) => prepareTogether(tx, people.safety, [one], '決裁者へ', now));
		const told = JSON.stringify(asBodySees(await page(id)));
		expect(told).not.toMatch(/案の理由|決裁者へ|"suggested":1/);
		await transaction(async (tx) => decideTogether(tx, people.approver, [await seenOf(id)], '決定', now));
		const after = asBodySees(await page(id));
		expect(after.lines).toMatchObject([{ approved: 1, suggested: null, reason: '案の理由' }]);
		expect(after.timeline.map((deed) => deed.words)).toEqual([null, null, null, '決定']);
	});
	it('say at whose box something is missing', async () => {
		const item = await stocked(10);
		const [a, b] = [await ask([of(item, 2)]), await ask([of(item, 3)])];
		const both = [await proposal(a, [of(item, 2)]), await proposal(b, [of(item, 1)], '')];
		await expect(transaction((tx) => prepareTogether(tx, people.safety, both, '', now))).rejects.toEqual(
			broken('error_equipment_why', within(b, `r:${boxOf(item, '')}`))
		);
		expect((await page(a)).state).toBe('sent');
	});
	it('are decided as they were seen: a proposal that changed meanwhile is not', async () => {
		const item = await stocked(10);
		const [a, b] = [await ask([of(item, 2)]), await ask([of(item, 3)])];
		const both = [await proposal(a, [of(item, 2)]), await proposal(b, [of(item, 3)])];
		await transaction((tx) => prepareTogether(tx, people.safety, both, '', moment(10)));
		const seen = [await seenOf(a), await seenOf(b)];
		await transaction((tx) => prepare(tx, people.safety, b, verdicts([of(item, 1)], '作り直し'), moment(11)));
		await expect(transaction((tx) => decideTogether(tx, people.approver, seen, '', moment(12)))).rejects.toEqual(
			broken('error_equipment_stale')
		);
		expect((await page(a)).state).toBe('prepared');
		const fresh = [await seenOf(a), await seenOf(b)];
		await transaction((tx) => decideTogether(tx, people.approver, fresh, '', moment(13)));
		expect([await page(a), await page(b)]).toMatchObject([
			{ state: 'approved', lines: [{ approved: 2, allocated: 2 }] },
			{ state: 'approved', lines: [{ approved: 1, allocated: 1 }] }
		]);
		// The same press once more: they are decided.
		await expect(transaction((tx) => decideTogether(tx, people.approver, fresh, '', moment(14)))).rejects.toEqual(
			broken('error_equipment_stale')
		);
	});
	it('need four eyes each, and the one that lacks them is named', async () => {
		const item = await stocked(10);
		const both: Actor = { ...people.safety, grants: [...people.safety.grants, ...people.approver.grants] };
		const id = await ask([of(item, 2)]);
		const one = await proposal(id, [of(item, 2)]);
		await transaction((tx) => prepareSeen(tx, both, { ...one, words: '' }, moment(20)));
		const seen = [await seenOf(id)];
		await expect(transaction((tx) => decideTogether(tx, both, seen, '', now))).rejects.toEqual(
			expect.objectContaining({ code: 'error_equipment_four_eyes_of', params: { number: (await page(id)).number } })
		);
		await rules({}, true);
		await transaction((tx) => decideTogether(tx, both, seen, '', now));
		await rules({});
		expect((await page(id)).state).toBe('approved');
	});
	it('never promise one piece twice, whatever was proposed', async () => {
		const item = await stocked(5);
		const ids = [await askFor('honcho', [of(item, 4)]), await askFor('midori', [of(item, 4)])];
		const all = [await proposal(ids[0]!, [of(item, 4)]), await proposal(ids[1]!, [of(item, 4)])];
		await transaction((tx) => prepareTogether(tx, people.safety, all, '', moment(30)));
		const seen = [await seenOf(ids[0]!), await seenOf(ids[1]!)];
		await transaction((tx) => decideTogether(tx, people.approver, seen, '', moment(31)));
		expect((await page(ids[0]!)).lines[0]).toMatchObject({ approved: 4, allocated: 4 });
		expect((await page(ids[1]!)).lines[0]).toMatchObject({ approved: 4, allocated: 1, free: 0 });
	});
	it('are refused to whoever may not', async () => {
		const item = await stocked(5);
		const id = await ask([of(item, 1)]);
		const one = [await proposal(id, [of(item, 1)])];
		for (const who of [people.approver, people.leader, people.guidance])
			await expect(
				transaction((tx) => prepareTogether(tx, who, one, '', now)),
				who.name
			).rejects.toBeInstanceOf(NotFound);
		await expect(transaction((tx) => decideTogether(tx, people.safety, one, '', now))).rejects.toBeInstanceOf(NotFound);
	});
});

describe('what was typed', () => {
	const id = newId();
	const issues = (form: typeof verdictForm | typeof togetherForm, values: Record<string, string | string[]>) =>
		Object.fromEntries((form.safeParse(values).error?.issues ?? []).map((one) => [String(one.path[0]), one.message]));
	it('is understood with full-width digits; an emptied box is not a zero', () => {
		const values = { 'n:a:M': '１２', 'r:n:a:M': ' 在庫 ', 'n:b:': '0', words: '', seen: '17' };
		expect(verdictForm.parse(values)).toEqual({
			...{ words: '', override: '', seen: 17 },
			lines: [
				{ item: 'a', size: 'M', pieces: 12, reason: '在庫' },
				{ item: 'b', size: '', pieces: 0, reason: '' }
			]
		});
		expect(issues(verdictForm, { 'n:a:': '', 'n:b:': '-1', 'n:c:': '99999', seen: '1' })).toEqual({
			'n:a:': 'error_required',
			'n:b:': 'error_equipment_pieces',
			'n:c:': 'error_equipment_many'
		});
	});
	it('of what is not taken is not looked at; nothing taken is said', () => {
		const other = newId();
		const values = { take: [id], [`${id}/n:a:`]: '1', [`${id}/seen`]: '5', [`${other}/n:a:`]: 'x' };
		expect(togetherForm.parse(values).requests).toEqual([
			{ id, override: '', seen: 5, lines: [{ item: 'a', size: '', pieces: 1, reason: '' }] }
		]);
		expect(issues(togetherForm, { words: '' })).toEqual({ take: 'error_equipment_none_chosen' });
		expect(issues(togetherForm, { take: ["x' OR 1=1"] })).toEqual({ take: 'error_input' });
		expect(issues(togetherForm, { take: [id], [`${id}/n:a:`]: 'x', [`${id}/seen`]: '5' })).toEqual({
			[`${id}/n:a:`]: 'error_equipment_pieces'
		});
	});
});
