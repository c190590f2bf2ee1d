/** A city's list on its way into the register: what was read, how its heads are understood, what became of it. */
import {
	countOrNone,
	id,
	index,
	instant,
	instantOrNone,
	json,
	jsonOrNone,
	ref,
	refOrNone,
	table,
	text,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { ofMunicipality, person } from '#lib/people/tables.server.ts';
import type { ListLine, Mapping } from './listFields.ts';

/** One uploaded list. Its lines are people's data: they are kept until it is applied, or for a few days. */
export const pocketImport = table(
	'pocket_import',
	{
		/** Made with the form: sent twice it is one list. */
		id: id(),
		municipality: ofMunicipality(),
		by: ref(() => person.id),
		at: instant(),
		file: text(),
		heads: json<string[]>(),
		/** Empty once applied, or when nobody did in time. */
		lines: jsonOrNone<ListLine[]>(),
		mapping: jsonOrNone<Mapping>(),
		appliedAt: instantOrNone(),
		added: countOrNone(),
		left: countOrNone(),
		undoneAt: instantOrNone(),
		undoneBy: refOrNone(() => person.id)
	},
	(t) => [index('pocket_import_by_town').on(t.municipality, t.at)]
);
export type PocketImport = typeof pocketImport.$inferSelect;

/** How a set of heads was understood the last time: whoever brings the same list again maps nothing. */
export const pocketImportMap = table(
	'pocket_import_map',
	{
		id: id(),
		municipality: ofMunicipality(),
		/** The folded heads, joined. */
		heads: text(),
		mapping: json<Mapping>(),
		at: instant()
	},
	(t) => [uniqueIndex('pocket_import_map_once').on(t.municipality, t.heads)]
);
