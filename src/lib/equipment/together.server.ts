/** Several requests prepared or decided in one step: all of them or none, each as it stood on the screen. */
import type { Actor } from '#lib/people/permissions.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { decide, decideAsPrepared, prepare, type Verdicts } from './decisions.server.ts';
import { findRequest, numberOf } from './requests.server.ts';
import { within } from './verdict.ts';

/** `seen`: when it had last changed, as it stood on the screen. */
type Seen = { id: string; seen: number };

/** Refuses what somebody else has changed since: the clerk would overwrite it, the approver would decide what they never saw. */
async function asSeen(tx: Tx, actor: Actor, { id, seen }: Seen): Promise<void> {
	const found = await findRequest(tx, actor, 'request.see', id);
	if (found.changedAt.getTime() !== seen)
		throw new RuleBroken('error_equipment_stale', 'form', { number: numberOf(found) ?? '' });
}

/** 決裁案, unless somebody was first. */
export async function prepareSeen(tx: Tx, actor: Actor, one: Seen & Verdicts, now: Date): Promise<void> {
	await asSeen(tx, actor, one);
	await prepare(tx, actor, one.id, one, now);
}

/** 決定, unless somebody was first. */
export async function decideSeen(tx: Tx, actor: Actor, one: Seen & Verdicts, now: Date) {
	await asSeen(tx, actor, one);
	return decide(tx, actor, one.id, one, now);
}

/** What is wrong with one of several is said at its own boxes; what concerns no box names its receipt number. */
async function named(tx: Tx, actor: Actor, id: string, work: () => Promise<unknown>): Promise<void> {
	try {
		await work();
	} catch (thrown) {
		if (!(thrown instanceof RuleBroken) || thrown.field === 'form' || thrown.field === 'words') throw thrown;
		if (thrown.field) throw new RuleBroken(thrown.code, within(id, thrown.field), thrown.params);
		const number = numberOf(await findRequest(tx, actor, 'request.see', id)) ?? '';
		const mine = thrown.code === 'error_equipment_four_eyes';
		throw new RuleBroken(mine ? 'error_equipment_four_eyes_of' : 'error_equipment_stale', 'form', { number });
	}
}

/** The proposals of several requests, with one word for all. */
export async function prepareTogether(
	tx: Tx,
	actor: Actor,
	all: readonly (Seen & Omit<Verdicts, 'words'>)[],
	words: string,
	now: Date
): Promise<void> {
	for (const one of all) await named(tx, actor, one.id, () => prepareSeen(tx, actor, { ...one, words }, now));
}

/** Decided together, each as it was prepared and seen. */
export async function decideTogether(
	tx: Tx,
	actor: Actor,
	all: readonly Seen[],
	words: string,
	now: Date
): Promise<void> {
	for (const one of all)
		await named(tx, actor, one.id, async () => {
			await asSeen(tx, actor, one);
			await decideAsPrepared(tx, actor, one.id, words, now);
		});
}
