/** 審査と決定: the clerk prepares, the approver decides; what is granted and lies there is reserved at once. */
import { and, eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { reserveFor } from './allocations.server.ts';
import { policyOf } from './policies.server.ts';
import { boxOf, canMove } from './request.ts';
import { findRequest, linesOf, step } from './requests.server.ts';
import { requestLine, type Request, type RequestLine } from './tables.server.ts';
import type { Verdict } from './verdict.ts';

export type Verdicts = { lines: readonly Verdict[]; words: string; override: string };

/** A rule of the city is not met. */
const isBroken = (found: Request) => (found.checks ?? []).some((one) => !one.fine);

/** 決裁案: the clerk's proposal, line by line. Prepared again, it replaces the one before. */
export async function prepare(tx: Tx, actor: Actor, id: string, form: Verdicts, now: Date): Promise<void> {
	const found = await findRequest(tx, actor, 'request.prepare', id);
	if (!canMove('prepare', found.state)) throw new RuleBroken('error_equipment_not_now');
	const broken = isBroken(found);
	const grants = form.lines.some((line) => line.pieces > 0);
	if (broken && grants && !form.override) throw new RuleBroken('error_equipment_override', 'override');
	for (const [line, verdict] of await judged(tx, found, form.lines))
		await writeLine(tx, line, { suggested: verdict.pieces, reason: verdict.reason || null });
	await step(tx, actor, id, 'prepare', now, {
		words: form.words,
		set: { preparedBy: actor.person, override: broken && grants ? form.override : null }
	});
}

/**
 * 決定: another person than the one who prepared it, unless the city lets one do both. Nothing granted at all is 不支給. Granted
 * pieces that lie there are reserved in the same step; the rest waits (取り寄せ待ち).
 */
export async function decide(
	tx: Tx,
	actor: Actor,
	id: string,
	form: Verdicts,
	now: Date
): Promise<'approved' | 'declined'> {
	const found = await findRequest(tx, actor, 'request.see', id);
	await mayDecide(tx, actor, found);
	if (!canMove('approve', found.state)) throw new RuleBroken('error_equipment_not_now');
	const grants = form.lines.some((line) => line.pieces > 0);
	if (!grants && !form.words) throw new RuleBroken('error_equipment_why', 'words');
	if (isBroken(found) && grants && !form.override && !found.override)
		throw new RuleBroken('error_equipment_override', 'override');
	for (const [line, verdict] of await judged(tx, found, form.lines))
		await writeLine(tx, line, { approved: verdict.pieces, reason: verdict.reason || null });
	const set = { decidedOn: jstDay(now), ...(form.override && { override: form.override }) };
	await step(tx, actor, id, grants ? 'approve' : 'decline', now, { words: form.words, set });
	if (grants) await reserveFor(tx, id);
	return grants ? 'approved' : 'declined';
}

/** The proposal as it was prepared, decided as it stands. */
export async function decideAsPrepared(tx: Tx, actor: Actor, id: string, words: string, now: Date) {
	const lines = await linesOf(tx, id);
	const verdicts = lines.map(({ item, size, suggested, reason }) => ({
		item,
		size,
		pieces: suggested ?? 0,
		reason: reason ?? ''
	}));
	return decide(tx, actor, id, { lines: verdicts, words, override: '' }, now);
}

/** Four eyes (起案と決裁を分ける). */
async function mayDecide(tx: Tx, actor: Actor, found: Request): Promise<void> {
	const { oneMayDoBoth } = await policyOf(tx, actor.municipality);
	const allowed = can(actor, 'request.decide', {}) || (oneMayDoBoth && can(actor, 'request.prepare', {}));
	if (!allowed) throw new NotFound('request');
	if (found.preparedBy === actor.person && !oneMayDoBoth) throw new RuleBroken('error_equipment_four_eyes');
}

/** Each line of the request with its verdict; every line needs one, and one that fits. */
async function judged(tx: Tx, found: Request, verdicts: readonly Verdict[]): Promise<[RequestLine, Verdict][]> {
	const lines = await linesOf(tx, found.id);
	const byBox = new Map(verdicts.map((one) => [boxOf(one.item, one.size), one]));
	if (byBox.size > lines.length) throw new NotFound('item');
	return lines.map((line) => {
		const box = boxOf(line.item, line.size);
		const verdict = byBox.get(box);
		if (!verdict) throw new RuleBroken('error_required', box);
		if (verdict.pieces > line.asked)
			throw new RuleBroken('error_equipment_more_than_asked', box, { count: line.asked });
		if (verdict.pieces < line.asked && !verdict.reason) throw new RuleBroken('error_equipment_why', `r:${box}`);
		return [line, verdict];
	});
}

const writeLine = (tx: Tx, line: RequestLine, set: Partial<Pick<RequestLine, 'suggested' | 'approved' | 'reason'>>) =>
	tx
		.update(requestLine)
		.set(set)
		.where(
			and(eq(requestLine.request, line.request), eq(requestLine.item, line.item), eq(requestLine.size, line.size))
		);
