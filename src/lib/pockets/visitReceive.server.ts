/** What phones send from the doors in 継続確認, with no network there. */
import { jstDay } from '#lib/calendar/day.ts';
import { may } from '#lib/people/permissions.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { registerHandler, type Applied, type ReceivedOp } from '#lib/sync/handlers.server.ts';
import { confirmKind, confirmPayload, type ConfirmPayload } from './confirmation.ts';
import { visit, type Brought } from './visitAnswers.server.ts';

/** Its sender is told where it does not hold by itself: the office has it all the same. */
const told: Record<Brought, Applied> = {
	kept: undefined,
	same: undefined,
	differs: { is: 'accepted', code: 'error_visits_differs', fix: 'none' },
	late: { is: 'accepted', code: 'error_visits_late', fix: 'none' }
};

/** The op's id is the id of the answer, so what comes twice is one. Its day is that on which it was given. */
async function asked(tx: Tx, op: ReceivedOp, { words, ...said }: ConfirmPayload): Promise<Applied> {
	if (!may(op.actor, 'pocket.ask')) return { is: 'rejected', code: 'error_sync_forbidden', fix: 'leader' };
	const answer = { ...said, words: words || null, on: jstDay(op.at) };
	return told[await visit(tx, op.actor, op.id, answer, op.receivedAt)];
}

/** Deleted on the phone after it had arrived: it holds until the same person sends another one. */
const withdrawn = (): Promise<Applied> =>
	Promise.resolve({ is: 'rejected', code: 'error_visits_arrived', fix: 'none' } as const);

/** Called once where the sync routes are wired. Every schema version ever released stays. */
export function registerVisits(): void {
	registerHandler(confirmKind, { schema: { 1: confirmPayload }, apply: asked, withdraw: withdrawn });
}
