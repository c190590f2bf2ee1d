import { expect, it } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { enter, newItem, now, openStore, people } from '../../../tests/store.ts';
import { ledgerSheets } from './ledgerSheets.server.ts';
import { pagesOf } from './ledgerSheets.ts';
import { ledgerOfYear } from './reads.server.ts';
import { balanceOf, reverse } from './stock.server.ts';
import { stockMovement } from './tables.server.ts';

openStore();
const sheetOf = async (item: string, size: string, year: number) =>
	(await ledgerSheets(db, people.safety, year)).sheets.find((one) => one.item === item && one.size === size);

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

it('comes a page at a time where there are many lines: each once, in order, the balance carried over', async () => {
	const item = await newItem();
	await enter(item, { pieces: 20, on: '2026-03-01' });
	for (const [n, pieces] of [5, 1, 4, 2, 3].entries()) await enter(item, { pieces, on: `2026-06-0${5 - n}` });
	const whole = (await sheetOf(item, 'M', 2026))!;
	expect(whole).toMatchObject({ opening: 20, in: 15, closing: 35, before: undefined, after: undefined });
	const { pages, lines, starts } = await ledgerSheets(db, people.safety, 2026, 1, 2);
	const parts = [];
	for (let page = 1; page <= pages; page++)
		parts.push(...(await ledgerSheets(db, people.safety, 2026, page, 2)).sheets.filter((one) => one.item === item));
	expect(parts.map((one) => [one.before, one.lines.length, one.after, one.closing])).toEqual([
		[undefined, 2, 25, 35],
		[25, 2, 30, 35],
		[30, 1, undefined, 35]
	]);
	expect(parts.flatMap((one) => one.lines)).toEqual(whole.lines);
	expect(lines).toBe(
		(await ledgerSheets(db, people.safety, 2026)).sheets.reduce((sum, one) => sum + one.lines.length, 0)
	);
	const start = starts.find((one) => one.item === item)!;
	expect((await ledgerSheets(db, people.safety, 2026, start.page, 2)).sheets.map((one) => one.item)).toContain(item);
	// A page that is not there is the nearest that is.
	for (const [asked, page] of [
		[0, 1],
		[999_999, pages]
	] as const)
		expect(await ledgerSheets(db, people.safety, 2026, asked, 2)).toMatchObject({ page });
});

it('keeps a shelf whole where it fits, and never has a page without anything but the only one', () => {
	const shelf = (item: string, count: number, opening = 0) => ({
		...{ item, name: item, unit: '着', size: '', opening, in: 0, out: 0, count }
	});
	const pages = (...all: ReturnType<typeof shelf>[]) =>
		pagesOf(all, 10).map((parts) => parts.map(({ shelf, from, to }) => `${shelf.item}${from}-${to}`).join(' '));
	expect(pages()).toEqual(['']);
	expect(pages(shelf('a', 6), shelf('b', 4), shelf('c', 1))).toEqual(['a0-6 b0-4', 'c0-1']);
	expect(pages(shelf('a', 6), shelf('b', 5), shelf('c', 0), shelf('d', 0, 3))).toEqual(['a0-6', 'b0-5 d0-0']);
	expect(pages(shelf('a', 1), shelf('b', 25), shelf('c', 5), shelf('d', 1))).toEqual([
		...['a0-1', 'b0-10', 'b10-20', 'b20-25 c0-5', 'd0-1']
	]);
	expect(pages(shelf('a', 20), shelf('b', 0, 1))).toEqual(['a0-10', 'a10-20 b0-0']);
});

it('gives the file every line of the year once, oldest first, and not what is written while it is read', async () => {
	const item = await newItem();
	await enter(item, { pieces: 1 });
	const ids: number[] = [];
	for await (const rows of ledgerOfYear(db, people.safety, 2026)) {
		ids.push(...rows.map((row) => row.id));
		await enter(item, { pieces: 1 });
	}
	const all = (await db.select().from(stockMovement)).filter((row) => row.fiscalYear === 2026).map((row) => row.id);
	expect(ids.length).toBeGreaterThan(0);
	expect(ids).toEqual(all.toSorted((a, b) => a - b).slice(0, ids.length));
	expect(all.length).toBe(ids.length + 1);
	expect(() => ledgerOfYear(db, people.leader, 2026)).toThrow(expect.objectContaining({ name: 'NotFound' }));
});

it('is for those who see the store', async () => {
	await expect(ledgerSheets(db, people.leader, 2026)).rejects.toEqual(expect.objectContaining({ name: 'NotFound' }));
});
