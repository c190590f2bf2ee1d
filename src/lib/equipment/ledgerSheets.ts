/** 受払簿 as it is filed: a sheet per item and size, from what was brought forward to what is left. Pure. */
import type { MovementKind } from './movement.ts';

/** One item and size in a fiscal year: what was brought forward, how much came and went, in how many lines. */
export type Shelf = {
	item: string;
	name: string;
	unit: string;
	size: string;
	opening: number;
	in: number;
	out: number;
	count: number;
};
/** Lines `from` (counted from 0) up to but without `to` of a shelf. */
export type Part = { shelf: Shelf; from: number; to: number };

export type Moved = {
	id: number;
	onDay: string;
	kind: MovementKind;
	pieces: number;
	reason: string;
	reverses: number | null;
	by: string;
};
export type SheetLine = Moved & { balance: number };
/** `before`: on this sheet the year goes on from another page. `after`: it goes on on the next one. */
export type LedgerSheet = Omit<Shelf, 'count'> & {
	lines: SheetLine[];
	before: number | undefined;
	after: number | undefined;
	closing: number;
};

/** As many lines as somebody looks over and prints at once: some thirty sheets of paper. */
export const LINES_AT_ONCE = 1000;

/**
 * The shelves of a year on pages of at most `most` lines. A shelf stays whole where it fits on a page; what had nothing and moved
 * nothing has no sheet. There is always a first page.
 */
export function pagesOf(shelves: readonly Shelf[], most = LINES_AT_ONCE): Part[][] {
	const pages: Part[][] = [[]];
	let room = most;
	for (const shelf of shelves) {
		if (shelf.count === 0 && shelf.opening === 0) continue;
		if (shelf.count > room && pages.at(-1)!.length > 0) {
			pages.push([]);
			room = most;
		}
		for (let from = 0; from === 0 || from < shelf.count; from += most) {
			if (from > 0) pages.push([]);
			const to = Math.min(from + most, shelf.count);
			pages.at(-1)!.push({ shelf, from, to });
			room = (from > 0 ? most : room) - (to - from);
		}
	}
	return pages;
}

/** The sheet of a part: its lines in the order of their days, `moved` being the sum of those of the shelf before them. */
export function sheetOf({ shelf, from, to }: Part, moved: number, rows: readonly Moved[]): LedgerSheet {
	const { count, ...of } = shelf;
	let balance = of.opening + moved;
	const before = from > 0 ? balance : undefined;
	const lines = rows.map((row) => ({ ...row, balance: (balance += row.pieces) }));
	const closing = of.opening + of.in - of.out;
	return { ...of, lines, before, after: to < count ? balance : undefined, closing };
}
