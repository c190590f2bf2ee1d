/** The store of the invented town: ten items, filled each April for what is handed out in the year. */
import { fiscalYearEnd, fiscalYearOf, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { addDays, instantOf } from '#lib/calendar/day.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { closeItem } from '#lib/equipment/items.server.ts';
import { balanceOf, book } from '#lib/equipment/stock.server.ts';
import { takeStock } from '#lib/equipment/stocktakes.server.ts';
import { item } from '#lib/equipment/tables.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { demoId } from './ids.ts';
import { demoPeople, town } from './town.ts';

type Row = readonly [name: string, unit: string, opening: number, yearly: number, reorderAt: number, mode?: 'loan'];
/** Opening stock of April 2023, what comes in each April since, and when to order. On 1 April 2025: 60, 80, 40, 30, 20, 50, 10, 5, 30, 40. */
const rows: readonly Row[] = [
	['パトロール用ベスト', '着', 50, 10, 20],
	['腕章', '枚', 70, 10, 20],
	['帽子', '個', 35, 5, 10],
	['合図灯', '本', 25, 5, 10],
	['懐中電灯', '個', 17, 3, 5],
	['防犯用笛', '個', 40, 10, 10],
	['拍子木', '組', 9, 1, 2],
	['拡声器', '台', 4, 1, 5, 'loan'],
	['のぼり旗', '枚', 25, 5, 10],
	['横断旗', '本', 35, 5, 10]
];

export const demoItems = rows.map(([name], n) => ({ id: demoId('equipment', 0, n + 1), name }));

export async function seedEquipment(tx: Tx, today: string): Promise<void> {
	const keeper: Actor = {
		municipality: town.municipality,
		person: town.people.safety,
		name: demoPeople.safety.name,
		grants: [{ role: 'safety' }]
	};
	const first = fiscalYearStart(2023);
	for (const [n, [name, unit, , , reorderAt, mode = 'issue']] of rows.entries())
		await tx.insert(item).values({
			id: demoItems[n]!.id,
			municipality: town.municipality,
			name,
			unit,
			mode,
			sizes: [],
			reorderAt,
			createdAt: instantOf(first, '09:00')
		});
	for (let year = 2023; fiscalYearStart(year) <= today; year++) {
		if (year === fiscalYearOf(today)) await countOnce(tx, keeper, today);
		for (const [n, [, , opening, yearly]] of rows.entries()) {
			const on = year === 2023 ? first : addDays(fiscalYearStart(year), 9);
			if (on > today) continue;
			const line = { item: demoItems[n]!.id, size: '', kind: 'received', on } as const;
			const [pieces, reason] = year === 2023 ? [opening, '台帳の始まり'] : [yearly, `令和${year - 2018}年度の購入`];
			await book(tx, keeper, { ...line, pieces, reason }, instantOf(on, '10:00'));
		}
	}
	await tx.insert(item).values({
		id: demoId('equipment', 0, rows.length + 1),
		municipality: town.municipality,
		name: '旧型の腕章',
		unit: '枚',
		mode: 'issue',
		sizes: [],
		reorderAt: null,
		createdAt: instantOf(first, '09:00')
	});
	await closeItem(tx, keeper, demoId('equipment', 0, rows.length + 1), instantOf('2024-04-01', '09:00'));
}

/** The count at the end of the last fiscal year: one armband was missing. */
async function countOnce(tx: Tx, keeper: Actor, today: string): Promise<void> {
	const on = fiscalYearEnd(fiscalYearOf(today) - 1);
	const lines = [];
	for (const [n, { id }] of demoItems.entries()) {
		const { onHand } = await balanceOf(tx, id, '');
		lines.push({ item: id, size: '', expected: onHand, counted: n === 1 ? onHand - 1 : onHand });
	}
	await takeStock(tx, keeper, { on, lines, reason: '棚卸' }, instantOf(on, '16:00'));
}
