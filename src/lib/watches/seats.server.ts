/** One seat given in one statement. The guards in the database keep the same promise a second time. */
import { sql } from 'drizzle-orm';
import type { Tx } from '#lib/server/db/index.ts';
import { shift, shiftCancelling, signUp, type SignUp } from './tables.server.ts';

/**
 * Gives the lowest free seat to a person. False when there is none: all taken, called off, over, or already theirs.
 * The look and the taking are one INSERT, so nobody comes between; two who press at once get two seats or one refusal.
 */
export async function takeFreeSeat(tx: Tx, want: Omit<SignUp, 'seat' | 'endedAt'>): Promise<boolean> {
	const taken = sql`select seat from ${signUp} where shift = ${want.shift} and "endedAt" is null`;
	const done = await tx.insert(signUp).select(
		// The columns in the order of the table.
		sql`select ${want.id}, ${want.municipality}, ${want.shift}, ${want.person}, free.seat, ${want.kind}, ${want.by},
				${want.at.getTime()}, null
			from (
				select min(candidate.seat) as seat
				from (select 1 as seat union all select seat + 1 from ${signUp} where shift = ${want.shift} and "endedAt" is null) candidate
				where candidate.seat not in (${taken})
			) free
			where free.seat <= (
					select capacity from ${shift}
					where id = ${want.shift} and municipality = ${want.municipality} and "endsAt" > ${want.at.getTime()}
				)
				and not exists (select 1 from ${shiftCancelling} where shift = ${want.shift})
				and not exists (select 1 from ${signUp} where shift = ${want.shift} and person = ${want.person} and "endedAt" is null)`
	);
	return done.changes === 1;
}
