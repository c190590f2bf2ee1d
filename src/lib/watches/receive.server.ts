/** What phones send about shifts: intents, decided here in the push's own transaction. */
import * as z from 'zod/mini';
import { registerHandler, type Applied, type ReceivedOp } from '#lib/sync/handlers.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { checkIn } from './attendances.server.ts';
import { chosen } from './inputs.ts';
import { restoredAt } from '#lib/sync/self.server.ts';
import { makeRoom, undoJoin } from './displacing.server.ts';
import { join, leave } from './signUps.server.ts';

const payload = z.strictObject({ shift: chosen });
type Payload = z.output<typeof payload>;

/**
 * 出ます. The op's id names the sign-up, so an intent that comes twice takes one place. What we had promised before a restore beats
 * a place given since.
 */
async function joins(tx: Tx, op: ReceivedOp, { shift }: Payload): Promise<Applied> {
	if (op.promised) await makeRoom(tx, op.actor, shift, await restoredAt(tx), op.receivedAt);
	await join(tx, op.actor, shift, op.receivedAt, op.id);
}

/** Deleted on the phone after it had arrived: the place is given back. */
async function unjoins(tx: Tx, op: ReceivedOp, base: { no: number; id: string }): Promise<Applied> {
	await undoJoin(tx, op.actor, base.id, op.receivedAt);
}

/** 行けなくなりました. */
async function leaves(tx: Tx, op: ReceivedOp, { shift }: Payload): Promise<Applied> {
	await leave(tx, op.actor, shift, op.receivedAt);
}

/** Came: noted at the time it happened, however late it arrives. */
async function checksIn(tx: Tx, op: ReceivedOp, { shift }: Payload): Promise<Applied> {
	await checkIn(tx, op.actor, shift, op.at);
}

/** Called once where the sync routes are wired. Every schema version ever released stays. */
export function registerWatches(): void {
	registerHandler<Payload>('shift.join', { schema: { 1: payload }, apply: joins, withdraw: unjoins });
	registerHandler<Payload>('shift.leave', { schema: { 1: payload }, apply: leaves });
	registerHandler<Payload>('shift.checkIn', { schema: { 1: payload }, apply: checksIn });
}
