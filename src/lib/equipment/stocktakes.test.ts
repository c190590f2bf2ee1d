import { describe, expect, it } from 'vitest';
import { and, eq } from 'drizzle-orm';
import { db, transaction } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { broken, enter, granted, newItem, now, of, openStore, people, today } from '../../../tests/store.ts';
import { balanceOf } from './stock.server.ts';
import { countedIn } from './stocktake.ts';
import { takeStock } from './stocktakes.server.ts';
import { stock, stockMovement } from './tables.server.ts';

openStore();
const lines = (item: string) =>
	db
		.select()
		.from(stockMovement)
		.where(and(eq(stockMovement.item, item)))
		.orderBy(stockMovement.id);
describe('the count sheet', () => {
	const count = (lines: { item: string; expected: number; counted: number }[], actor = people.safety) =>
		transaction((tx) =>
			takeStock(tx, actor, { on: today, reason: '棚卸', lines: lines.map((one) => ({ size: 'M', ...one })) }, now)
		);

	it('reads its boxes: empty ones were not counted, wrong ones are named', () => {
		const values = { on: today, 'n:a:M': '１２', 'e:a:M': '10', 'n:b:': '', 'e:b:': '4', 'n:c:L': '-1', 'e:c:L': '0' };
		expect(countedIn(values)).toEqual({
			lines: [{ item: 'a', size: 'M', counted: 12, expected: 10 }],
			errors: { 'n:c:L': 'error_equipment_pieces' }
		});
	});

	it('writes a line for each difference and none where it was right', async () => {
		const [a, b] = [await newItem(), await newItem()];
		await enter(a, { pieces: 10 });
		await enter(b, { pieces: 10 });
		await count([
			{ item: a, expected: 10, counted: 8 },
			{ item: b, expected: 10, counted: 10 }
		]);
		expect((await lines(a)).at(-1)).toMatchObject({ kind: 'adjusted', pieces: -2, after: 8 });
		expect(await lines(b)).toHaveLength(1);
	});

	it('is not booked, not even in part, when something moved since it was made', async () => {
		const [a, b] = [await newItem(), await newItem()];
		await enter(a, { pieces: 10 });
		await enter(b, { pieces: 10 });
		await enter(b, { kind: 'issued', pieces: 1 });
		const sheet = count([
			{ item: a, expected: 10, counted: 8 },
			{ item: b, expected: 10, counted: 9 }
		]);
		await expect(sheet).rejects.toEqual(broken('error_equipment_moved_meanwhile', `n:${b}:M`));
		expect(await balanceOf(db, a, 'M')).toMatchObject({ onHand: 10 });
	});

	it('cannot count away what is promised, counts nothing for nobody, and is the store keeper’s', async () => {
		const item = await newItem();
		await enter(item, { pieces: 5 });
		await granted([of(item, 4, 'M')]);
		await expect(count([{ item, expected: 5, counted: 3 }])).rejects.toEqual(
			broken('error_equipment_counted_promised')
		);
		await expect(count([])).rejects.toEqual(broken('error_equipment_nothing_counted'));
		await expect(count([{ item, expected: 5, counted: 5 }], people.approver)).rejects.toBeInstanceOf(NotFound);
		await expect(count([{ item: 'none', expected: 0, counted: 1 }])).rejects.toBeInstanceOf(NotFound);
		expect(await db.select().from(stock).where(eq(stock.item, item))).toMatchObject([{ onHand: 5 }]);
	});
});
