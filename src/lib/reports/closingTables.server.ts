/** 年度締め: what a fiscal year said on the day it was closed, each re-count after it, and what arrived too late for either. */
import {
	code,
	count,
	id,
	index,
	instant,
	json,
	number,
	ref,
	refOrNone,
	table,
	text,
	textOrNone,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { ofMunicipality, person } from '#lib/people/tables.server.ts';
import { arrivals, lateKinds, type CheckCounts, type Snapshot } from './closing.ts';

/** Number 1 closes a year, each further one counts it again. Append-only: what was published stays as it was. */
export const yearClosing = table(
	'year_closing',
	{
		/** Made with the form: sent twice it is one closing. */
		id: id(),
		municipality: ofMunicipality(),
		fiscalYear: count(),
		number: count(),
		by: ref(() => person.id),
		at: instant(),
		/** Why the year was counted again; none for the first. It is printed under the table. */
		reason: textOrNone(),
		/** What the checklist still counted when it was closed. */
		remaining: json<CheckCounts>(),
		snapshot: json<Snapshot>()
	},
	(t) => [uniqueIndex('year_closing_once').on(t.municipality, t.fiscalYear, t.number)]
);

/**
 * 締切後: what bears on a closed year and was written after its last closing. Written by triggers in the transaction of the thing itself,
 * so that it stands either in the figures of a closing or here.
 */
export const lateArrival = table(
	'late_arrival',
	{
		no: number(),
		municipality: ofMunicipality(),
		closing: ref(() => yearClosing.id),
		/** The kind of the thing and its id, as in the trail. */
		kind: code(lateKinds),
		thing: text(),
		deed: code(arrivals),
		/** Who, where the row itself says it; else the trail does. */
		by: refOrNone(() => person.id),
		at: instant()
	},
	(t) => [index('late_arrival_by_closing').on(t.closing, t.no)]
);
