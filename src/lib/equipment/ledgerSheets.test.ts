import { expect, it } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { enter, newItem, now, openStore, people } from '../../../tests/store.ts';
import { ledgerSheets } from './ledgerSheets.server.ts';
import { balanceOf, reverse } from './stock.server.ts';
import { stockMovement } from './tables.server.ts';

openStore();
const sheetOf = async (item: string, size: string, year: number) =>
	(await ledgerSheets(db, people.safety, year)).find((one) => one.item === item && one.size === size);

it('carries forward what was left, keeps to the order of days, and ends at what lies there', async () => {
	const item = await newItem();
	await enter(item, { pieces: 10, on: '2026-03-20' });
	await enter(item, { kind: 'issued', pieces: 2, on: '2026-05-02' });
	// Written later, for a day before.
	await enter(item, { pieces: 5, on: '2026-04-10' });
	await enter(item, { kind: 'issued', pieces: 1, on: '2026-03-31' });
	const sheet = (await sheetOf(item, 'M', 2026))!;
	expect(sheet).toMatchObject({ opening: 9, in: 5, out: 2, closing: 12 });
	expect(sheet.lines.map((line) => [line.onDay, line.pieces, line.balance])).toEqual([
		['2026-04-10', 5, 14],
		['2026-05-02', -2, 12]
	]);
	expect(await sheetOf(item, 'M', 2025)).toMatchObject({ opening: 0, in: 10, out: 1, closing: 9 });
	expect((await balanceOf(db, item, 'M')).onHand).toBe(sheet.closing);
	expect(await sheetOf(item, 'M', 2027)).toMatchObject({ opening: 12, lines: [], closing: 12 });
	expect(await sheetOf(item, 'M', 2024)).toBeUndefined();
});

it('has a sheet per size, and shows a mistake beside its reversal', async () => {
	const item = await newItem();
	await enter(item, { size: 'L', pieces: 3 });
	await enter(item, { size: 'M', pieces: 4 });
	const rows = await db.select().from(stockMovement);
	const wrong = rows.find((row) => row.item === item && row.size === 'L')!;
	await transaction((tx) => reverse(tx, people.safety, item, { movement: wrong.id, reason: '誤り' }, now));
	expect(await sheetOf(item, 'L', 2026)).toMatchObject({
		closing: 0,
		lines: [{ pieces: 3 }, { pieces: -3, reverses: wrong.id }]
	});
	expect(await sheetOf(item, 'M', 2026)).toMatchObject({ closing: 4 });
});

it('is for those who see the store', async () => {
	await expect(ledgerSheets(db, people.leader, 2026)).rejects.toEqual(expect.objectContaining({ name: 'NotFound' }));
});
