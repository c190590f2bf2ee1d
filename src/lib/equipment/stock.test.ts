import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { and, eq, sum } from 'drizzle-orm';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { otherTown, town } from '../../../tests/people.ts';
import { broken, enter, granted, newItem, now, of, openStore, people, today } from '../../../tests/store.ts';
import { itemForm, type ItemForm } from './item.ts';
import { changeItem, closeItem } from './items.server.ts';
import { movementForm, type MovementForm } from './movement.ts';
import { balanceOf, reverse } from './stock.server.ts';
import { takeStock } from './stocktakes.server.ts';
import { stockMovement } from './tables.server.ts';

openStore();
const lines = (item: string) =>
	db
		.select()
		.from(stockMovement)
		.where(and(eq(stockMovement.item, item)))
		.orderBy(stockMovement.id);
describe('the form of an item', () => {
	const typed = { name: 'ベスト', unit: '着', mode: 'issue', sizes: 'F、M, L　L', reorderAt: '１０' };
	it('parts the sizes and understands full-width digits', () =>
		expect(itemForm.parse(typed)).toMatchObject({ sizes: ['F', 'M', 'L'], reorderAt: 10 }));
	it('has one nameless size and no notice when nothing is typed', () =>
		expect(itemForm.parse({ ...typed, sizes: ' ', reorderAt: '' })).toMatchObject({ sizes: [], reorderAt: null }));
	it.each([
		['', 'error_required'],
		['0', 'error_equipment_pieces'],
		['-3', 'error_equipment_pieces'],
		['1.5', 'error_equipment_pieces'],
		['一', 'error_equipment_pieces'],
		['1e3', 'error_equipment_pieces'],
		['10000', 'error_equipment_many'],
		['99999999999999999999', 'error_equipment_pieces']
	])('pieces %j: %s', (pieces, message) => {
		const form = { kind: 'received', size: '', pieces, on: today, reason: 'x' };
		expect(movementForm.safeParse(form).error?.issues[0]).toMatchObject({ path: ['pieces'], message });
	});
	it('takes ４，０００', () =>
		expect(movementForm.parse({ kind: 'lost', size: '', pieces: '４，０００', on: today, reason: 'x' }).pieces).toBe(
			4000
		));
});

const typedVest: ItemForm = { name: 'ベスト', unit: '着', mode: 'issue', sizes: ['M', 'L'], reorderAt: 5 };

describe('the ledger', () => {
	it('reads like a bank book, year by the day of the movement', async () => {
		const item = await newItem();
		await enter(item, { pieces: 60, on: '2026-03-31' });
		await enter(item, { kind: 'issued', pieces: 4, on: '2026-04-01' });
		await enter(item, { kind: 'lost', pieces: 1 });
		expect(await lines(item)).toMatchObject([
			{ pieces: 60, after: 60, fiscalYear: 2025 },
			{ pieces: -4, after: 56, fiscalYear: 2026 },
			{ pieces: -1, after: 55, fiscalYear: 2026 }
		]);
		expect(await balanceOf(db, item, 'M')).toEqual({ onHand: 55, allocated: 0 });
	});

	it('gives no more than lies there, and says how many those are', async () => {
		const item = await newItem();
		await enter(item, { pieces: 3 });
		await expect(enter(item, { kind: 'issued', pieces: 4 })).rejects.toEqual(broken('error_equipment_short', 'pieces'));
		await expect(enter(item, { kind: 'issued', size: 'L', pieces: 1 })).rejects.toEqual(
			broken('error_equipment_short')
		);
		expect(await lines(item)).toHaveLength(1);
	});

	it('refuses a size it does not have, a day to come, and new pieces of a closed item', async () => {
		const item = await newItem();
		await expect(enter(item, { size: '' })).rejects.toEqual(broken('error_choose', 'size'));
		await expect(enter(item, { on: '2026-11-23' })).rejects.toEqual(broken('error_equipment_future', 'on'));
		await enter(item, {});
		await transaction((tx) => closeItem(tx, people.safety, item, now));
		await expect(enter(item, {})).rejects.toEqual(broken('error_equipment_closed'));
		await enter(item, { kind: 'discarded', pieces: 10 });
	});

	it('is mended by a line the other way around, once, in the year of the mistake', async () => {
		const item = await newItem();
		const wrong = await enter(item, { pieces: 40, on: '2026-03-31' });
		const mend = () =>
			transaction((tx) => reverse(tx, people.safety, item, { movement: wrong, reason: '数の打ち間違い' }, now));
		await mend();
		await expect(mend()).rejects.toEqual(broken('error_equipment_reversed'));
		expect(await lines(item)).toMatchObject([
			{ pieces: 40 },
			{ pieces: -40, after: 0, fiscalYear: 2025, reverses: wrong }
		]);
		const [, reversal] = await lines(item);
		const again = { movement: reversal!.id, reason: 'x' };
		await expect(transaction((tx) => reverse(tx, people.safety, item, again, now))).rejects.toEqual(
			broken('error_equipment_not_reversible')
		);
	});

	it('cannot take back what has been handed out since', async () => {
		const item = await newItem();
		const wrong = await enter(item, { pieces: 10 });
		await enter(item, { kind: 'issued', pieces: 8 });
		const mend = transaction((tx) => reverse(tx, people.safety, item, { movement: wrong, reason: 'x' }, now));
		await expect(mend).rejects.toEqual(broken('error_equipment_short'));
	});

	it('belongs to the safety section of its own town', async () => {
		const item = await newItem();
		for (const other of [people.leader, people.approver, people.guidance])
			await expect(enter(item, {}, other)).rejects.toBeInstanceOf(NotFound);
		const foreign = { ...people.safety, municipality: otherTown.municipality };
		await expect(enter(item, {}, foreign)).rejects.toBeInstanceOf(NotFound);
		const wrong = await enter(item, {});
		const mend = (actor: Actor) => transaction((tx) => reverse(tx, actor, item, { movement: wrong, reason: 'x' }, now));
		for (const other of [people.leader, people.approver, foreign])
			await expect(mend(other)).rejects.toBeInstanceOf(NotFound);
		const elsewhere = await newItem();
		const mixed = { movement: wrong, reason: 'x' };
		await expect(transaction((tx) => reverse(tx, people.safety, elsewhere, mixed, now))).rejects.toBeInstanceOf(
			NotFound
		);
	});

	it('keeps a size under which pieces lie, and names apart', async () => {
		const item = await newItem({ name: '髙いベスト𠮷' });
		await enter(item, { size: 'L' });
		const change = (form: Partial<ItemForm>) =>
			transaction((tx) => changeItem(tx, people.safety, item, { ...typedVest, name: '髙いベスト𠮷', ...form }));
		await expect(change({ sizes: ['M'] })).rejects.toEqual(broken('error_equipment_size_used', 'sizes'));
		await change({ sizes: ['L', 'LL'] });
		await newItem({ name: '腕章' });
		await expect(change({ name: '腕章', sizes: ['L'] })).rejects.toEqual(broken('error_equipment_item_name', 'name'));
	});
});

describe('the database holds it, too', () => {
	const raw = (sql: string) => () => connections().writer.exec(sql);
	it('refuses what no verb would write', async () => {
		const item = await newItem();
		const line = await enter(item, { pieces: 5 });
		const insert = (values: string) =>
			raw(`INSERT INTO stock_movement (municipality, item, size, kind, pieces, after, onDay, fiscalYear, reason, reverses, by, at)
				VALUES ('${town.municipality}', '${item}', 'M', ${values}, '${town.people.safety}', 0)`);
		expect(insert(`'issued', -6, -1, '2026-11-22', 2026, 'x', null`)).toThrow(/promised to somebody, or not there/);
		expect(insert(`'issued', -1, 5, '2026-11-22', 2026, 'x', null`)).toThrow(/not the balance/);
		expect(insert(`'issued', 1, 6, '2026-11-22', 2026, 'x', null`)).toThrow(/wrong way/);
		expect(insert(`'received', -1, 4, '2026-11-22', 2026, 'x', null`)).toThrow(/wrong way/);
		expect(insert(`'adjusted', 0, 5, '2026-11-22', 2026, 'x', null`)).toThrow(/movement of nothing/);
		expect(insert(`'received', -4, 1, '2026-11-22', 2026, 'x', ${line}`)).toThrow(/reverses another line/);
		expect(raw(`UPDATE stock_movement SET pieces = 9`)).toThrow(/not rewritten/);
		expect(raw(`DELETE FROM stock_movement`)).toThrow(/is kept/);
		expect(raw(`UPDATE stock SET onHand = 9 WHERE item = '${item}'`)).toThrow(/not the balance of the ledger/);
		expect(raw(`UPDATE stock SET allocated = 6 WHERE item = '${item}'`)).toThrow(
			/promised twice|not what the requests reserve/
		);
		expect(raw(`DELETE FROM stock`)).toThrow(/is kept/);
	});

	it('gives nothing away that is promised', async () => {
		const item = await newItem();
		await enter(item, { pieces: 5 });
		await granted([of(item, 4, 'M')]);
		await expect(enter(item, { kind: 'issued', pieces: 2 })).rejects.toEqual(
			expect.objectContaining({ code: 'error_equipment_short', params: { count: 1 } })
		);
		await enter(item, { kind: 'issued', pieces: 1 });
	});

	it('sums to what is on hand, whatever is entered, counted or mended', async () => {
		const step = fc.record({
			kind: fc.constantFrom('received', 'issued', 'returned', 'discarded', 'lost', 'reverse', 'count'),
			size: fc.constantFrom('M', 'L'),
			pieces: fc.integer({ min: 1, max: 30 })
		});
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
				const item = await newItem();
				const written: number[] = [];
				for (const { kind, size, pieces } of steps) {
					const done =
						kind === 'reverse'
							? written.length > 0 &&
								transaction((tx) =>
									reverse(tx, people.safety, item, { movement: written[pieces % written.length]!, reason: 'x' }, now)
								)
							: kind === 'count'
								? balanceOf(db, item, size).then(({ onHand }) =>
										transaction((tx) =>
											takeStock(
												tx,
												people.safety,
												{ on: today, reason: '棚卸', lines: [{ item, size, expected: onHand, counted: pieces }] },
												now
											)
										)
									)
								: enter(item, { kind: kind as MovementForm['kind'], size, pieces });
					const id = await Promise.resolve(done).catch((error: unknown) => {
						if (!(error instanceof RuleBroken)) throw error;
					});
					if (typeof id === 'number') written.push(id);
				}
				for (const size of ['M', 'L']) {
					const [total] = await db
						.select({ of: sum(stockMovement.pieces).mapWith(Number) })
						.from(stockMovement)
						.where(and(eq(stockMovement.item, item), eq(stockMovement.size, size)));
					const { onHand } = await balanceOf(db, item, size);
					expect(onHand).toBe(total!.of ?? 0);
					expect(onHand).toBeGreaterThanOrEqual(0);
				}
			}),
			{ numRuns: 40 }
		);
	});

	it('gives the last pieces to one of two who ask at once', async () => {
		const item = await newItem();
		await enter(item, { pieces: 3 });
		const asked = await Promise.allSettled([1, 2, 3, 4].map(() => enter(item, { kind: 'issued', pieces: 2 })));
		expect(asked.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
		expect(await balanceOf(db, item, 'M')).toEqual({ onHand: 1, allocated: 0 });
	});
});
