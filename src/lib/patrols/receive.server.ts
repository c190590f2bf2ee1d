/** What phones send about patrols. Each handler applies an op at most once: the op's id is the id of the log or version. */
import { and, eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { can } from '#lib/people/permissions.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { Forbidden, NotFound, RuleBroken } from '#lib/server/errors.ts';
import { registerHandler, type Applied, type ReceivedOp } from '#lib/sync/handlers.server.ts';
import type { LogBody } from './content.server.ts';
import { report } from './findings.server.ts';
import {
	amendPayload,
	findingPayload,
	logPayload,
	withdrawPayload,
	byRightClock,
	type AmendPayload,
	type FindingPayload,
	type LogPayload,
	type WithdrawPayload
} from './log.ts';
import { correct, store, withdraw } from './logs.server.ts';
import { log, logVersion } from './tables.server.ts';

/**
 * The body of an op as the body of a log. The receiver has asked that the author was in it at the time, by the membership of
 * then; a section's log is the city's own and needs the right of now.
 */
function bodyOf(op: ReceivedOp): LogBody {
	if (op.body.type === 'association') return { association: op.body.id, section: null };
	if (op.body.type !== 'section' || !can(op.actor, 'patrol.record', { section: op.body.id })) throw new Forbidden();
	return { association: null, section: op.body.id };
}

/** A date we do not know, or moved by a wrong clock: whoever confirms looks at it. */
const doubtful = (op: ReceivedOp, payload: LogPayload) =>
	op.flags.includes('doubtful') || (op.clockBehind !== 0 && !payload.typed);

async function submitted(tx: Tx, op: ReceivedOp, sent: LogPayload): Promise<Applied> {
	const payload = byRightClock(sent, op.clockBehind);
	const body = bodyOf(op);
	await store(tx, op.actor, {
		id: op.id,
		body,
		payload,
		forOthers: false,
		clockDoubt: doubtful(op, payload),
		at: op.receivedAt
	});
	await report(
		tx,
		op.actor,
		{ log: op.id, association: body.association, onDay: payload.on, at: op.at },
		payload.findings
	);
}

/** The log an op names: by its first op, or by the op of a later version. */
async function named(
	tx: Reader,
	op: ReceivedOp
): Promise<{ id: string; latest: number; association: string | null; clockDoubt: boolean }> {
	if (!op.base) throw new NotFound();
	const [found] = await tx
		.select({ id: log.id, latest: log.latest, association: log.association, clockDoubt: logVersion.clockDoubt })
		.from(logVersion)
		.innerJoin(log, eq(log.id, logVersion.log))
		.where(and(eq(logVersion.id, op.base), eq(log.municipality, op.actor.municipality)));
	if (!found) throw new NotFound();
	return found;
}

async function amended(tx: Tx, op: ReceivedOp, { reason, ...sent }: AmendPayload): Promise<Applied> {
	const payload = byRightClock(sent, op.clockBehind);
	const found = await named(tx, op);
	const correction = {
		version: op.id,
		seen: found.latest,
		reason: reason || null,
		payload,
		// The phone starts from what it had sent: the doubt about its dates stays until somebody types them.
		clockDoubt: doubtful(op, payload) || (found.clockDoubt && !payload.typed)
	};
	await correct(tx, op.actor, found.id, correction, op.receivedAt);
	const noticed = { log: found.id, association: found.association, onDay: payload.on, at: op.at };
	await report(tx, op.actor, noticed, payload.findings);
}

async function withdrawn(tx: Tx, op: ReceivedOp, { reason }: WithdrawPayload): Promise<Applied> {
	const found = await named(tx, op);
	try {
		await withdraw(tx, op.actor, found.id, reason, op.receivedAt);
	} catch (thrown) {
		// A confirmed log is the leader's to take back.
		if (thrown instanceof RuleBroken && thrown.code === 'error_patrols_confirmed')
			return { is: 'needsFix', code: thrown.code, fix: 'leader' };
		throw thrown;
	}
}

async function noticed(tx: Tx, op: ReceivedOp, payload: FindingPayload): Promise<Applied> {
	const { association } = bodyOf(op);
	await report(tx, op.actor, { log: null, association, onDay: jstDay(op.at), at: op.at }, [payload]);
}

/** Called once where the sync routes are wired. Every schema version ever released stays. */
export function registerPatrols(): void {
	registerHandler('patrol.submit', {
		schema: { 1: logPayload },
		apply: submitted,
		// Deleted on the phone after it had arrived: taken back without a reason of its own.
		withdraw: (tx, op, base) => withdrawn(tx, { ...op, base: base.id }, { reason: '' })
	});
	registerHandler('patrol.amend', { schema: { 1: amendPayload }, apply: amended });
	registerHandler('patrol.withdraw', { schema: { 1: withdrawPayload }, apply: withdrawn });
	registerHandler('finding.report', { schema: { 1: findingPayload }, apply: noticed });
}
