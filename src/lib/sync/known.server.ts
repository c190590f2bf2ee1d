/** What a push is compared with before anything is decided: ids and places that are there already, and what was deleted. */
import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { amongThose, listed } from '#lib/server/db/among.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { once } from '#lib/server/db/once.ts';
import { isOwn } from './devices.server.ts';
import type { Bytes, Op, Push } from './protocol.ts';
import { syncOp } from './tables.server.ts';

/** `content` is missing when the bytes are not what their hash says, or not an op. */
export type Examined = { op: Op; content: Bytes | undefined };

// Every push asks these.
const opsOfIds = once((tx: Tx) =>
	tx
		.select({ id: syncOp.id, no: syncOp.no, hash: syncOp.hash })
		.from(syncOp)
		.where(amongThose(syncOp.id, 'ids'))
		.prepare()
);
const opsAtPlaces = once((tx: Tx) =>
	tx
		.select({ seq: syncOp.seq })
		.from(syncOp)
		.where(
			and(
				eq(syncOp.device, sql.placeholder('device')),
				eq(syncOp.epoch, sql.placeholder('epoch')),
				amongThose(syncOp.seq, 'seqs')
			)
		)
		.prepare()
);
const voidsOf = once((tx: Tx) =>
	tx
		.select({ base: syncOp.base })
		.from(syncOp)
		.where(and(amongThose(syncOp.base, 'ids'), eq(syncOp.kind, 'void'), eq(syncOp.author, sql.placeholder('author'))))
		.prepare()
);

/** The distinct stores that ops of a push come from: its own, seldom another. */
function stores(ops: Examined[]): [string, string][] {
	const found = new Map<string, [string, string]>();
	for (const { op } of ops) found.set(`${op.device} ${op.epoch}`, [op.device, op.epoch]);
	return [...found.values()];
}

/** Ops of these ids that are there already, by id. */
export async function knownIds(tx: Tx, ops: Examined[]): Promise<Map<string, { no: number; hash: string }>> {
	const ids = [...new Set(ops.flatMap(({ content }) => content?.id ?? []))];
	const rows = await opsOfIds(tx).execute({ ids: listed(ids) });
	return new Map(rows.map(({ id, ...row }) => [id, row]));
}

/** Which of their places in a phone's order are taken, as `device epoch seq`. */
export async function takenPlaces(tx: Tx, ops: Examined[]): Promise<Set<string>> {
	const taken = new Set<string>();
	for (const [device, epoch] of stores(ops)) {
		const seqs = ops.filter(({ op }) => op.device === device && op.epoch === epoch).map(({ op }) => op.seq);
		const rows = await opsAtPlaces(tx).execute({ device, epoch, seqs: listed(seqs) });
		for (const { seq } of rows) taken.add(`${device} ${epoch} ${seq}`);
	}
	return taken;
}

/** Stores these ops come from, other than the sender's own, that belong to somebody else; as `device epoch`. */
export async function foreignStores(tx: Tx, actor: Actor, push: Push, ops: Examined[]): Promise<Set<string>> {
	const foreign = new Set<string>();
	for (const [device, epoch] of stores(ops)) {
		if (device === push.device && epoch === push.epoch) continue;
		if (!(await isOwn(tx, actor, device, epoch))) foreign.add(`${device} ${epoch}`);
	}
	return foreign;
}

/** Ids among these that their person has deleted on the phone: before, or by a `void` of this same push. */
export async function voidedAmong(tx: Tx, author: string, ids: string[]): Promise<Set<string | null>> {
	if (ids.length === 0) return new Set();
	const rows = await voidsOf(tx).execute({ ids: listed(ids), author });
	return new Set(rows.map((row) => row.base));
}
