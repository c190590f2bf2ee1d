/** What phones send about shifts: intents, decided here in the push's own transaction. */
import * as z from 'zod/mini';
import { registerHandler, type Applied, type ReceivedOp } from '#lib/sync/handlers.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { checkIn } from './attendances.server.ts';
import { chosen } from './inputs.ts';
import { join, leave } from './signUps.server.ts';

const payload = z.strictObject({ shift: chosen });
type Payload = z.output<typeof payload>;

/** 出ます. The op's id names the sign-up, so an intent that comes twice takes one place. */
async function joins(tx: Tx, op: ReceivedOp, { shift }: Payload): Promise<Applied> {
	await join(tx, op.actor, shift, op.receivedAt, op.id);
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
	registerHandler<Payload>('shift.join', { schema: { 1: payload }, apply: joins });
	registerHandler<Payload>('shift.leave', { schema: { 1: payload }, apply: leaves });
	registerHandler<Payload>('shift.checkIn', { schema: { 1: payload }, apply: checksIn });
}
