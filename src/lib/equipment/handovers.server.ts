/** 受渡し: the one moment in which the ledger moves. All or part of what is reserved, at the counter or at the store room. */
import { and, eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import type { Actor } from '#lib/people/permissions.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { HandoverForm, TakeBackForm } from './handover.ts';
import { boxOf, canMove, progressOf, type Asked } from './request.ts';
import { findRequest, linesOf, numberOf, step } from './requests.server.ts';
import { book } from './stock.server.ts';
import { handedBack, handover, handoverLine, item, stockMovement, type Handover } from './tables.server.ts';

type Handing = Pick<HandoverForm, 'id' | 'on' | 'receivedBy'> & { signature?: string; dueOn?: string };

/**
 * Hands over what was carried out of the store. `beyond: 'refuse'` (the counter) says at the box what is reserved; `'keep'` (a paper
 * or phone from the store room, where it has happened already) keeps it for reconciliation without touching the ledger. The id makes
 * it happen once. Returns whether it is booked.
 */
export async function handOver(
	tx: Tx,
	actor: Actor,
	requestId: string,
	form: Handing,
	lines: readonly Asked[],
	now: Date,
	beyond: 'refuse' | 'keep' = 'refuse'
): Promise<'booked' | 'unclear'> {
	const found = await findRequest(tx, actor, 'request.handOver', requestId);
	const [before] = await tx.select().from(handover).where(eq(handover.id, form.id));
	if (before) {
		if (before.request !== requestId) throw new NotFound('handover');
		return before.state === 'unclear' ? 'unclear' : 'booked';
	}
	if (lines.length === 0) throw new RuleBroken('error_equipment_nothing_handed');
	if (form.on > jstDay(now)) throw new RuleBroken('error_equipment_future', 'on');
	if (found.decidedOn !== null && form.on < found.decidedOn)
		throw new RuleBroken('error_equipment_before_decision', 'on');
	const asked = await linesOf(tx, requestId);
	const known = new Map(asked.map((line) => [boxOf(line.item, line.size), line]));
	const strange = lines.find((line) => !known.has(boxOf(line.item, line.size)));
	if (strange) throw new NotFound('item');
	const over = lines.find((line) => line.pieces > known.get(boxOf(line.item, line.size))!.allocated);
	const open = found.state === 'approved';
	if (beyond === 'refuse' && !open) throw new RuleBroken('error_equipment_not_now');
	if (beyond === 'refuse' && over) {
		const count = known.get(boxOf(over.item, over.size))!.allocated;
		throw new RuleBroken('error_equipment_not_reserved', boxOf(over.item, over.size), { count });
	}
	const dueOn = (await anyLoan(tx, lines)) ? form.dueOn || null : null;
	if (dueOn !== null && dueOn < form.on) throw new RuleBroken('error_equipment_due', 'dueOn');
	const state = over || !open ? 'unclear' : 'booked';
	await tx.insert(handover).values({
		id: form.id,
		municipality: actor.municipality,
		request: requestId,
		state,
		onDay: form.on,
		fiscalYear: fiscalYearOf(form.on),
		receivedBy: form.receivedBy,
		signature: form.signature || null,
		dueOn,
		by: actor.person,
		at: now
	});
	// The triggers of the database take the pieces from what is reserved; then the ledger may let them out.
	for (const { item: of, size, pieces } of lines)
		await tx
			.insert(handoverLine)
			.values({ handover: form.id, item: of, size, municipality: actor.municipality, pieces, back: 0 });
	if (state === 'booked') await bookOut(tx, actor, form.id, form.on, found, lines, now);
	await step(tx, actor, requestId, 'handOver', now, { words: form.receivedBy });
	if (state === 'booked') await finishIfAll(tx, actor, requestId, now);
	return state;
}

type Numbered = { receiptYear: number | null; receiptNo: number | null };

/** Lines of the ledger for what left the store: 払出, or 貸与 where it comes back. */
async function bookOut(
	tx: Tx,
	actor: Actor,
	id: string,
	on: string,
	of: Numbered,
	lines: readonly Asked[],
	now: Date
): Promise<void> {
	const modes = await modesOf(tx, lines);
	for (const line of lines) {
		const kind = modes.get(line.item) === 'loan' ? 'lent' : 'issued';
		const { item: what, size, pieces } = line;
		await book(
			tx,
			actor,
			{ item: what, size, kind, pieces: -pieces, on, reason: numberOf(of) ?? '', handover: id },
			now
		);
	}
}

async function modesOf(tx: Tx, lines: readonly Asked[]) {
	const modes = new Map<string, 'issue' | 'loan'>();
	for (const { item: id } of lines) {
		if (modes.has(id)) continue;
		const [found] = await tx.select({ mode: item.mode }).from(item).where(eq(item.id, id));
		if (found) modes.set(id, found.mode);
	}
	return modes;
}
const anyLoan = async (tx: Tx, lines: readonly Asked[]) => [...(await modesOf(tx, lines)).values()].includes('loan');

/** Everything granted is handed over: the request is done. */
async function finishIfAll(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	const { approved, handed } = progressOf(await linesOf(tx, id));
	if (handed === approved) await step(tx, actor, id, 'close', now, { quiet: true });
}

/** The hand-over with its request, if the action reaches it. */
export async function findHandover(tx: Tx, actor: Actor, id: string): Promise<Handover> {
	const [found] = await tx
		.select()
		.from(handover)
		.where(and(eq(handover.id, id), eq(handover.municipality, actor.municipality)));
	if (!found) throw new NotFound('handover');
	await findRequest(tx, actor, 'request.handOver', found.request);
	return found;
}

const linesOfHandover = (tx: Tx, id: string) => tx.select().from(handoverLine).where(eq(handoverLine.handover, id));

async function setState(tx: Tx, id: string, from: Handover['state'], to: Handover['state']): Promise<void> {
	const done = await tx
		.update(handover)
		.set({ state: to })
		.where(and(eq(handover.id, id), eq(handover.state, from)));
	if (done.changes !== 1) throw new RuleBroken('error_equipment_not_now');
}

/** 突合: an unclear hand-over is booked now that enough is reserved, or kept as a record only. */
export async function reconcile(tx: Tx, actor: Actor, id: string, as: 'booked' | 'dropped', now: Date): Promise<void> {
	const found = await findHandover(tx, actor, id);
	if (found.state === as) return;
	const of = await findRequest(tx, actor, 'request.handOver', found.request);
	const lines = (await linesOfHandover(tx, id)).map(({ item: what, size, pieces }) => ({ item: what, size, pieces }));
	if (as === 'booked') {
		const reserved = new Map((await linesOf(tx, of.id)).map((line) => [boxOf(line.item, line.size), line.allocated]));
		const over = lines.find((line) => line.pieces > (reserved.get(boxOf(line.item, line.size)) ?? 0));
		if (over || !canMove('close', of.state))
			throw new RuleBroken('error_equipment_still_beyond', undefined, {
				count: over ? (reserved.get(boxOf(over.item, over.size)) ?? 0) : 0
			});
	}
	await setState(tx, id, 'unclear', as);
	if (as === 'booked') {
		await bookOut(tx, actor, id, found.onDay, of, lines, now);
		await finishIfAll(tx, actor, of.id, now);
	}
}

/** 受渡しの取消: reversing lines in the ledger; the pieces are reserved again. Not once something of it came back. */
export async function undoHandover(tx: Tx, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	const found = await findHandover(tx, actor, id);
	if (found.state === 'undone') return;
	if (found.state !== 'booked') throw new RuleBroken('error_equipment_not_now');
	if ((await linesOfHandover(tx, id)).some((line) => line.back > 0)) throw new RuleBroken('error_equipment_came_back');
	const movements = await tx.select().from(stockMovement).where(eq(stockMovement.handover, id));
	for (const old of movements)
		await book(
			tx,
			actor,
			{ ...old, pieces: -old.pieces, on: old.onDay, reason, reverses: old.id, stocktake: undefined, handover: id },
			now
		);
	await setState(tx, id, 'booked', 'undone');
	await step(tx, actor, found.request, 'undoHandOver', now, { words: reason });
}

/** 返納・破損・亡失 of pieces that had been handed over. Only what comes back to the shelf moves the ledger; worn out it leaves again at once. */
export async function takeBack(tx: Tx, actor: Actor, form: TakeBackForm, now: Date): Promise<void> {
	const found = await findHandover(tx, actor, form.handover);
	const { item: what, size, pieces, kind, on, reason } = form;
	const [known] = await tx.select().from(handedBack).where(eq(handedBack.id, form.id));
	if (known) return;
	if (found.state !== 'booked') throw new RuleBroken('error_equipment_not_now');
	if (on > jstDay(now)) throw new RuleBroken('error_equipment_future', 'on');
	if (on < found.onDay) throw new RuleBroken('error_equipment_before_handover', 'on');
	const line = (await linesOfHandover(tx, found.id)).find((one) => one.item === what && one.size === size);
	if (!line) throw new NotFound('item');
	const out = line.pieces - line.back;
	if (pieces > out) throw new RuleBroken('error_equipment_more_than_out', 'pieces', { count: out });
	const { municipality } = actor;
	await tx.insert(handedBack).values({
		id: form.id,
		municipality,
		handover: found.id,
		item: what,
		size,
		kind,
		pieces,
		onDay: on,
		reason,
		by: actor.person,
		at: now
	});
	const move = { item: what, size, on, reason, handover: found.id };
	if (kind === 'returned' || kind === 'wornOut') await book(tx, actor, { ...move, kind: 'returned', pieces }, now);
	if (kind === 'wornOut') await book(tx, actor, { ...move, kind: 'discarded', pieces: -pieces }, now);
	await step(tx, actor, found.request, 'takeBack', now, { words: reason });
}
