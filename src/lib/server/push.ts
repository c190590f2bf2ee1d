/** Hands a push to the service of a browser, encrypted for that browser (RFC 8291) and signed as ours (RFC 8292). */
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import webpush from 'web-push';

export type Vapid = { subject: string; publicKey: string; privateKey: string };
export type PushTo = { endpoint: string; p256dh: string; auth: string };
export type SendPush = (to: PushTo, words: string) => Promise<'sent' | 'gone'>;

/** The service did not take it. */
export class NotTaken extends Error {
	readonly code: string;
	constructor(status: number) {
		super('the push service did not take it');
		this.name = 'NotTaken';
		this.code = String(status);
	}
}

/** Undelivered after a day it is no news any more. */
const TTL = 86_400;

/** Where a push may go is asked before (`isPushService`); a redirect leads nowhere. */
export function pusher(vapidDetails: Vapid, timeout = 15_000): SendPush {
	return async ({ endpoint, p256dh, auth }, words) => {
		const made = webpush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, words, { vapidDetails, TTL });
		const status = await send(made.endpoint, made.headers as Record<string, string>, made.body, timeout);
		if (status === 404 || status === 410) return 'gone';
		if (status < 200 || status > 299) throw new NotTaken(status);
		return 'sent';
	};
}

function send(to: string, headers: Record<string, string>, body: Buffer, timeout: number): Promise<number> {
	const ask = to.startsWith('https:') ? request : plainRequest;
	return new Promise((done, failed) => {
		const sending = ask(to, { method: 'POST', headers, signal: AbortSignal.timeout(timeout) }, (answer) => {
			answer.resume();
			done(answer.statusCode ?? 0);
		});
		sending.on('error', failed);
		sending.end(body);
	});
}
