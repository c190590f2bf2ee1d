/**
 * Receiving a push: one transaction, every op in a savepoint, the answer after COMMIT. Every intact op is stored and gets its
 * receipt whatever becomes of it, so one that breaks a rule delays nobody.
 */
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { transaction, type Tx } from '#lib/server/db/index.ts';
import { release } from './apply.server.ts';
import { Desk, writeOutcomes, type Say } from './desk.server.ts';
import { isOwn, isStopped, missing, seen } from './devices.server.ts';
import type { Examined } from './known.server.ts';
import { PROTOCOL, thaw, type Answer, type Op, type Push } from './protocol.ts';
import { oldestApp, selfIn } from './self.server.ts';
import { standing } from './standing.server.ts';
import { syncOp, syncServer } from './tables.server.ts';

/**
 * Takes a push of the signed-in person. `otherPerson`: this store belongs to somebody else; nothing is stored and nothing
 * receipted, so that it waits on the phone for its owner. `revoked`: the phone was stopped. `session` names the sign-in. Throws when the store fails: then nothing was stored either.
 */
export async function receive(
	actor: Actor,
	push: Push,
	now: Date,
	say: Say,
	session?: string
): Promise<Answer | 'otherPerson' | 'revoked'> {
	const ops = push.ops.map(examine);
	const authors = new Set(ops.flatMap(({ content }) => content?.author ?? []));
	if (authors.size > 0 && !authors.has(actor.person)) return 'otherPerson';
	return transaction((tx) => receiveIn(tx, actor, push, ops, now, say, session));
}

/** Hash and shape of one op as it came. */
export function examine(op: Op): Examined {
	const whole = op.bytes.isWellFormed() && createHash('sha256').update(op.bytes, 'utf8').digest('hex') === op.hash;
	return { op, content: whole ? thaw(op.bytes) : undefined };
}

async function receiveIn(
	tx: Tx,
	actor: Actor,
	push: Push,
	ops: Examined[],
	now: Date,
	say: Say,
	session: string | undefined
): Promise<Answer | 'otherPerson' | 'revoked'> {
	if (await isStopped(tx, push.device)) return 'revoked';
	if (!(await isOwn(tx, actor, push.device, push.epoch))) return 'otherPerson';
	const self = await selfIn(tx);
	const desk = new Desk(tx, actor, push, self, now);
	await seen(tx, actor, push, now, session);
	const results = await desk.take(ops, say);
	if (desk.lastNo > self.lastNo) await tx.update(syncServer).set({ lastNo: desk.lastNo });
	return {
		p: PROTOCOL,
		server: self.server,
		era: self.era,
		now: now.toISOString(),
		backupNo: self.backupNo,
		results,
		missing: await missing(tx, push.device, push.epoch),
		...oldestApp()
	};
}

/** Tries again what waits for ourselves: a kind that is known since, a fault that was mended. Called once after the start. */
export async function retryOwnFaults(now: Date): Promise<void> {
	await transaction(async (tx) => {
		const decided = await release(tx, [''], standing(tx), now);
		for (const [no, outcome] of decided) {
			const [op] = await tx.select({ municipality: syncOp.municipality }).from(syncOp).where(eq(syncOp.no, no));
			await writeOutcomes(tx, op!.municipality, new Map([[no, outcome]]), now);
		}
	});
}
