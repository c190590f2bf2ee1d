/**
 * Which answers a phone believes. A login page with 200, a redirect, half a body, another server: none of these is an answer,
 * and what was sent stays in the queue.
 */
import type * as z from 'zod/mini';
import { refusalSchema, type Refusal } from './protocol.ts';

export type Heard<T> =
	| { is: 'answer'; body: T }
	/** 401, 403: said by the server itself. The record waits for its person. */
	| { is: 'held'; why: 'signedOut' | 'otherPerson' | 'revoked' }
	/** 413, 400: too much at once, or one of them is not understood (`misread`): halve until it stands alone. */
	| { is: 'smaller'; misread: boolean }
	/** 429, 503 with the time to wait. */
	| { is: 'later'; waitMs: number | undefined }
	/** No answer at all. */
	| { is: 'none' };

/** Asks and judges. Never throws: whatever goes wrong on the way is `none`. */
export async function hear<T>(
	fetch: typeof globalThis.fetch,
	path: string,
	init: RequestInit,
	schema: z.ZodMiniType<T>,
	timeout: number
): Promise<Heard<T>> {
	try {
		const signal = AbortSignal.timeout(Math.ceil(timeout));
		const response = await fetch(path, { ...init, redirect: 'error', cache: 'no-store', signal });
		if (response.redirected) return { is: 'none' };
		const text = await response.text();
		if (response.status === 200) {
			const parsed = schema.safeParse(JSON.parse(text));
			return parsed.success ? { is: 'answer', body: parsed.data } : { is: 'none' };
		}
		if (response.status === 413) return { is: 'smaller', misread: false };
		if (response.status === 429 || response.status === 503) {
			const seconds = Number(response.headers.get('retry-after') ?? NaN);
			return { is: 'later', waitMs: seconds >= 0 ? Math.min(seconds, 3600) * 1000 : undefined };
		}
		const body: unknown = JSON.parse(text);
		// 401 comes from the gate before the endpoint, in its own words; a captive portal says it in HTML.
		if (response.status === 401 && typeof (body as { error?: unknown } | null)?.error === 'string')
			return { is: 'held', why: 'signedOut' };
		const refusal: Refusal | undefined = refusalSchema.safeParse(body).data?.error;
		if (response.status === 403 && refusal)
			return { is: 'held', why: refusal === 'otherPerson' ? 'otherPerson' : 'revoked' };
		if (response.status === 400 && refusal === 'shape') return { is: 'smaller', misread: true };
		return { is: 'none' };
	} catch {
		return { is: 'none' };
	}
}
