/** What phones send from the store room: a hand-over that has happened there already, with no network. */
import { may } from '#lib/people/permissions.ts';
import { registerHandler, type Applied, type ReceivedOp } from '#lib/sync/handlers.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import * as m from '#lib/words/messages.js';
import { receivePayload, type ReceivePayload } from './handover.ts';
import { findHandover, handOver, reconcile, undoHandover } from './handovers.server.ts';

/** Whose role is not the one, or is over, is told whose it is: a leader of a body could not answer that. */
const refused = (op: ReceivedOp): Applied =>
	may(op.actor, 'request.handOver') ? undefined : { is: 'rejected', code: 'error_equipment_hand_role', fix: 'leader' };

/**
 * The op's id is the id of the hand-over, so what comes twice is one. The pieces are gone from the shelf whatever we think of it:
 * what is beyond the reservation, or about a request closed meanwhile, is kept for reconciliation and its sender is told.
 */
async function received(tx: Tx, op: ReceivedOp, payload: ReceivePayload): Promise<Applied> {
	const not = refused(op);
	if (not) return not;
	const { request, lines, on, receivedBy, signature, dueOn } = payload;
	const form = { id: op.id, on, receivedBy, ...(signature && { signature }), ...(dueOn && { dueOn }) };
	const state = await handOver(tx, op.actor, request, form, lines, op.receivedAt, 'keep');
	if (state === 'unclear') return { is: 'accepted', code: 'error_equipment_kept', fix: 'none' };
}

/** Deleted on the phone after it had arrived: it did not happen. */
async function withdrawn(tx: Tx, op: ReceivedOp, base: { no: number; id: string }): Promise<Applied> {
	const not = refused(op);
	if (not) return not;
	const found = await findHandover(tx, op.actor, base.id);
	if (found.state === 'unclear') await reconcile(tx, op.actor, base.id, 'dropped', op.receivedAt);
	if (found.state === 'booked')
		await undoHandover(tx, op.actor, base.id, m.handovers_deleted_on_phone(), op.receivedAt);
}

/** Called once where the sync routes are wired. Every schema version ever released stays. */
export function registerEquipment(): void {
	registerHandler('equipment.receive', { schema: { 1: receivePayload }, apply: received, withdraw: withdrawn });
}
