/** Who saw which table when. Nobody reads another's. */
import { and, eq, lt } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import type { Shown } from './looked.ts';
import { tableLook } from './lookTables.server.ts';
import { plan } from './tables.server.ts';

const DAY = 86_400_000;
/** A year's table is looked at until the next one is written. */
export const KEEP_LOOKS_DAYS = 400;

/** What this person saw of a plan's table last, and when; undefined before the first look. */
export async function lastLook(tx: Reader, actor: Actor, of: string, fiscalYear: number) {
	const [found] = await tx
		.select({ cells: tableLook.cells, at: tableLook.at })
		.from(tableLook)
		.where(
			and(
				eq(tableLook.person, actor.person),
				eq(tableLook.plan, of),
				eq(tableLook.fiscalYear, fiscalYear),
				eq(tableLook.municipality, actor.municipality)
			)
		);
	return found;
}

/** Keeps what the person saw, in place of what they saw before. */
export async function keepLook(
	tx: Tx,
	actor: Actor,
	of: string,
	fiscalYear: number,
	cells: Shown,
	now: Date
): Promise<void> {
	const { municipality, person } = actor;
	const [here] = await tx
		.select({ id: plan.id })
		.from(plan)
		.where(and(eq(plan.id, of), eq(plan.municipality, municipality)));
	if (!here || !can(actor, 'measure.see', {})) throw new NotFound('plan');
	await tx
		.insert(tableLook)
		.values({ municipality, person, plan: of, fiscalYear, cells, at: now })
		.onConflictDoUpdate({
			target: [tableLook.person, tableLook.plan, tableLook.fiscalYear],
			set: { cells, at: now }
		});
}

/** A plan that goes takes the looks at it along. */
export const forgetLooks = (tx: Tx, of: string) => tx.delete(tableLook).where(eq(tableLook.plan, of));

/** The night job: looks that are over a year old. Returns how many. */
export async function removeLooks(tx: Tx, now: Date): Promise<number> {
	const gone = await tx.delete(tableLook).where(lt(tableLook.at, new Date(now.getTime() - KEEP_LOOKS_DAYS * DAY)));
	return gone.changes;
}
