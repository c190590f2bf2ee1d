/** What phones send when a child ran in, with no network where it happened. */
import { may } from '#lib/people/permissions.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { registerHandler, type Applied, type ReceivedOp } from '#lib/sync/handlers.server.ts';
import { runInKind, runInPayload, type RunInPayload } from './runIn.ts';
import { reportRunIn } from './runIns.server.ts';

/** The op's id is the id of the record, so what comes twice is one. */
async function told(tx: Tx, op: ReceivedOp, payload: RunInPayload): Promise<Applied> {
	if (!may(op.actor, 'runIn.report')) return { is: 'rejected', code: 'error_sync_forbidden', fix: 'leader' };
	const reporter = op.body.type === 'pocket' ? 'host' : op.body.type === 'section' ? 'office' : 'volunteer';
	await reportRunIn(tx, op.actor, op.id, reporter, payload, op.receivedAt);
}

/** Deleted on the phone after it had arrived: the office has it and decides, and its sender is told so. */
const withdrawn = (): Promise<Applied> =>
	Promise.resolve({ is: 'rejected', code: 'error_runin_stays', fix: 'none' } as const);

/** Called once where the sync routes are wired. Every schema version ever released stays. */
export function registerRunIns(): void {
	registerHandler(runInKind, { schema: { 1: runInPayload }, apply: told, withdraw: withdrawn });
}
