/** Verbs of a record that a child ran in: reported, called, handed over, closed. Its content is in no trail and no notice. */
import { and, eq, isNull } from 'drizzle-orm';
import { instantOf } from '#lib/calendar/day.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { By } from './pockets.server.ts';
import type { Contact, Reporter, RunInPayload, Taker } from './runIn.ts';
import { takeBackRunIn, tellRunIn } from './runInNotices.server.ts';
import { pocket, runIn, runInContact, type RunIn } from './tables.server.ts';

/** Writes down what was reported and tells the clerks at once. The id comes with it: however often it arrives it is one. Returns whether it is new. */
export async function reportRunIn(
	tx: Tx,
	by: By,
	id: string,
	reporter: Reporter,
	told: RunInPayload,
	now: Date
): Promise<boolean> {
	const [before] = await tx.select({ of: runIn.municipality }).from(runIn).where(eq(runIn.id, id));
	if (before && before.of !== by.municipality) throw new NotFound('runIn');
	if (before) return false;
	const { municipality } = by;
	await tx.insert(runIn).values({
		id,
		municipality,
		pocket: await homeOf(tx, municipality, told),
		at: instantOf(told.on, told.time),
		reportedAt: now,
		reporter,
		by: by.person ?? null,
		area: told.where || null,
		happened: told.happened,
		suspect: told.suspect,
		description: told.description || null,
		grade: told.grade,
		children: told.children,
		words: told.words || null,
		handedTo: told.handed?.to ?? null,
		handedAt: told.handed ? instantOf(told.handed.on, told.handed.time) : null
	});
	for (const { kind, on, time } of told.called)
		await tx.insert(runInContact).values({
			id: newId(now.getTime()),
			municipality,
			runIn: id,
			kind,
			at: instantOf(on, time),
			by: by.person ?? null
		});
	await record(tx, by, 'runIn.report', 'runIn', id);
	await tellRunIn(tx, by, id, now);
	return true;
}

/** The home of this town, by its id or the number on its plate, or none: what happened is written down whatever was said about where. */
async function homeOf(tx: Reader, municipality: string, told: RunInPayload): Promise<string | null> {
	const named = told.pocket !== undefined ? eq(pocket.id, told.pocket) : told.number && eq(pocket.number, told.number);
	if (!named) return null;
	const [found] = await tx
		.select({ id: pocket.id })
		.from(pocket)
		.where(and(named, eq(pocket.municipality, municipality)));
	return found?.id ?? null;
}

/** The guidance office writes down what a host told it by telephone. A number that no home has is asked for again. */
export async function writeRunIn(tx: Tx, actor: Actor, id: string, told: RunInPayload, now: Date): Promise<void> {
	if (!can(actor, 'runIn.see', {})) throw new NotFound('runIn');
	if (told.number !== undefined && !(await homeOf(tx, actor.municipality, told)))
		throw new RuleBroken('error_runin_number', 'number');
	await reportRunIn(tx, actor, id, 'office', told, now);
}

/** The record, for a clerk of the guidance office. For everybody else it does not exist. */
export async function findRunIn(tx: Reader, actor: Actor, id: string): Promise<RunIn> {
	const [found] = await tx
		.select()
		.from(runIn)
		.where(and(eq(runIn.id, id), eq(runIn.municipality, actor.municipality)));
	if (!found || !can(actor, 'runIn.see', {})) throw new NotFound('runIn');
	return found;
}

/** One that is still worked on. */
async function openRunIn(tx: Reader, actor: Actor, id: string): Promise<RunIn> {
	const found = await findRunIn(tx, actor, id);
	if (found.closedAt || found.emptiedAt) throw new RuleBroken('error_runin_closed');
	return found;
}

function notAhead(at: Date, now: Date, field: string): void {
	if (at > now) throw new RuleBroken('error_runin_ahead', field);
}

/** Somebody was called. `call` is made with the button: pressed twice it is one call. */
export async function addContact(
	tx: Tx,
	actor: Actor,
	id: string,
	call: { id: string; kind: Contact; at: Date },
	now: Date
): Promise<void> {
	await openRunIn(tx, actor, id);
	notAhead(call.at, now, 'time');
	const [before] = await tx.select({ of: runInContact.runIn }).from(runInContact).where(eq(runInContact.id, call.id));
	if (before && before.of !== id) throw new NotFound('runIn');
	if (before) return;
	const { municipality, person } = actor;
	await tx.insert(runInContact).values({ ...call, municipality, runIn: id, by: person });
	await record(tx, actor, 'runIn.call', 'runIn', id);
}

/** To whom the child went, and when. May be put right until the record is closed. */
export async function handChildOver(
	tx: Tx,
	actor: Actor,
	id: string,
	{ to, at }: { to: Taker; at: Date },
	now: Date
): Promise<void> {
	await openRunIn(tx, actor, id);
	notAhead(at, now, 'handedTime');
	await tx.update(runIn).set({ handedTo: to, handedAt: at }).where(eq(runIn.id, id));
	await record(tx, actor, 'runIn.handOver', 'runIn', id);
}

/** Looked at and settled, with the office's own words. */
export async function closeRunIn(tx: Tx, actor: Actor, id: string, review: string | null, now: Date): Promise<void> {
	await openRunIn(tx, actor, id);
	const done = await tx
		.update(runIn)
		.set({ review, closedAt: now, closedBy: actor.person })
		.where(and(eq(runIn.id, id), isNull(runIn.closedAt)));
	if (done.changes !== 1) throw new RuleBroken('error_runin_closed');
	await takeBackRunIn(tx, id);
	await record(tx, actor, 'runIn.close', 'runIn', id);
}
