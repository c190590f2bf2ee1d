/** Sends photos and tracks after the ops that announced them, in pieces, going on where the server stopped. */
import { hear } from './answers.client.ts';
import { blobSchema, limits, patience } from './protocol.ts';
import type { Sent } from './sender.client.ts';
import type { Store } from './store.ts';

/** A photo that does not get through this often is left for the next run. */
const TRIES = 3;

/** Notes how long the server asked to wait. */
type Later = (waitMs: number | undefined) => Sent;

/** Sends every photo that waits. One that is refused delays nobody. */
export async function sendBlobs(store: Store, fetch: typeof globalThis.fetch, later: Later): Promise<Sent> {
	for (const sha256 of await store.outbox.blobsWaiting()) {
		const sent = await sendBlob(store, fetch, later, sha256);
		if (sent !== 'done') return sent;
	}
	return 'done';
}

async function sendBlob(store: Store, fetch: typeof globalThis.fetch, later: Later, sha256: string): Promise<Sent> {
	const blob = await store.blob(sha256);
	if (!blob) return 'done';
	const total = blob.bytes.byteLength;
	let offset = 0;
	let restarts = 0;
	while (restarts < TRIES) {
		const piece = blob.bytes.slice(offset, offset + limits.blobChunk);
		const headers = {
			'content-type': 'application/octet-stream',
			'x-mp-sync': '1',
			'x-mp-offset': String(offset),
			'x-mp-total': String(total)
		};
		const init = { method: 'PUT', headers, body: piece };
		const heard = await hear(fetch, `/api/v1/sync/blob/${sha256}`, init, blobSchema, patience(piece.byteLength));
		if (heard.is === 'held') return 'held';
		if (heard.is === 'later') return later(heard.waitMs);
		if (heard.is === 'none') return 'offline';
		// Refused: it stays and is tried again at the next run.
		if (heard.is === 'smaller') return 'done';
		const { body } = heard;
		if (body.sha256 !== sha256 || (await store.outbox.meet(body.server, body.era, undefined)) === 'stranger')
			return 'held';
		if (body.complete) {
			await store.outbox.blobSent(sha256);
			return 'done';
		}
		if (body.offset <= offset) restarts++;
		offset = Math.min(body.offset, total);
	}
	return 'done';
}
