import { describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/db/ids.ts';
import { broken, enter, granted, hand, now, of, openStore, people, stocked, today } from '../../../tests/store.ts';
import { closeRest, reserveWaiting } from './allocations.server.ts';
import type { ItemForm } from './item.ts';
import { changeItem } from './items.server.ts';
import { loansOf } from './handoverReads.server.ts';
import { reconcile, takeBack, undoHandover } from './handovers.server.ts';
import { boxOf } from './request.ts';
import { requestPage } from './requestReads.server.ts';
import { balanceOf } from './stock.server.ts';
import { handover, requestLine, stock, stockMovement } from './tables.server.ts';

openStore();
const page = (id: string) => requestPage(db, people.safety, id);

describe('handing over', () => {
	it('moves the ledger, in parts, and ends when all is gone', async () => {
		const item = await stocked(5);
		const id = await granted([of(item, 3)]);
		const first = newId();
		await hand(id, [of(item, 1)], { id: first });
		await hand(id, [of(item, 1)], { id: first });
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 4, allocated: 2 });
		await expect(hand(id, [of(item, 3)])).rejects.toEqual(broken('error_equipment_not_reserved', boxOf(item, '')));
		await hand(id, [of(item, 2)]);
		expect(await page(id)).toMatchObject({ state: 'done', lines: [{ handed: 3, allocated: 0 }] });
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 2, allocated: 0 });
	});
	it('counts in the year of its day, never before the decision, never in the future', async () => {
		const item = await stocked(5);
		const id = await granted([of(item, 1)]);
		await expect(hand(id, [of(item, 1)], { on: '2026-11-23' })).rejects.toEqual(broken('error_equipment_future', 'on'));
		await expect(hand(id, [of(item, 1)], { on: '2026-11-21' })).rejects.toEqual(
			broken('error_equipment_before_decision', 'on')
		);
		await hand(id, [of(item, 1)]);
		expect((await page(id)).handovers).toMatchObject([{ fiscalYear: 2026, receivedBy: '髙橋 𠮷子' }]);
	});
	it('keeps what was carried out beyond what was reserved, and books it once it fits', async () => {
		const item = await stocked(2);
		const id = await granted([of(item, 4)]);
		const op = newId();
		expect(await hand(id, [of(item, 3)], { id: op, beyond: 'keep' })).toBe('unclear');
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 2, allocated: 2 });
		await expect(transaction((tx) => reconcile(tx, people.safety, op, 'booked', now))).rejects.toEqual(
			broken('error_equipment_still_beyond')
		);
		await enter(item, { size: '', pieces: 2 });
		await transaction((tx) => reserveWaiting(tx, people.safety, now));
		await transaction((tx) => reconcile(tx, people.safety, op, 'booked', now));
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 1, allocated: 1 });
	});
	it('is undone by reversing lines, and reserved again', async () => {
		const item = await stocked(3);
		const id = await granted([of(item, 2)]);
		const over = newId();
		await hand(id, [of(item, 2)], { id: over });
		await transaction((tx) => undoHandover(tx, people.safety, over, '別の団体に渡した', now));
		await transaction((tx) => undoHandover(tx, people.safety, over, '別の団体に渡した', now));
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 3, allocated: 2 });
		expect(await page(id)).toMatchObject({ state: 'approved', lines: [{ handed: 0, allocated: 2 }] });
	});
	it('takes back: to the shelf, or straight to the bin, or nowhere', async () => {
		const item = await stocked(9, 'loan');
		const id = await granted([of(item, 6)]);
		const over = newId();
		await hand(id, [of(item, 6)], { id: over, dueOn: '2027-03-31' });
		const back = (kind: 'returned' | 'wornOut' | 'lost', pieces: number, key = newId()) =>
			transaction((tx) =>
				takeBack(
					tx,
					people.safety,
					{ id: key, handover: over, item, size: '', kind, pieces, on: today, reason: '確認' },
					now
				)
			);
		const key = newId();
		await back('returned', 2, key);
		await back('returned', 2, key);
		expect(await balanceOf(db, item, '')).toMatchObject({ onHand: 5 });
		await back('wornOut', 1);
		await back('lost', 1);
		expect(await balanceOf(db, item, '')).toMatchObject({ onHand: 5 });
		await expect(back('returned', 3)).rejects.toEqual(broken('error_equipment_more_than_out', 'pieces'));
		await expect(transaction((tx) => undoHandover(tx, people.safety, over, '誤り', now))).rejects.toEqual(
			broken('error_equipment_came_back')
		);
		expect((await page(id)).handovers).toMatchObject([{ dueOn: '2027-03-31', lines: [{ pieces: 6, back: 4 }] }]);
	});
	it('tells what is out on loan by the word of the ledger, until it is back', async () => {
		const item = await stocked(4, 'loan');
		const id = await granted([of(item, 2)]);
		const over = newId();
		await hand(id, [of(item, 2)], { id: over, dueOn: '2026-12-01' });
		const mine = async () => (await loansOf(db, people.safety)).filter((loan) => loan.item === item);
		expect(await mine()).toMatchObject([
			{ out: 2, dueOn: '2026-12-01', number: expect.stringMatching(/防資/) as string }
		]);
		// Given away for good from now on: what was lent before is lent all the same.
		const form: ItemForm = { name: '貸したもの', unit: '台', mode: 'issue', sizes: [], reorderAt: null };
		await transaction((tx) => changeItem(tx, people.safety, item, form));
		expect(await mine()).toHaveLength(1);
		const back = {
			id: newId(),
			handover: over,
			item,
			size: '',
			kind: 'returned',
			pieces: 2,
			on: today,
			reason: '返納'
		} as const;
		await transaction((tx) => takeBack(tx, people.safety, back, now));
		expect(await mine()).toEqual([]);
		for (const other of [people.leader, people.approver, people.guidance])
			await expect(loansOf(db, other)).rejects.toBeInstanceOf(NotFound);
	});
	it('frees what is given up', async () => {
		const item = await stocked(3);
		const id = await granted([of(item, 3)]);
		await hand(id, [of(item, 1)]);
		await transaction((tx) => closeRest(tx, people.safety, id, '受け取りに来られない', now));
		expect(await balanceOf(db, item, '')).toEqual({ onHand: 2, allocated: 0 });
		expect(await page(id)).toMatchObject({ state: 'done' });
	});
});

describe('the guards of the database', () => {
	const refused = (text: string) => expect(() => connections().writer.exec(text)).toThrow('guard');
	it('hold without the verbs', async () => {
		const item = await stocked(3);
		const id = await granted([of(item, 3)]);
		const line = `where request = '${id}'`;
		refused(`update request_line set approved = 4 ${line}`);
		refused(`update request_line set handed = 1 ${line}`);
		refused(`update request_line set asked = 9 ${line}`);
		refused(`delete from request_line ${line}`);
		refused(`update stock set allocated = 0 where item = '${item}'`);
		refused(`update request set receiptNo = 9999 where id = '${id}'`);
		refused(`delete from request where id = '${id}'`);
		refused(`update request_deed set words = 'x' ${line}`);
		const over = newId();
		await hand(id, [of(item, 3)], { id: over });
		refused(`update handover_line set pieces = 1 where handover = '${over}'`);
		refused(`update handover set onDay = '2026-01-01' where id = '${over}'`);
		refused(`update handover set state = 'unclear' where id = '${over}'`);
		refused(`delete from handover where id = '${over}'`);
		refused(
			`insert into stock_movement (municipality, item, size, kind, pieces, after, onDay, fiscalYear, reason, handover, "by", at)
			select municipality, item, size, kind, -1, after - 1, onDay, fiscalYear, reason, handover, "by", at
			from stock_movement where handover = '${over}'`
		);
	});
	it('leave every sum right', async () => {
		const wrong = await db
			.select({ item: stock.item })
			.from(stock)
			.where(
				sql`${stock.onHand} <> (select coalesce(sum(${stockMovement.pieces}), 0) from ${stockMovement} where ${stockMovement.item} = ${stock.item} and ${stockMovement.size} = ${stock.size})
				or ${stock.allocated} <> (select coalesce(sum(${requestLine.allocated}), 0) from ${requestLine} where ${requestLine.item} = ${stock.item} and ${requestLine.size} = ${stock.size})`
			);
		expect(wrong).toEqual([]);
		expect((await db.select().from(handover)).length).toBeGreaterThan(5);
	});
});
