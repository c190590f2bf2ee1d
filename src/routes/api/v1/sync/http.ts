/** What the sync endpoints share: small JSON answers, bodies within a limit, and a failing store said as it is. */
import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { storeErrorCode } from '#lib/sync/apply.server.ts';
import { PROTOCOL, type Refusal } from '#lib/sync/protocol.ts';

const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };

export const said = (body: object, status = 200, more: Record<string, string> = {}): Response =>
	new Response(JSON.stringify(body), { status, headers: { ...headers, ...more } });

/** A refusal is no receipt of anything: the phone keeps what it sent. */
export const refused = (status: number, error: Refusal, more: Record<string, string> = {}): Response =>
	said({ p: PROTOCOL, error }, status, more);

/** The body, or undefined when it is larger than `limit` bytes, whatever its header says. */
export async function bodyWithin(request: Request, limit: number): Promise<Buffer | undefined> {
	if (Number(request.headers.get('content-length') ?? 0) > limit) return undefined;
	const pieces: Uint8Array[] = [];
	let size = 0;
	if (!request.body) return Buffer.alloc(0);
	for await (const piece of request.body as unknown as AsyncIterable<Uint8Array>) {
		size += piece.length;
		if (size > limit) return undefined;
		pieces.push(piece);
	}
	return Buffer.concat(pieces, size);
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
