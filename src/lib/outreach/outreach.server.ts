/** Writing down what was done, correcting it, taking it back. */
import { and, eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { Forbidden, NotFound, RuleBroken } from '#lib/server/errors.ts';
import { isAhead, type Kind, type Written } from './outreach.ts';
import { outreach, outreachCancelling, outreachVersion } from './tables.server.ts';

function mayEdit(actor: Actor): void {
	if (!can(actor, 'outreach.edit', {})) throw new Forbidden();
}

async function writeVersion(tx: Tx, actor: Actor, of: string, number: number, written: Written, now: Date) {
	await tx.insert(outreachVersion).values({
		...{ id: newId(now.getTime()), municipality: actor.municipality, outreach: of, number },
		...{ ...written, by: actor.person, at: now }
	});
}

/** A day of the calendar that has not come yet is for events that are still to be held. */
function refuseAhead(kind: Kind, written: Written, now: Date): void {
	if (isAhead(kind, written, jstDay(now))) throw new RuleBroken('error_outreach_ahead', 'onDay');
}

/** Writes one thing down. Sent twice with the same id, it is there once. */
export async function addOutreach(
	tx: Tx,
	actor: Actor,
	{ id, kind, ...written }: Written & { id: string; kind: Kind },
	now: Date
): Promise<void> {
	mayEdit(actor);
	refuseAhead(kind, written, now);
	const [there] = await tx.select({ municipality: outreach.municipality }).from(outreach).where(eq(outreach.id, id));
	if (there && there.municipality !== actor.municipality) throw new NotFound();
	if (there) return;
	await tx.insert(outreach).values({ id, municipality: actor.municipality, kind, latest: 1 });
	await writeVersion(tx, actor, id, 1, written, now);
	await record(tx, actor, 'outreach.add', 'outreach', id, { kind });
}

/** The thing of the own town, still open: what was taken back is corrected no more. */
async function openOne(tx: Tx, actor: Actor, id: string) {
	const [one] = await tx
		.select({ kind: outreach.kind, latest: outreach.latest, cancelled: outreachCancelling.at })
		.from(outreach)
		.leftJoin(outreachCancelling, eq(outreachCancelling.outreach, outreach.id))
		.where(and(eq(outreach.id, id), eq(outreach.municipality, actor.municipality)));
	if (!one) throw new NotFound();
	if (one.cancelled) throw new RuleBroken('error_outreach_cancelled');
	return one;
}

/** Corrects what was written; `seen`: the number of the version that stood when the form was opened. */
export async function correctOutreach(
	tx: Tx,
	actor: Actor,
	id: string,
	seen: number,
	written: Written,
	now: Date
): Promise<void> {
	mayEdit(actor);
	const { kind, latest } = await openOne(tx, actor, id);
	refuseAhead(kind, written, now);
	if (seen !== latest) throw new RuleBroken('error_outreach_changed');
	await writeVersion(tx, actor, id, latest + 1, written, now);
	await tx
		.update(outreach)
		.set({ latest: latest + 1 })
		.where(eq(outreach.id, id));
	await record(tx, actor, 'outreach.correct', 'outreach', id, { number: latest + 1 });
}

/** 中止 of an event, or what was written down by mistake: it stays to be read, with the reason, and counts no more. */
export async function cancelOutreach(tx: Tx, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	mayEdit(actor);
	await openOne(tx, actor, id);
	await tx
		.insert(outreachCancelling)
		.values({ outreach: id, municipality: actor.municipality, reason, by: actor.person, at: now });
	await record(tx, actor, 'outreach.cancel', 'outreach', id);
}
