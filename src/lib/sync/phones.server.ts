/** The phones as a leader sees them: when each was last heard of, what has not arrived, what is lost, which are stopped. */
import { and, count, desc, eq, gt, inArray, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import { membership, person } from '#lib/people/tables.server.ts';
import { alias } from '#lib/server/db/columns.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { declare, waitingIn } from './devices.server.ts';
import { syncBlob, syncDevice, syncLoss, syncOp, syncOpBlob, syncStop } from './tables.server.ts';

const DAY = 86_400_000;
/** A phone that has sent everything and was not heard of for so long is not shown any more. */
const QUIET = 90 * DAY;
/** So long a loss is told to its person. */
const TOLD = 30 * DAY;
const AT_MOST = 300;

const ofStore = (table: typeof syncLoss) => and(eq(table.device, syncDevice.device), eq(table.epoch, syncDevice.epoch));

/** The stores of the people the actor answers for. */
async function within(reader: Reader, actor: Actor): Promise<SQL | undefined> {
	const { all, associations } = reachOf(actor, 'sync.seeDevices');
	const here = eq(syncDevice.municipality, actor.municipality);
	if (all) return here;
	const members = reader
		.select({ person: membership.person })
		.from(membership)
		.where(and(inArray(membership.association, associations), isNull(membership.endedOn)));
	return and(here, inArray(syncDevice.person, members));
}

const declarer = alias(person, 'declarer');

/**
 * The phones of the actor's people, those with something waiting or lost first. For whoever sees the whole municipality only those
 * that need a look.
 */
export async function phonesOf(reader: Reader, actor: Actor, now: Date) {
	const recent = gt(syncDevice.lastSeenAt, new Date(now.getTime() - QUIET));
	const open = and(gt(syncDevice.lastSeq, syncDevice.upTo), isNull(syncLoss.device));
	const odd = or(open, isNotNull(syncStop.device), and(isNotNull(syncLoss.device), recent));
	const rows = await reader
		.select({
			store: syncDevice,
			name: person.name,
			loss: syncLoss,
			declaredBy: declarer.name,
			stoppedAt: syncStop.at
		})
		.from(syncDevice)
		.innerJoin(person, eq(person.id, syncDevice.person))
		.leftJoin(syncLoss, ofStore(syncLoss))
		.leftJoin(declarer, eq(declarer.id, syncLoss.by))
		.leftJoin(syncStop, eq(syncStop.device, syncDevice.device))
		.where(and(await within(reader, actor), reachOf(actor, 'sync.seeDevices').all ? odd : or(odd, recent)))
		.orderBy(desc(syncDevice.lastSeenAt))
		.limit(AT_MOST);
	const photos = await photosWaiting(
		reader,
		rows.map((one) => one.store.device)
	);
	const phones = await Promise.all(
		rows.map(async ({ store, name, loss, declaredBy, stoppedAt }) => ({
			device: store.device,
			epoch: store.epoch,
			name,
			lastSeenAt: store.lastSeenAt,
			waiting: loss ? 0 : await waitingIn(reader, store),
			photos: photos.get(store.device) ?? 0,
			lost: loss ? { count: loss.count, knownAt: loss.knownAt, by: declaredBy } : undefined,
			stoppedAt: stoppedAt ?? undefined
		}))
	);
	const weight = (one: (typeof phones)[number]) => (one.waiting > 0 ? 2 : one.lost || one.stoppedAt ? 1 : 0);
	return phones.sort((a, b) => weight(b) - weight(a));
}

/** Photos that were announced by each of these phones and have not arrived. */
async function photosWaiting(reader: Reader, devices: string[]): Promise<Map<string, number>> {
	if (devices.length === 0) return new Map();
	const rows = await reader
		.select({ device: syncOp.device, n: count() })
		.from(syncOp)
		.innerJoin(syncOpBlob, eq(syncOpBlob.op, syncOp.no))
		.leftJoin(syncBlob, and(eq(syncBlob.sha256, syncOpBlob.sha256), eq(syncBlob.municipality, syncOpBlob.municipality)))
		.where(and(inArray(syncOp.device, devices), isNull(syncBlob.id)))
		.groupBy(syncOp.device);
	return new Map(rows.map((one) => [one.device, one.n]));
}

/** 「2台の端末に未送信 3件」: how many phones of the actor's people have told of records that have not arrived. */
export async function phonesWaiting(reader: Reader, actor: Actor): Promise<{ phones: number; records: number }> {
	const rows = await reader
		.select({ store: syncDevice })
		.from(syncDevice)
		.leftJoin(syncLoss, ofStore(syncLoss))
		.where(and(await within(reader, actor), lt(syncDevice.upTo, syncDevice.lastSeq), isNull(syncLoss.device)))
		.limit(AT_MOST);
	const waiting = (await Promise.all(rows.map(({ store }) => waitingIn(reader, store)))).filter((n) => n > 0);
	return { phones: waiting.length, records: waiting.reduce((sum, n) => sum + n, 0) };
}

/** What went down with emptied stores of the actor, lately: told on their phone, too. */
export async function lossesOf(reader: Reader, actor: Actor, now: Date) {
	const rows = await reader
		.select({ count: syncLoss.count, knownAt: syncLoss.knownAt })
		.from(syncLoss)
		.where(
			and(
				eq(syncLoss.municipality, actor.municipality),
				eq(syncLoss.person, actor.person),
				gt(syncLoss.at, new Date(now.getTime() - TOLD))
			)
		);
	return rows.map((one) => ({ count: one.count, knownAt: one.knownAt.toISOString() }));
}

/** The stores of one device, if the actor answers for its person. */
async function storesOf(tx: Tx, actor: Actor, device: string) {
	const found = await tx
		.select()
		.from(syncDevice)
		.where(and(await within(tx, actor), eq(syncDevice.device, device)))
		.orderBy(desc(syncDevice.lastSeenAt));
	if (found.length === 0) throw new NotFound('device');
	return found;
}

/** A phone that is lost or given away: from now on nothing is taken from it. Pressing twice changes nothing. */
export async function stopPhone(tx: Tx, actor: Actor, device: string, now: Date): Promise<void> {
	const [store] = await storesOf(tx, actor, device);
	const { municipality, person: of } = store!;
	const made = await tx
		.insert(syncStop)
		.values({ device, municipality, person: of, by: actor.person, at: now })
		.onConflictDoNothing();
	if (made.changes === 1) await record(tx, actor, 'sync.stopPhone', 'device', device, { person: of });
}

/** It was found again. */
export async function letPhoneIn(tx: Tx, actor: Actor, device: string): Promise<void> {
	await storesOf(tx, actor, device);
	const gone = await tx.delete(syncStop).where(eq(syncStop.device, device));
	if (gone.changes === 1) await record(tx, actor, 'sync.letPhoneIn', 'device', device);
}

/** What waits on this phone will not come any more (it broke, it was sold): declared, and no longer waited for. */
export async function declareLost(tx: Tx, actor: Actor, device: string, epoch: string, now: Date): Promise<void> {
	const store = (await storesOf(tx, actor, device)).find((one) => one.epoch === epoch);
	if (!store) throw new NotFound('device');
	const waiting = await waitingIn(tx, store);
	if (waiting === 0) throw new RuleBroken('error_sync_nothing_waits');
	await declare(tx, store, waiting, actor, now);
}
