/** Who did what to which row, and when. Append-only (a trigger refuses UPDATE and DELETE), written in the verb's own transaction. */
import { sql } from 'drizzle-orm';
import type { Tx } from './index.ts';
import { id, index, instant, jsonOrNone, table, text, textOrNone } from './columns.ts';
import { newId } from './ids.ts';
import { once } from './once.ts';

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
		/** Codes and counts only: no phone numbers, no free text. */
		facts: jsonOrNone<Record<string, string | number | boolean | null>>()
	},
	(t) => [index('trail_by_thing').on(t.kind, t.thing), index('trail_by_time').on(t.municipality, t.at)]
);

const line = (tx: Tx, facts: typeof trail.$inferInsert.facts | ReturnType<typeof sql.placeholder>) =>
	tx
		.insert(trail)
		.values({
			id: sql.placeholder('id'),
			municipality: sql.placeholder('municipality'),
			at: sql.placeholder('at'),
			person: sql.placeholder('person'),
			deed: sql.placeholder('deed'),
			kind: sql.placeholder('kind'),
			thing: sql.placeholder('thing'),
			facts: facts as typeof trail.$inferInsert.facts
		})
		.prepare();
// Every verb writes one. No facts is NULL, not the JSON word null.
const bareLine = once((tx: Tx) => line(tx, null));
const tellingLine = once((tx: Tx) => line(tx, sql.placeholder('facts')));

/** Writes one line of the trail. `by` is the actor, or only a municipality for a job. `facts` holds codes and counts, never personal text. */
export async function record(
	tx: Tx,
	by: { municipality: string; person?: string },
	deed: string,
	kind: string,
	thing: string,
	facts?: Record<string, string | number | boolean | null>
): Promise<void> {
	const at = new Date();
	const { municipality, person = null } = by;
	const row = { id: newId(at.getTime()), municipality, at, person, deed, kind, thing };
	if (facts) await tellingLine(tx).execute({ ...row, facts });
	else await bareLine(tx).execute(row);
}
