/** Verbs of a pocket's life: applied for, explained, registered, changed, paused, ended. */
import { and, eq, inArray, max } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { can, type Action, type Actor } from '#lib/people/permissions.ts';
import { school } from '#lib/people/tables.server.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { addressFold, phoneFold } from './fold.ts';
import { said } from './history.ts';
import { isOver, moves, type Deed, type Ending, type PocketForm, type Way } from './pocket.ts';
import { pocket, pocketDeed, type Pocket } from './tables.server.ts';

/** Whoever writes: a signed-in person, or a host without an account (no `person`). */
export type By = { municipality: string; person?: string };

/** The pocket, if the action reaches it. */
export async function findPocket(tx: Reader, actor: Actor, action: Action, id: string): Promise<Pocket> {
	const [found] = await tx
		.select()
		.from(pocket)
		.where(and(eq(pocket.id, id), eq(pocket.municipality, actor.municipality)));
	if (!found || !can(actor, action, { school: found.school })) throw new NotFound('pocket');
	return found;
}

type Step = {
	on: string;
	words?: string | null | undefined;
	facts?: Record<string, string>;
	set?: Partial<typeof pocket.$inferInsert>;
};

/**
 * One step of a pocket: its state by the table of moves, a line of its history, a line of the trail.
 * `RuleBroken` when somebody else was there first and the move is no longer allowed.
 */
export async function step(tx: Tx, by: By, id: string, deed: Deed, now: Date, more: Step): Promise<void> {
	const move = moves[deed];
	const done = await tx
		.update(pocket)
		.set({ ...more.set, ...(move && { state: move.to }), changedAt: now })
		.where(and(eq(pocket.id, id), move && inArray(pocket.state, [...move.from])));
	if (done.changes !== 1) throw new RuleBroken('error_pockets_not_now');
	await tx.insert(pocketDeed).values({
		id: newId(now.getTime()),
		municipality: by.municipality,
		pocket: id,
		deed,
		on: more.on,
		words: more.words || null,
		facts: more.facts ?? null,
		by: by.person ?? null,
		at: now
	});
	await record(tx, by, `pocket.${deed}`, 'pocket', id);
}

/** What a form says, as the row holds it. The school must be one of this town. */
async function rowOf(tx: Reader, municipality: string, form: PocketForm) {
	const [found] = await tx
		.select({ id: school.id })
		.from(school)
		.where(and(eq(school.id, form.school), eq(school.municipality, municipality)));
	if (!found) throw new RuleBroken('error_choose', 'school');
	return { ...form, phoneFold: phoneFold(form.phone), addressFold: addressFold(form.town + form.address) };
}

/** Takes an application. The id comes with the form: sent twice it is one. Returns whether it is new. */
export async function apply(tx: Tx, by: By, id: string, form: PocketForm, way: Way, now: Date): Promise<boolean> {
	const [before] = await tx.select({ of: pocket.municipality }).from(pocket).where(eq(pocket.id, id));
	if (before && before.of !== by.municipality) throw new NotFound('pocket');
	if (before) return false;
	const row = await rowOf(tx, by.municipality, form);
	const today = jstDay(now);
	await tx.insert(pocket).values({
		id,
		municipality: by.municipality,
		state: 'applied',
		...row,
		way,
		appliedOn: today,
		changedAt: now
	});
	await step(tx, by, id, 'apply', now, { on: today, facts: { way } });
	return true;
}

/** The boxes whose words differ, as they were before. */
function changedIn(before: Pocket, form: PocketForm): Record<string, string> {
	const was = before as Record<string, unknown>;
	return Object.fromEntries(
		Object.entries(form)
			.filter(([box, value]) => said(value) !== said(was[box]))
			.map(([box]) => [box, said(was[box])])
	);
}

/** Writes what has changed at a home. The history keeps how it was. Nothing changed is nothing written. */
export async function change(tx: Tx, actor: Actor, id: string, form: PocketForm, now: Date): Promise<void> {
	const before = await findPocket(tx, actor, 'pocket.edit', id);
	if (isOver(before.state)) throw new RuleBroken('error_pockets_not_now');
	const facts = changedIn(before, form);
	if (Object.keys(facts).length === 0) return;
	const set = await rowOf(tx, actor.municipality, form);
	await step(tx, actor, id, 'change', now, { on: jstDay(now), facts, set });
}

/** Words for the office alone. */
export async function writeNote(tx: Tx, actor: Actor, id: string, note: string | null, now: Date): Promise<void> {
	await findPocket(tx, actor, 'pocket.edit', id);
	await tx.update(pocket).set({ note, changedAt: now }).where(eq(pocket.id, id));
	await record(tx, actor, 'pocket.note', 'pocket', id);
}

/** Not tomorrow, and not before what must come first. */
function mustFollow(on: string, now: Date, first: string | null): void {
	if (on > jstDay(now)) throw new RuleBroken('error_pockets_future', 'on');
	if (first !== null && on < first) throw new RuleBroken('error_pockets_before', 'on');
}

/** The host was visited and told what the duty is (説明). */
export async function explain(tx: Tx, actor: Actor, id: string, on: string, now: Date): Promise<void> {
	await findPocket(tx, actor, 'pocket.edit', id);
	mustFollow(on, now, null);
	await step(tx, actor, id, 'explain', now, { on, set: { explainedOn: on } });
}

/** Registers a home that was told of its duty, under the next number of the register. Returns the number. */
export async function register(tx: Tx, actor: Actor, id: string, on: string, now: Date): Promise<number> {
	const found = await findPocket(tx, actor, 'pocket.edit', id);
	mustFollow(on, now, found.explainedOn);
	const [last] = await tx
		.select({ number: max(pocket.number) })
		.from(pocket)
		.where(eq(pocket.municipality, actor.municipality));
	const number = (last?.number ?? 0) + 1;
	await step(tx, actor, id, 'register', now, { on, set: { registeredOn: on, number } });
	return number;
}

/** Pauses, takes up again, or refuses an application. */
export async function move(
	tx: Tx,
	actor: Actor,
	id: string,
	deed: 'pause' | 'resume' | 'decline',
	{ on, words }: { on: string; words: string | null },
	now: Date
): Promise<void> {
	const found = await findPocket(tx, actor, 'pocket.edit', id);
	mustFollow(on, now, found.registeredOn);
	await step(tx, actor, id, deed, now, { on, words });
}

/** 登録解除: from this day on the home is no longer registered, and in no view of anybody outside the office. */
export async function end(
	tx: Tx,
	actor: Actor,
	id: string,
	{ on, ending, words }: { on: string; ending: Ending; words: string | null },
	now: Date
): Promise<void> {
	const found = await findPocket(tx, actor, 'pocket.edit', id);
	mustFollow(on, now, found.registeredOn);
	await step(tx, actor, id, 'end', now, { on, words, facts: { ending }, set: { endedOn: on, ending } });
}
