/** 受払簿 as it is filed: a sheet per item and size, from what was brought forward to what is left. Pure. */
import type { LedgerRow } from './reads.server.ts';

type Kept = { item: string; name: string; unit: string; size: string; pieces: number };
export type SheetLine = Pick<LedgerRow, 'id' | 'onDay' | 'kind' | 'pieces' | 'reason' | 'reverses' | 'by'> & {
	balance: number;
};
export type LedgerSheet = Omit<Kept, 'pieces'> & {
	opening: number;
	lines: SheetLine[];
	in: number;
	out: number;
	closing: number;
};

/**
 * The lines of a year by day: one that was written in April for a day of March stands in March. The balances are therefore added up
 * here from what was brought forward, and are not those of the order of writing. An item that has nothing and moved nothing has no
 * sheet. `kept`: what each had before the year, in the order of the store.
 */
export function sheetsOf(kept: readonly Kept[], rows: readonly LedgerRow[]): LedgerSheet[] {
	const moved = Map.groupBy(rows, (row) => `${row.item}:${row.size}`);
	return kept.flatMap(({ pieces: opening, ...of }) => {
		const own = (moved.get(`${of.item}:${of.size}`) ?? []).toSorted(
			(a, b) => a.onDay.localeCompare(b.onDay) || a.id - b.id
		);
		if (own.length === 0 && opening === 0) return [];
		let balance = opening;
		const lines = own.map(({ id, onDay, kind, pieces, reason, reverses, by }) => {
			balance += pieces;
			return { id, onDay, kind, pieces, reason, reverses, by, balance };
		});
		const sum = (way: 1 | -1) => way * own.reduce((total, row) => total + (row.pieces * way > 0 ? row.pieces : 0), 0);
		return [{ ...of, opening, lines, in: sum(1), out: sum(-1), closing: balance }];
	});
}
