/** What each phone last said of itself, and which of its numbers never came. */
import { and, asc, eq, gt, or } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { limits, type Push } from './protocol.ts';
import { syncDevice, syncOp } from './tables.server.ts';

const named = (device: string, epoch: string) => and(eq(syncDevice.device, device), eq(syncDevice.epoch, epoch));

/** Is this store nobody's yet, or this person's? Another's numbers are not for us to use up. */
export async function isOwn(tx: Tx, actor: Actor, device: string, epoch: string): Promise<boolean> {
	const [found] = await tx.select().from(syncDevice).where(named(device, epoch));
	return !found || (found.person === actor.person && found.municipality === actor.municipality);
}

/** Notes what the phone says of itself. */
export async function seen(tx: Tx, actor: Actor, push: Push, now: Date): Promise<void> {
	const said = {
		lastSeq: push.head.lastSeq,
		pending: push.head.pending,
		oldestAt: push.head.oldestAt === null ? null : new Date(push.head.oldestAt),
		app: push.app,
		lastSeenAt: now
	};
	await tx
		.insert(syncDevice)
		.values({
			municipality: actor.municipality,
			device: push.device,
			epoch: push.epoch,
			person: actor.person,
			upTo: 0,
			firstSeenAt: now,
			...said
		})
		.onConflictDoUpdate({ target: [syncDevice.device, syncDevice.epoch], set: said });
}

/** Ranges of numbers below the highest that came, which never came and were not voided. Remembers how far all is there. */
export async function missing(tx: Tx, device: string, epoch: string): Promise<[number, number][]> {
	const [row] = await tx.select({ upTo: syncDevice.upTo }).from(syncDevice).where(named(device, epoch));
	const before = row?.upTo ?? 0;
	const came = await tx
		.select({ seq: syncOp.seq, voids: syncOp.voids })
		.from(syncOp)
		.where(
			and(eq(syncOp.device, device), eq(syncOp.epoch, epoch), or(gt(syncOp.seq, before), gt(syncOp.voids, before)))
		)
		.orderBy(asc(syncOp.seq));
	const numbers = [...new Set(came.flatMap((one) => [one.seq, one.voids ?? 0]))]
		.filter((seq) => seq > before)
		.sort((a, b) => a - b);
	const gaps: [number, number][] = [];
	let upTo = before;
	let last = before;
	for (const seq of numbers) {
		if (seq > last + 1) gaps.push([last + 1, seq - 1]);
		if (gaps.length === 0) upTo = seq;
		last = seq;
	}
	if (upTo > before) await tx.update(syncDevice).set({ upTo }).where(named(device, epoch));
	return gaps.slice(0, limits.missing);
}
