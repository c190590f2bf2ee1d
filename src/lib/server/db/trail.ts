/** Who did what to which row, and when. Append-only (a trigger refuses UPDATE and DELETE), written in the verb's own transaction. */
import type { Tx } from './index.ts';
import { id, index, instant, jsonOrNone, table, text, textOrNone } from './columns.ts';
import { newId } from './ids.ts';
import { insertRow } from './insert.ts';

export const trail = table(
	'trail',
	{
		id: id(),
		municipality: text(),
		at: instant(),
		/** The person, or null for a job. */
		person: textOrNone(),
		/** The verb as `room.verb`: `patrol.confirm`. */
		deed: text(),
		/** The kind of the row and its id. */
		kind: text(),
		thing: text(),
		/** Codes and counts only: no phone numbers, no free text but the reason for which staff take a list out of the house. */
		facts: jsonOrNone<Record<string, string | number | boolean | null>>()
	},
	(t) => [index('trail_by_thing').on(t.kind, t.thing), index('trail_by_time').on(t.municipality, t.at)]
);

/** Writes one line of the trail. `by` is the actor, or only a municipality for a job. `facts` holds codes and counts, never personal text (of an export also its reason, in the words of who took it). */
export async function record(
	tx: Tx,
	by: { municipality: string; person?: string },
	deed: string,
	kind: string,
	thing: string,
	facts?: Record<string, string | number | boolean | null>
): Promise<void> {
	const at = new Date();
	insertRow(tx, trail, {
		id: newId(at.getTime()),
		municipality: by.municipality,
		at,
		person: by.person ?? null,
		deed,
		kind,
		thing,
		facts: facts ?? null
	});
}
