/**
 * Sends what waits, from the page: after finishing, at start, when the network or the screen comes back, every minute while something
 * waits, and when the person asks. One at a time by a Web Lock, for economy; that nothing is doubled rests on the server.
 */
import { answerSchema, limits, patience, pingSchema, PROTOCOL, type Answer, type Op, type Push } from './protocol.ts';
import { hear, type Heard } from './answers.client.ts';
import { sendBlobs } from './blobs.client.ts';
import type { Store } from './store.ts';

export type SenderOptions = {
	fetch?: typeof globalThis.fetch;
	now?: () => number;
	/** Milliseconds since this start of the app, and which start: the same clock the store was opened with. */
	mono?: () => number;
	boot?: string;
	/** Version of the app, told to the server. */
	app?: string;
	random?: () => number;
};

/** How a run ended. `offline`: no believable answer; `held`: for a reason shown per item; `later`: the server asked for time; `busy`: another tab sends, and does not end. */
export type Sent = 'done' | 'offline' | 'held' | 'later' | 'busy';

export interface Sender {
	/** Sends everything that waits, now: somebody asked for it. Never throws for the network's sake. */
	sendNow(): Promise<Sent>;
	/** The same by itself: not before the time the server asked for, when it had too much to do. */
	sendSoon(): Promise<Sent>;
	/** Begins to send by itself. Returns how to stop. */
	start(): () => void;
	/** How the last run ended, and when. `minApp`: the oldest app the server is content with, null for any; undefined until it was asked. */
	readonly last: { sent: Sent | undefined; at: Date | undefined; minApp: string | null | undefined };
}

const MINUTE = 60_000;
const LONGEST_WAIT = 5 * MINUTE;
/** How long to wait while another tab sends: longer than one push of it. What it leaves, or only now hears of, is ours to send. */
const TURN = 30_000;
/** A push that found no end for so long was too large for its network. */
const SLOW = 5000;
/** Leaves room for the envelope. */
const PUSH_SIZE = limits.push - 8 * 1024;

/** Smaller ones gain nothing by being packed. */
const WORTH_PACKING = 2048;

/** Logs resemble each other: two hundred of them shrink to a quarter. Undefined where it is not worth it, or this browser cannot. */
async function gzipped(text: string): Promise<ArrayBuffer | undefined> {
	if (text.length < WORTH_PACKING || typeof CompressionStream === 'undefined') return undefined;
	return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
}

export function createSender(store: Store, options: SenderOptions = {}): Sender {
	const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
	const now = options.now ?? (() => Date.now());
	const mono = options.mono ?? store.clock.mono;
	const boot = options.boot ?? store.clock.boot;
	const random = options.random ?? Math.random;
	const { outbox } = store;
	const last: Sender['last'] = { sent: undefined, at: undefined, minApp: undefined };
	let running: Promise<Sent> | undefined;
	let failures = 0;
	let notBefore = 0;
	/** What the server asked for holds for everybody but the person; a back-off of our own ends with the first sign of a network. */
	let askedFor = 0;
	let batch: number = limits.ops;
	/** What came packed was not understood: an older server, or something on the way that repacks. */
	let plain = false;

	async function push(ops: Op[]): Promise<Heard<Answer>> {
		const message: Push = {
			p: PROTOCOL,
			app: options.app ?? '',
			...(await outbox.identity()),
			sentAt: new Date(now()).toISOString(),
			mono: mono(),
			boot,
			head: await outbox.head(),
			ops
		};
		const text = JSON.stringify(message);
		const packed = plain ? undefined : await gzipped(text);
		const body = packed ?? text;
		const headers = {
			'content-type': 'application/json',
			'x-mp-sync': '1',
			...(packed && { 'content-encoding': 'gzip' })
		};
		const init = { method: 'POST', headers, body };
		return hear(fetch, '/api/v1/sync/push', init, answerSchema, patience(packed?.byteLength ?? text.length));
	}

	function later(waitMs = MINUTE): Sent {
		notBefore = askedFor = now() + waitMs;
		return 'later';
	}

	/** Nothing waits: has the server been restored meanwhile? Then everything kept waits again. */
	async function hello(): Promise<Sent | undefined> {
		const heard = await hear(fetch, '/api/v1/sync/ping', {}, pingSchema, 20_000);
		if (heard.is === 'later') return later(heard.waitMs);
		if (heard.is !== 'answer') return 'offline';
		const met = await outbox.meet(heard.body.server, heard.body.era, undefined);
		return met === 'restored' ? undefined : met === 'known' ? 'done' : 'held';
	}

	/** Everything once, in order; what cannot be sent alone is left and delays nobody. */
	async function drain(): Promise<Sent> {
		let after = 0;
		let held = false;
		let heardAt: Date | undefined;
		if ((await outbox.head()).pending === 0 && (await outbox.blobsWaiting()).length === 0) {
			const met = await hello();
			if (met !== undefined) return met;
		}
		for (;;) {
			const ops = await outbox.waiting(batch, PUSH_SIZE, after);
			if (ops.length === 0) break;
			const began = mono();
			const heard = await push(ops);
			if (heard.is === 'answer') {
				const met = await outbox.meet(heard.body.server, heard.body.era, heard.body.backupNo);
				if (met === 'stranger') {
					await outbox.hold(ops, 'server');
					return 'held';
				}
				await outbox.settle(ops, heard.body.results, new Date(heard.body.now), heard.body.era);
				await outbox.offerAgain(heard.body.missing);
				heardAt = new Date(heard.body.now);
				last.minApp = heard.body.minApp ?? null;
				if (heard.body.retryAfterMs) later(heard.body.retryAfterMs);
				batch = Math.min(limits.ops, batch * 2);
				if (met === 'restored') {
					after = 0;
					continue;
				}
			} else if (heard.is === 'smaller' && heard.misread && !plain) {
				plain = true;
				continue;
			} else if (heard.is === 'smaller' && ops.length > 1) {
				batch = Math.ceil(ops.length / 2);
				continue;
			} else if (heard.is === 'smaller') {
				await outbox.hold(ops, 'tooLarge');
				held = true;
			} else if (heard.is === 'held') {
				await outbox.hold('all', heard.why);
				return 'held';
			} else if (heard.is === 'later') {
				return later(heard.waitMs);
			} else {
				// A slow network may manage less at once; where there is none, it says nothing about size.
				if (mono() - began > SLOW) batch = Math.max(1, Math.ceil(batch / 4));
				return 'offline';
			}
			after = ops[ops.length - 1]!.seq;
		}
		// By the server's clock: the phone's own may be years off.
		if (heardAt) await outbox.prune(heardAt);
		const blobs = await sendBlobs(store, fetch, later);
		return held ? 'held' : blobs;
	}

	async function alone(): Promise<Sent> {
		if (typeof navigator === 'undefined' || !navigator.locks) return drain();
		const signal = AbortSignal.timeout(TURN);
		let ours = false;
		const turn = () => {
			ours = true;
			return drain();
		};
		return navigator.locks.request(`mp-send:${store.person}`, { signal }, turn).catch((problem: unknown) => {
			if (ours) throw problem;
			return 'busy';
		});
	}

	async function run(): Promise<Sent> {
		try {
			const sent = await alone();
			failures = sent === 'offline' ? failures + 1 : 0;
			if (sent === 'offline') notBefore = now() + Math.floor(random() * Math.min(LONGEST_WAIT, 2000 * 2 ** failures));
			last.sent = sent;
			last.at = new Date(now());
			return sent;
		} finally {
			running = undefined;
		}
	}

	const sendNow = (): Promise<Sent> => (running ??= run());
	const sendSoon = async (): Promise<Sent> => (now() < askedFor ? 'later' : sendNow());

	function start(): () => void {
		/** By the clock only when it is time and something waits; a broken store is the screens' matter, not ours. */
		const wake = async (why: 'clock' | 'event') => {
			if (why === 'clock' && now() < notBefore) return;
			const waits = (await outbox.head()).pending > 0 || (await outbox.blobsWaiting()).length > 0;
			if (waits || why === 'event') await sendSoon();
		};
		const quietly = (why: 'clock' | 'event') => void wake(why).catch(() => undefined);
		const event = () => quietly('event');
		const visible = () => document.visibilityState === 'visible' && event();
		const stopFinish = outbox.onFinish(() => quietly('event'));
		const timer = setInterval(() => quietly('clock'), MINUTE);
		// The back-off, the server's time or another tab may end sooner than the minute.
		const sooner = () => failures > 0 || last.sent === 'busy' || last.sent === 'later';
		const soon = setInterval(() => sooner() && quietly('clock'), 2000);
		addEventListener('online', event);
		document.addEventListener('visibilitychange', visible);
		event();
		return () => {
			stopFinish();
			clearInterval(timer);
			clearInterval(soon);
			removeEventListener('online', event);
			document.removeEventListener('visibilitychange', visible);
		};
	}

	return { sendNow, sendSoon, start, last };
}
