/** Hand-overs from the store room, as phones send them: the real receiver and a real database. */
import { eq, inArray } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/people/permissions.ts';
import { roleGrant } from '#lib/people/tables.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { answerSchema, thaw, type Body, type Bytes, type Op } from '#lib/sync/protocol.ts';
import { receive } from '#lib/sync/receive.server.ts';
import { actorFor, town } from '../../../tests/people.ts';
import { phone } from '../../../tests/phone.ts';
import { ask, granted, now, of, openStore, people, stocked, today } from '../../../tests/store.ts';
import { closeRest } from './allocations.server.ts';
import type { Asked } from './request.ts';
import { handoversOfPack, handoversToReconcile } from './handoverReads.server.ts';
import { requestPage } from './requestReads.server.ts';
import { registerEquipment } from './receive.server.ts';
import { balanceOf } from './stock.server.ts';
import { handover, stockMovement } from './tables.server.ts';

openStore();
registerEquipment();
const section: Body = { type: 'section', id: town.sections.safety };
const payload = (request: string, lines: Asked[], more: object = {}) => ({
	...{ request, on: today, receivedBy: '髙橋 𠮷子', signature: 'M1 2L30 40', lines },
	...more
});
const idOf = (op: Op) => thaw(op.bytes)!.id;

/** A phone of somebody, and what the server says to its ops. */
function phoneOf(actor: Actor, body = section, at = now) {
	const from = phone(actor.person, body, at);
	const send = async (ops: Op[], when = at) => {
		const answer = await receive(actor, from.push(ops), when, (code) => code);
		if (typeof answer === 'string') throw new Error(answer);
		return answerSchema
			.parse(answer)
			.results.map((one) =>
				'outcome' in one ? [one.s, one.outcome.is, one.outcome.code].filter(Boolean).join(' ') : one.s
			);
	};
	const op = (content: object, more: Partial<Bytes> = {}) =>
		from.op({ kind: 'equipment.receive', payload: { ...content }, ...more });
	return { from, send, op };
}
const booked = (op: Op) => db.$count(stockMovement, eq(stockMovement.handover, idOf(op)));
const stateOf = async (op: Op) =>
	(
		await db
			.select()
			.from(handover)
			.where(eq(handover.id, idOf(op)))
	)[0];

describe('a hand-over at the store room', () => {
	it('moves the ledger once, however often it is sent', async () => {
		const item = await stocked(5);
		const id = await granted([of(item, 3)]);
		const clerk = phoneOf(people.safety);
		const op = await clerk.op(payload(id, [of(item, 2)]));
		expect(await clerk.send([op])).toEqual(['stored accepted']);
		expect(await clerk.send([op, op])).toEqual(['duplicate accepted', 'duplicate accepted']);
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 3, allocated: 1 });
		expect(await booked(op)).toBe(1);
		expect(await stateOf(op)).toMatchObject({ state: 'booked', receivedBy: '髙橋 𠮷子', signature: 'M1 2L30 40' });
	});
	it('beyond what is reserved it is kept, told, and not in the ledger', async () => {
		const item = await stocked(2);
		const id = await granted([of(item, 4)]);
		const clerk = phoneOf(people.safety);
		const op = await clerk.op(payload(id, [of(item, 3)]));
		expect(await clerk.send([op])).toEqual(['stored accepted error_equipment_kept']);
		expect(await clerk.send([op])).toEqual(['duplicate accepted error_equipment_kept']);
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 2, allocated: 2 });
		expect(await booked(op)).toBe(0);
		expect(await handoversToReconcile(db, people.safety)).toMatchObject([
			{ id: idOf(op), lines: [{ pieces: 3, reserved: 2 }] }
		]);
	});
	it('two phones that handed over the same pieces: one is booked, the other looked at', async () => {
		const item = await stocked(3);
		const id = await granted([of(item, 3)]);
		const [one, two] = [phoneOf(people.safety), phoneOf(people.safety)];
		const ops = [await one.op(payload(id, [of(item, 3)])), await two.op(payload(id, [of(item, 3)]))] as const;
		expect(await one.send([ops[0]])).toEqual(['stored accepted']);
		expect(await two.send([ops[1]])).toEqual(['stored accepted error_equipment_kept']);
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 0, allocated: 0 });
	});
	it('of a request that was closed meanwhile is kept, too', async () => {
		const item = await stocked(2);
		const id = await granted([of(item, 2)]);
		await transaction((tx) => closeRest(tx, people.safety, id, '来られない', now));
		const clerk = phoneOf(people.safety);
		const op = await clerk.op(payload(id, [of(item, 1)]));
		expect(await clerk.send([op])).toEqual(['stored accepted error_equipment_kept']);
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 2, allocated: 0 });
		expect(await requestPage(db, people.safety, id)).toMatchObject({
			state: 'done',
			handovers: [{ state: 'unclear' }]
		});
	});
	it('by somebody who does not hand over is refused and does nothing', async () => {
		const item = await stocked(2);
		const id = await granted([of(item, 2)]);
		const own: Body = { type: 'association', id: town.associations.honcho };
		for (const who of ['leader', 'volunteer'] as const) {
			const theirs = phoneOf(people[who], own);
			expect(await theirs.send([await theirs.op(payload(id, [of(item, 1)]))])).toEqual([
				'stored rejected error_equipment_hand_role'
			]);
		}
		// The clerk whose role ended since: told who may, for handing over as for taking it back.
		const clerk = phoneOf(people.safety);
		const given = await clerk.op(payload(id, [of(item, 1)]));
		expect(await clerk.send([given])).toEqual(['stored accepted']);
		const former = phoneOf({ ...people.safety, grants: [] });
		expect(
			await former.send([
				await former.op(payload(id, [of(item, 1)])),
				await former.op({}, { kind: 'void', payload: {}, base: idOf(given) })
			])
		).toEqual(['stored rejected error_equipment_hand_role', 'stored rejected error_equipment_hand_role']);
		expect((await stateOf(given))?.state).toBe('booked');
		await clerk.send([await clerk.op({}, { kind: 'void', payload: {}, base: idOf(given) })]);
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 2, allocated: 2 });
		expect((await requestPage(db, people.safety, id)).handovers).toMatchObject([{ state: 'undone' }]);
	});
	it('of an item that was never asked for, or of no request, is refused; nothing asked for is misshapen', async () => {
		const [item, other] = [await stocked(2), await stocked(2)];
		const id = await granted([of(item, 2)]);
		const clerk = phoneOf(people.safety);
		const found = await clerk.send([
			await clerk.op(payload(id, [of(other, 1)])),
			await clerk.op(payload(newId(), [of(item, 1)])),
			await clerk.op(payload(id, [])),
			await clerk.op(payload(id, [of(item, -1)])),
			await clerk.op(payload(id, [of(item, 1)], { signature: '<script>' }))
		]);
		expect(found).toEqual([
			'stored rejected error_sync_forbidden',
			'stored rejected error_sync_forbidden',
			'stored rejected error_sync_payload',
			'stored rejected error_sync_payload',
			'stored needsFix error_input'
		]);
		expect((await requestPage(db, people.safety, id)).handovers).toEqual([]);
	});
	it('before the decision or in the future its date is to be mended, and mended it is booked', async () => {
		const item = await stocked(2);
		const id = await granted([of(item, 2)]);
		const clerk = phoneOf(people.safety);
		const early = await clerk.op(payload(id, [of(item, 2)], { on: '2026-11-21' }));
		const late = await clerk.op(payload(id, [of(item, 2)], { on: '2026-11-23' }));
		expect(await clerk.send([early, late])).toEqual([
			'stored needsFix error_equipment_before_decision',
			'stored needsFix error_equipment_future'
		]);
		const mended = await clerk.op(payload(id, [of(item, 2)]), { base: idOf(early) });
		expect(await clerk.send([mended])).toEqual(['stored accepted']);
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 0, allocated: 0 });
	});
	it('counts in the year of its day, whenever it arrives', async () => {
		const item = await stocked(4);
		const id = await granted([of(item, 4)]);
		const arrives = new Date('2027-04-01T01:00:00Z');
		// The clerk goes on in the new year.
		await transaction(async (tx) => {
			const [role] = await tx.select().from(roleGrant).where(eq(roleGrant.person, people.safety.person));
			await tx
				.insert(roleGrant)
				.values({ ...role!, id: newId(), fromOn: '2027-04-01', untilOn: '2028-03-31', at: arrives });
		});
		const safety = await actorFor(db, 'safety', '2027-04-01');
		const clerk = phoneOf(safety, section, new Date('2027-03-31T14:59:00Z'));
		const ops = [
			await clerk.op(payload(id, [of(item, 1)], { on: '2027-03-31' })),
			await clerk.op(payload(id, [of(item, 2)], { on: '2027-04-01' }))
		];
		expect(await clerk.send(ops, arrives)).toEqual(['stored accepted', 'stored accepted']);
		const years = await db
			.select({ on: handover.onDay, year: handover.fiscalYear })
			.from(handover)
			.where(inArray(handover.id, ops.map(idOf)))
			.orderBy(handover.onDay);
		expect(years).toEqual([
			{ on: '2027-03-31', year: 2026 },
			{ on: '2027-04-01', year: 2027 }
		]);
	});
	it('deleted on the phone after it had arrived it is undone', async () => {
		const item = await stocked(3);
		const id = await granted([of(item, 2)]);
		const clerk = phoneOf(people.safety);
		const ops = [await clerk.op(payload(id, [of(item, 1)])), await clerk.op(payload(id, [of(item, 3)]))] as const;
		await clerk.send([...ops]);
		const voids = await Promise.all(ops.map((op) => clerk.op({}, { kind: 'void', payload: {}, base: idOf(op) })));
		expect(await clerk.send(voids)).toEqual(['stored accepted', 'stored accepted']);
		expect([(await stateOf(ops[0]))?.state, (await stateOf(ops[1]))?.state]).toEqual(['undone', 'dropped']);
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 3, allocated: 2 });
	});
});

describe('what a phone carries to the store room', () => {
	it('is what lies ready, for those who hand over', async () => {
		const item = await stocked(2, 'loan');
		const id = await granted([of(item, 5)]);
		await ask([of(item, 1)]);
		const found = (await handoversOfPack(db, people.safety)).filter((one) =>
			one.lines.some((line) => line.item === item)
		);
		expect(found).toMatchObject([
			{ id, body: '本町北町会', decidedOn: today, lines: [{ item, size: '', mode: 'loan', pieces: 2 }] }
		]);
		for (const who of ['leader', 'approver', 'volunteer', 'guidance'] as const)
			expect(await handoversOfPack(db, people[who])).toEqual([]);
	});
});
