/** The ledger of the store. */
import {
	code,
	count,
	day,
	id,
	index,
	instant,
	number,
	primaryKey,
	ref,
	refNumberOrNone,
	refOrNone,
	table,
	text,
	uniqueIndex,
	type Column
} from '#lib/server/db/columns.ts';
import { ofMunicipality, person } from '#lib/people/tables.server.ts';
import { handover } from './handoverTables.server.ts';
import { item } from './itemTables.server.ts';
import { movementKinds } from './movement.ts';

/**
 * What lies in the store, kept by the ledger's trigger and by allocations: the one place where "never below zero" and "never
 * allocated twice" can be held by the database itself. `size` is '' where the item has none.
 */
export const stock = table(
	'stock',
	{
		item: ref(() => item.id),
		size: text(),
		municipality: ofMunicipality(),
		onHand: count(),
		allocated: count()
	},
	(t) => [primaryKey({ columns: [t.item, t.size] })]
);

/** A count of the whole store on a day. Its differences are rows of the ledger. */
export const stocktake = table(
	'stocktake',
	{
		id: id(),
		municipality: ofMunicipality(),
		countedOn: day(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [index('stocktake_by_day').on(t.municipality, t.countedOn)]
);

export const stocktakeLine = table(
	'stocktake_line',
	{
		stocktake: ref(() => stocktake.id),
		item: ref(() => item.id),
		size: text(),
		municipality: ofMunicipality(),
		/** What the ledger said, and what was counted. */
		expected: count(),
		counted: count()
	},
	(t) => [primaryKey({ columns: [t.stocktake, t.item, t.size] })]
);

/** One line of the ledger (受払簿). Never changed: a mistake is a line that reverses it. */
export const stockMovement = table(
	'stock_movement',
	{
		/** Counts up in the order the lines were written, in which each balance follows from the one before. */
		id: number(),
		municipality: ofMunicipality(),
		item: ref(() => item.id),
		size: text(),
		kind: code(movementKinds),
		/** Pieces, with the sign of the way they went. */
		pieces: count(),
		/** On hand after this line: the ledger reads like a bank book. */
		after: count(),
		onDay: day(),
		fiscalYear: count(),
		reason: text(),
		reverses: refNumberOrNone((): Column => stockMovement.id),
		stocktake: refOrNone(() => stocktake.id),
		/** What was handed over, or taken back of it. */
		handover: refOrNone(() => handover.id),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [
		uniqueIndex('stock_movement_reversed_once').on(t.reverses),
		index('stock_movement_by_item').on(t.item, t.id),
		index('stock_movement_by_year').on(t.municipality, t.fiscalYear, t.id),
		index('stock_movement_by_town').on(t.municipality, t.id),
		// A sheet of the ledger: its lines by day, and its sums without a look at the rows.
		index('stock_movement_on_sheet').on(t.item, t.size, t.fiscalYear, t.onDay, t.id, t.pieces),
		// All three: a hand-over has a line or two, an item and size have thousands.
		index('stock_movement_by_handover').on(t.handover, t.item, t.size)
	]
);
