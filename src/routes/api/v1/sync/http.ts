/** What the sync endpoints share: small JSON answers, bodies within a limit, and a failing store said as it is. */
import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { storeErrorCode } from '#lib/sync/apply.server.ts';
import { patience, PROTOCOL, type Refusal } from '#lib/sync/protocol.ts';

const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };

export const said = (body: object, status = 200, more: Record<string, string> = {}): Response =>
	new Response(JSON.stringify(body), { status, headers: { ...headers, ...more } });

/** A refusal is no receipt of anything: the phone keeps what it sent. */
export const refused = (status: number, error: Refusal, more: Record<string, string> = {}): Response =>
	said({ p: PROTOCOL, error }, status, more);

/**
 * The body, or undefined when it is larger than `limit` bytes, whatever its header says, or has not come when its phone has given up
 * waiting: two hundred phones in a tunnel must not keep everybody else out.
 */
export async function bodyWithin(request: Request, limit: number): Promise<Buffer | undefined> {
	const announced = Number(request.headers.get('content-length') ?? 0);
	if (announced > limit) return undefined;
	if (!request.body) return Buffer.alloc(0);
	const reader = request.body.getReader();
	let late = false;
	const giveUp = () => {
		late = true;
		void reader.cancel().catch(() => undefined);
	};
	const timer = setTimeout(giveUp, patience(announced));
	try {
		const pieces: Uint8Array[] = [];
		let size = 0;
		for (;;) {
			const { done, value } = await reader.read();
			if (late) return undefined;
			if (done) return Buffer.concat(pieces, size);
			size += value.length;
			if (size > limit) return undefined;
			pieces.push(value);
		}
	} finally {
		clearTimeout(timer);
	}
}

const unpack = promisify(gunzip);

/** The same, unpacked where the phone packed it; no more than `limit` bytes in either shape, however well it shrinks. */
export async function unpackedWithin(request: Request, limit: number): Promise<Buffer | undefined> {
	const body = await bodyWithin(request, limit);
	if (!body || request.headers.get('content-encoding') !== 'gzip') return body;
	try {
		return await unpack(body, { maxOutputLength: limit });
	} catch (thrown) {
		if ((thrown as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') return undefined;
		// Not what it says it is: nothing that could be read.
		return Buffer.alloc(0);
	}
}

/** Runs `work`; where the store itself failed (full, busy, broken) nothing was kept, and the phone is told to come again. */
export async function unlessStoreFails(work: () => Promise<Response>): Promise<Response> {
	try {
		return await work();
	} catch (thrown) {
		if (!storeErrorCode(thrown)) throw thrown;
		return refused(503, 'later', { 'retry-after': '10' });
	}
}

/** So many pushes and photos may be under way at once: more would only wait in memory, each with its megabyte. */
const AT_ONCE = 200;
let underWay = 0;

/**
 * Runs `work` if there is room, else says when to come again: spread over half a minute, so that a thousand phones that were turned
 * away together do not come back together.
 */
export async function ifThereIsRoom(work: () => Promise<Response>): Promise<Response> {
	if (underWay >= AT_ONCE) return refused(503, 'busy', { 'retry-after': String(randomInt(5, 35)) });
	underWay++;
	try {
		return await work();
	} finally {
		underWay--;
	}
}
