/** One seat given in one statement. The guards in the database keep the same promise a second time. */
import { sql } from 'drizzle-orm';
import type { Tx } from '#lib/server/db/index.ts';
import { once } from '#lib/server/db/once.ts';
import { shift, shiftCancelling, signUp, type SignUp } from './tables.server.ts';

const wanted = (name: keyof SignUp) => sql.placeholder(name);
const active = sql`from ${signUp} where shift = ${wanted('shift')} and "endedAt" is null`;

const seatInsert = once((tx: Tx) =>
	tx
		.insert(signUp)
		.select(
			// The columns in the order of the table.
			sql`select ${wanted('id')}, ${wanted('municipality')}, ${wanted('shift')}, ${wanted('person')}, free.seat,
					${wanted('kind')}, ${wanted('by')}, ${wanted('at')}, null
				from (
					-- Without a gap the next seat is one more than there are: one look along the index.
					select case when count(*) = coalesce(max(seat), 0) then count(*) + 1 else (
						select min(candidate.seat)
						from (select 1 as seat union all select seat + 1 ${active}) candidate
						where not exists (select 1 ${active} and seat = candidate.seat)
					) end as seat ${active}
				) free
				where free.seat <= (
						select capacity from ${shift}
						where id = ${wanted('shift')} and municipality = ${wanted('municipality')} and "endsAt" > ${wanted('at')}
					)
					and not exists (select 1 from ${shiftCancelling} where shift = ${wanted('shift')})
					and not exists (select 1 ${active} and person = ${wanted('person')})`
		)
		.prepare()
);

/**
 * Gives the lowest free seat to a person. False when there is none: all taken, called off, over, or already theirs.
 * The look and the taking are one INSERT, so nobody comes between; two who press at once get two seats or one refusal.
 */
export async function takeFreeSeat(tx: Tx, want: Omit<SignUp, 'seat' | 'endedAt'>): Promise<boolean> {
	const done = await seatInsert(tx).execute({ ...want, at: want.at.getTime() });
	return done.changes === 1;
}
