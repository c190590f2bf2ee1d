/** Kinds of equipment. */
import { code, countOrNone, id, instant, json, ref, table, text, uniqueIndex } from '#lib/server/db/columns.ts';
import { ofMunicipality, person } from '#lib/people/tables.server.ts';
import { modes } from './item.ts';

/** A kind of equipment with the unit it is counted in (着, 枚, 本). `sizes` is empty when there is but one. */
export const item = table(
	'item',
	{
		id: id(),
		municipality: ofMunicipality(),
		name: text(),
		unit: text(),
		mode: code(modes),
		sizes: json<string[]>(),
		/** At this many free pieces, or fewer, the store is told to order. */
		reorderAt: countOrNone(),
		createdAt: instant()
	},
	(t) => [uniqueIndex('item_once').on(t.municipality, t.name)]
);

/** No longer handed out. Its ledger stays. */
export const itemClosing = table('item_closing', {
	item: ref(() => item.id).primaryKey(),
	municipality: ofMunicipality(),
	by: ref(() => person.id),
	at: instant()
});
