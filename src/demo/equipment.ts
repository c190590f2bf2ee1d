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
import { handedOutBefore, requestEvents, seedRules } from './requests.ts';
import { demoPeople, town } from './town.ts';

type Row = readonly [
	key: string,
	name: string,
	unit: string,
	stock: number,
	yearly: number,
	reorderAt: number,
	mode?: 'loan'
];
/** What lies there on 1 April 2025, what comes in each April, and when to order. */
const rows: readonly Row[] = [
	['vest', 'パトロール用ベスト', '着', 60, 10, 20],
	['armband', '腕章', '枚', 80, 10, 20],
	['cap', '帽子', '個', 40, 5, 10],
	['light', '合図灯', '本', 30, 5, 10],
	['torch', '懐中電灯', '個', 20, 3, 5],
	['whistle', '防犯用笛', '個', 50, 10, 10],
	['clapper', '拍子木', '組', 10, 1, 2],
	['megaphone', '拡声器', '台', 5, 1, 5, 'loan'],
	['banner', 'のぼり旗', '枚', 30, 5, 10],
	['crossing', '横断旗', '本', 40, 5, 10]
];

export const demoItems = rows.map(([key, name], n) => ({ key, id: demoId('equipment', 0, n + 1), name }));
const idOf = (key: string) => demoItems.find((one) => one.key === key)!.id;

const keeper: Actor = {
	municipality: town.municipality,
	person: town.people.safety,
	name: demoPeople.safety.name,
	grants: [{ role: 'safety' }]
};

/** Something that happened on a day. The ledger is written in the order of the days. */
export type DemoEvent = { on: string; happen: (tx: Tx) => Promise<unknown> };

export async function seedEquipment(tx: Tx, today: string): Promise<void> {
	const first = fiscalYearStart(2023);
	for (const [n, [key, name, unit, , , reorderAt, mode = 'issue']] of rows.entries())
		await tx.insert(item).values({
			id: idOf(key),
			municipality: town.municipality,
			name,
			unit,
			mode,
			sizes: [],
			reorderAt,
			createdAt: instantOf(first, `09:${String(n).padStart(2, '0')}`)
		});
	await seedRules(tx, idOf);
	const events = [...receipts(today), ...requestEvents(today, idOf), stocktake(today)];
	for (const { happen } of events.filter(({ on }) => on <= today).toSorted((a, b) => a.on.localeCompare(b.on)))
		await happen(tx);
	const old = demoId('equipment', 0, rows.length + 1);
	await tx.insert(item).values({
		id: old,
		municipality: town.municipality,
		name: '旧型の腕章',
		unit: '枚',
		mode: 'issue',
		sizes: [],
		reorderAt: null,
		createdAt: instantOf(first, '09:30')
	});
	await closeItem(tx, keeper, old, instantOf('2024-04-01', '09:00'));
}

/** What came in: at first enough for what is handed out until 1 April 2025, then some each April. */
function receipts(today: string): DemoEvent[] {
	const events: DemoEvent[] = [];
	const receive = (key: string, on: string, pieces: number, reason: string) =>
		events.push({
			on,
			happen: (tx) =>
				book(tx, keeper, { item: idOf(key), size: '', kind: 'received', on, pieces, reason }, instantOf(on, '08:30'))
		});
	for (const [key, , , stock, yearly] of rows) {
		receive(key, fiscalYearStart(2023), stock + handedOutBefore(key, '2025-04-01') - yearly, '台帳の始まり');
		for (let year = 2024; year <= fiscalYearOf(today); year++)
			receive(key, addDays(fiscalYearStart(year), 9), yearly, `令和${year - 2018}年度の購入`);
	}
	return events;
}

/** The count at the end of the last fiscal year: one armband was missing. */
function stocktake(today: string): DemoEvent {
	const on = fiscalYearEnd(fiscalYearOf(today) - 1);
	return {
		on,
		happen: async (tx) => {
			const lines = [];
			for (const { key, id } of demoItems) {
				const { onHand } = await balanceOf(tx, id, '');
				lines.push({ item: id, size: '', expected: onHand, counted: key === 'armband' ? onHand - 1 : onHand });
			}
			await takeStock(tx, keeper, { on, lines, reason: '棚卸' }, instantOf(on, '16:00'));
		}
	};
}
