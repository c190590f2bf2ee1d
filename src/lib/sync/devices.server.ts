/** What each phone last said of itself, and which of its numbers never came. */
import { and, asc, eq, gt, or, sql } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { once } from '#lib/server/db/once.ts';
import { record } from '#lib/server/db/trail.ts';
import { limits, type Push } from './protocol.ts';
import { syncDevice, syncLoss, syncOp, syncPlace, syncStop } from './tables.server.ts';

const named = (device: string, epoch: string) => and(eq(syncDevice.device, device), eq(syncDevice.epoch, epoch));

// Every push asks these.
const storeNamed = once((reader: Reader) =>
	reader
		.select()
		.from(syncDevice)
		.where(and(eq(syncDevice.device, sql.placeholder('device')), eq(syncDevice.epoch, sql.placeholder('epoch'))))
		.prepare()
);
const opsAfter = once((reader: Reader) =>
	reader
		.select({ seq: syncOp.seq, voids: syncOp.voids })
		.from(syncOp)
		.where(
			and(
				eq(syncOp.device, sql.placeholder('device')),
				eq(syncOp.epoch, sql.placeholder('epoch')),
				gt(syncOp.seq, sql.placeholder('after'))
			)
		)
		.orderBy(asc(syncOp.seq))
		.prepare()
);
const placesAfter = once((reader: Reader) =>
	reader
		.select({ seq: syncPlace.seq })
		.from(syncPlace)
		.where(
			and(
				eq(syncPlace.device, sql.placeholder('device')),
				eq(syncPlace.epoch, sql.placeholder('epoch')),
				gt(syncPlace.seq, sql.placeholder('after'))
			)
		)
		.prepare()
);
const stopOf = once((reader: Reader) =>
	reader
		.select({ at: syncStop.at })
		.from(syncStop)
		.where(eq(syncStop.device, sql.placeholder('device')))
		.prepare()
);

/** Is this store nobody's yet, or this person's? Another's numbers are not for us to use up. */
export async function isOwn(tx: Tx, actor: Actor, device: string, epoch: string): Promise<boolean> {
	const [found] = await storeNamed(tx).execute({ device, epoch });
	return !found || (found.person === actor.person && found.municipality === actor.municipality);
}

/** Notes what the phone says of itself. `session` names the sign-in it came by. */
export async function seen(tx: Tx, actor: Actor, push: Push, now: Date, session?: string): Promise<void> {
	await declareEmptied(tx, actor, push, session, now);
	const said = {
		lastSeq: push.head.lastSeq,
		pending: push.head.pending,
		oldestAt: push.head.oldestAt === null ? null : new Date(push.head.oldestAt),
		app: push.app,
		lastSeenAt: now,
		...(session !== undefined && { session })
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
	const [row] = await storeNamed(tx).execute({ device, epoch });
	const before = row?.upTo ?? 0;
	const gaps: [number, number][] = [];
	let upTo = before;
	let last = before;
	for (const seq of await arrived(tx, device, epoch, before)) {
		if (seq > last + 1) gaps.push([last + 1, seq - 1]);
		if (gaps.length === 0) upTo = seq;
		last = seq;
	}
	if (upTo > before) await tx.update(syncDevice).set({ upTo }).where(named(device, epoch));
	return gaps.slice(0, limits.missing);
}

/** Numbers above `after` that arrived, were voided or are taken otherwise, counting up. */
async function arrived(reader: Reader, device: string, epoch: string, after: number): Promise<number[]> {
	// What voids a place always stands after it in the order.
	const came = await opsAfter(reader).execute({ device, epoch, after });
	const taken = await placesAfter(reader).execute({ device, epoch, after });
	const numbers = [...came.flatMap((one) => [one.seq, one.voids ?? 0]), ...taken.map((one) => one.seq)];
	return [...new Set(numbers)].filter((seq) => seq > after).sort((a, b) => a - b);
}

export type Store = Pick<typeof syncDevice.$inferSelect, 'device' | 'epoch' | 'upTo' | 'lastSeq'>;

/** How many records a store had when it was last heard of that have not arrived. */
export async function waitingIn(reader: Reader, store: Store): Promise<number> {
	if (store.lastSeq <= store.upTo) return 0;
	const there = await arrived(reader, store.device, store.epoch, store.upTo);
	return store.lastSeq - store.upTo - there.filter((seq) => seq <= store.lastSeq).length;
}

/**
 * Declares what was lost with a store that was emptied: the same device with another epoch, or another store by the same sign-in.
 * At least what it had told us; what it never told nobody can count.
 */
async function declareEmptied(tx: Tx, actor: Actor, push: Push, session: string | undefined, now: Date): Promise<void> {
	const [known] = await storeNamed(tx).execute({ device: push.device, epoch: push.epoch });
	if (known) return;
	const same = session === undefined ? undefined : eq(syncDevice.session, session);
	const before = await tx
		.select()
		.from(syncDevice)
		.where(
			and(
				eq(syncDevice.municipality, actor.municipality),
				eq(syncDevice.person, actor.person),
				or(eq(syncDevice.device, push.device), same)
			)
		);
	for (const store of before) await declare(tx, store, await waitingIn(tx, store), null, now);
}

/** Writes down that at least `count` records of a store are lost. `by` is missing where we saw it ourselves. */
export async function declare(
	tx: Tx,
	store: typeof syncDevice.$inferSelect,
	count: number,
	by: Actor | null,
	now: Date
): Promise<void> {
	if (count === 0) return;
	const { municipality, device, epoch, person, lastSeenAt: knownAt } = store;
	const written = await tx
		.insert(syncLoss)
		.values({ municipality, device, epoch, person, count, knownAt, by: by?.person ?? null, at: now })
		.onConflictDoNothing();
	if (written.changes === 1)
		await record(tx, by ?? { municipality }, 'sync.declareLoss', 'device', device, { count, person });
}

/** Was this phone stopped (lost, given away)? */
export async function isStopped(reader: Reader, device: string): Promise<boolean> {
	const [found] = await stopOf(reader).execute({ device });
	return found !== undefined;
}
