/** Verbs of a request up to its decision: written, sent, sent back, withdrawn. */
import { and, eq, inArray, isNull, max } from 'drizzle-orm';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { can, type Action, type Actor } from '#lib/people/permissions.ts';
import { membership, person } from '#lib/people/tables.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { among } from '#lib/server/db/among.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { factsOf } from './facts.server.ts';
import { sizesOf } from './item.ts';
import { tellStep } from './notices.server.ts';
import { check, remainingOf } from './policy.ts';
import { policyOf } from './policies.server.ts';
import { boxOf, canMove, isOpen, moves, receiptNumber, type Asked, type Deed, type RequestForm } from './request.ts';
import {
	item,
	itemClosing,
	request,
	requestDeed,
	requestLine,
	type Request,
	type RequestLine
} from './tables.server.ts';

/**
 * The request, if the action reaches it. What a body has not sent yet (下書き) is nobody else's: staff see it from its receipt number on.
 */
export async function findRequest(tx: Reader, actor: Actor, action: Action, id: string): Promise<Request> {
	const [found] = await findRequests(tx, actor, action, [id]);
	return found!;
}

/** The same of several, in their order: each of them, or none. */
export async function findRequests(
	tx: Reader,
	actor: Actor,
	action: Action,
	ids: readonly string[]
): Promise<Request[]> {
	const rows = await tx
		.select()
		.from(request)
		.where(and(among(request.id, ids), eq(request.municipality, actor.municipality)));
	const found = new Map(rows.map((row) => [row.id, row]));
	return ids.map((id) => {
		const one = found.get(id);
		if (!one || !can(actor, action, { association: one.association })) throw new NotFound('request');
		if (one.receiptNo === null && !can(actor, 'request.make', { association: one.association }))
			throw new NotFound('request');
		return one;
	});
}

/** Its lines, in the order of the store. */
export async function linesOf(tx: Reader, id: string): Promise<RequestLine[]> {
	const rows = await tx
		.select({ line: requestLine })
		.from(requestLine)
		.innerJoin(item, eq(item.id, requestLine.item))
		.where(eq(requestLine.request, id))
		.orderBy(item.createdAt, item.id, requestLine.size);
	return rows.map((row) => row.line);
}

type Step = {
	words?: string | undefined;
	set?: Partial<typeof request.$inferInsert>;
	/** Follows from another step, of which people are told already. */
	quiet?: boolean;
};

/**
 * One step of a request: its state by the table of moves, a line of the timeline, a line of the trail, and the notices to whom it
 * concerns. `RuleBroken` when somebody else was there first and the move is no longer allowed.
 */
export async function step(tx: Tx, actor: Actor, id: string, deed: Deed, now: Date, more: Step = {}): Promise<void> {
	const move = moves[deed];
	const done = await tx
		.update(request)
		.set({ ...more.set, ...(move && { state: move.to }), changedAt: now })
		.where(and(eq(request.id, id), move && inArray(request.state, [...move.from])));
	if (done.changes !== 1) throw new RuleBroken('error_equipment_not_now');
	await tx.insert(requestDeed).values({
		id: newId(now.getTime()),
		municipality: actor.municipality,
		request: id,
		deed,
		words: more.words || null,
		by: actor.person,
		at: now
	});
	await record(tx, actor, `equipment.${deed}`, 'request', id);
	if (!more.quiet) await tellStep(tx, actor, id, deed, now);
}

/** Items that may be asked for, with their sizes, by id. */
async function openItems(tx: Reader, municipality: string) {
	const rows = await tx
		.select({ id: item.id, name: item.name, sizes: item.sizes })
		.from(item)
		.leftJoin(itemClosing, eq(itemClosing.item, item.id))
		.where(and(eq(item.municipality, municipality), isNull(itemClosing.item)));
	return new Map(rows.map((row) => [row.id, row]));
}

/** Each line an item of this town that is still given out, in a size it has. */
async function mustBeOffered(tx: Reader, municipality: string, lines: readonly Asked[]): Promise<void> {
	const items = await openItems(tx, municipality);
	for (const line of lines) {
		const found = items.get(line.item);
		if (!found) throw new RuleBroken('error_equipment_not_offered', boxOf(line.item, line.size));
		if (!sizesOf(found).includes(line.size)) throw new RuleBroken('error_choose', boxOf(line.item, line.size));
	}
}

/**
 * Keeps what the leader wrote, and sends it where that button was pressed. The id comes with the form, so a form sent twice is one
 * request, sent once. `beforeSending` writes what belongs to it and may no longer come once it is sent. Returns the id.
 */
export async function saveRequest(
	tx: Tx,
	actor: Actor,
	form: RequestForm,
	lines: readonly Asked[],
	now: Date,
	beforeSending?: () => Promise<void>
): Promise<string> {
	if (!can(actor, 'request.make', { association: form.association })) throw new NotFound('association');
	await mustBeOffered(tx, actor.municipality, lines);
	const [before] = await tx.select().from(request).where(eq(request.id, form.id));
	if (before && (before.municipality !== actor.municipality || before.association !== form.association))
		throw new NotFound('request');
	// Sent already: the same form again, or another tab.
	if (before && !isOpen(before.state)) {
		if (form.as === 'send') return before.id;
		throw new RuleBroken('error_equipment_not_now');
	}
	const words = { plan: form.plan, roster: form.roster ? await namesOf(tx, form.association) : null };
	if (before)
		await tx
			.update(request)
			.set({ ...words, changedAt: now })
			.where(eq(request.id, form.id));
	else {
		const { id, association } = form;
		const born = {
			id,
			municipality: actor.municipality,
			association,
			state: 'draft',
			createdBy: actor.person
		} as const;
		await tx.insert(request).values({ ...born, ...words, changedAt: now });
		await step(tx, actor, form.id, 'draft', now);
	}
	await writeLines(tx, actor, form.id, lines);
	await beforeSending?.();
	if (form.as === 'send') await send(tx, actor, form.id, lines, now);
	return form.id;
}

async function writeLines(tx: Tx, actor: Actor, id: string, lines: readonly Asked[]): Promise<void> {
	await tx.delete(requestLine).where(eq(requestLine.request, id));
	if (lines.length === 0) return;
	await tx.insert(requestLine).values(
		lines.map(({ item: of, size, pieces }) => ({
			request: id,
			item: of,
			size,
			municipality: actor.municipality,
			asked: pieces,
			allocated: 0,
			handed: 0
		}))
	);
}

/** 申請: gets its receipt number the first time and keeps it. What the rules say is written down as the leader saw it; it stops nobody. */
async function send(tx: Tx, actor: Actor, id: string, lines: readonly Asked[], now: Date): Promise<void> {
	if (lines.length === 0) throw new RuleBroken('error_equipment_nothing_asked');
	const [found] = await tx.select().from(request).where(eq(request.id, id));
	if (!found) throw new NotFound('request');
	const { policy } = await policyOf(tx, actor.municipality);
	const facts = await factsOf(tx, found.association, now);
	const numbered = found.receiptNo === null ? await nextNumber(tx, actor.municipality, fiscalYearAt(now)) : {};
	const checks = check(policy, facts, lines);
	await step(tx, actor, id, 'send', now, {
		set: { ...numbered, checks, sentAt: now, preparedBy: null, override: null }
	});
}

/** The next number of a fiscal year. Writers queue, so nobody takes the same one; a request keeps its number whatever becomes of it. */
async function nextNumber(tx: Tx, municipality: string, receiptYear: number) {
	const [last] = await tx
		.select({ no: max(request.receiptNo) })
		.from(request)
		.where(and(eq(request.municipality, municipality), eq(request.receiptYear, receiptYear)));
	return { receiptYear, receiptNo: (last?.no ?? 0) + 1 };
}

/** 構成員名簿: the names on the roster today, by kana. */
export async function namesOf(tx: Reader, association: string): Promise<string[]> {
	const rows = await tx
		.select({ name: person.name })
		.from(membership)
		.innerJoin(person, eq(person.id, membership.person))
		.where(and(eq(membership.association, association), isNull(membership.endedOn)))
		.orderBy(person.kana, person.id);
	return rows.map((row) => row.name);
}

/** 取下げ: any time before the decision. */
export async function withdraw(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	const found = await findRequest(tx, actor, 'request.make', id);
	if (found.state === 'withdrawn') return;
	if (!canMove('withdraw', found.state)) throw new RuleBroken('error_equipment_not_now');
	await step(tx, actor, id, 'withdraw', now);
}

/** 差戻し with what is to be mended. */
export async function sendBack(tx: Tx, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	await findRequest(tx, actor, 'request.prepare', id);
	await step(tx, actor, id, 'sendBack', now, { words: reason, set: { preparedBy: null } });
}

/** What may still be asked for of each item, before sending. */
export async function remainingFor(tx: Reader, association: string, municipality: string, now: Date) {
	const { policy } = await policyOf(tx, municipality);
	const facts = await factsOf(tx, association, now);
	const items = [...(await openItems(tx, municipality)).keys()];
	return {
		policy,
		facts,
		checks: check(policy, facts),
		remaining: new Map(items.map((id) => [id, remainingOf(policy, facts, id)]))
	};
}

export const numberOf = (of: { receiptYear: number | null; receiptNo: number | null }): string | null =>
	of.receiptYear === null || of.receiptNo === null ? null : receiptNumber(of.receiptYear, of.receiptNo);
