/** Small parts of the store: how a record is shown, how its content is forgotten, how tabs hear of a change. */
import { heard } from './database.client.ts';
import type { Database, OpRow } from './database.client.ts';
import type { OpLine } from './store.ts';

/** Its content goes; that there was something stays. One that was received meanwhile keeps its receipt. */
export async function forget(db: Database, id: string): Promise<void> {
	const tx = heard(db.transaction('ops', 'readwrite', { durability: 'strict' }));
	const row = await tx.store.get(id);
	if (row) {
		const { box: _box, ...rest } = row;
		await tx.store.put({ ...rest, state: row.state === 'delivered' ? 'delivered' : 'voided' });
	}
	await tx.done;
}

/** A record as lists show it. Without its summary it cannot be read. */
export function line(row: OpRow, summary: string | undefined, unsent: Set<string>): OpLine {
	return {
		id: row.id,
		seq: row.seq,
		kind: row.kind,
		at: new Date(row.at),
		summary: summary ?? '',
		state: summary === undefined && row.state !== 'delivered' ? 'broken' : row.state,
		reason: summary === undefined && row.state !== 'delivered' ? 'damaged' : row.reason,
		outcome: row.outcome,
		no: row.no,
		receivedAt: row.receivedAt === undefined ? undefined : new Date(row.receivedAt),
		blobsWaiting: row.blobs.filter((one) => unsent.has(one)).length
	};
}

/** Tells this tab and the others that something changed. */
export function announcer(person: string) {
	const calls = new Set<() => void>();
	const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`mp-store:${person}`);
	const tell = () => {
		for (const call of calls) call();
	};
	if (channel) channel.onmessage = tell;
	return {
		subscribe(call: () => void) {
			calls.add(call);
			return () => void calls.delete(call);
		},
		changed() {
			tell();
			channel?.postMessage(0);
		},
		silence() {
			calls.clear();
			channel?.close();
		}
	};
}

/** This device's local time with its offset, as the protocol wants it. */
export function rfc3339(ms: number): string {
	const offset = -new Date(ms).getTimezoneOffset();
	const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0');
	const local = new Date(ms + offset * 60_000).toISOString().slice(0, -1);
	return `${local}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
}
