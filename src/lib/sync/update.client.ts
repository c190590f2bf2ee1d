/** A new version of the app comes only when the person agrees, and never during a patrol. */
import { Workbox } from 'workbox-window';

export type Update = {
	/** Tells whether a new version waits. Called again whenever that changes. */
	onWaiting(call: () => void): void;
	/** Lets the new version in, and loads this page anew. The other tabs stay as they are: the last build's files are kept for them. */
	accept(): void;
};

/** Registers the worker. Undefined where there are none (no https, switched off): the app works without, but not offline. */
export function registerWorker(path = '/service-worker.js'): Update | undefined {
	if (!('serviceWorker' in navigator)) return undefined;
	const calls: (() => void)[] = [];
	let waiting = false;
	let accepted = false;
	const worker = new Workbox(path);
	worker.addEventListener('waiting', () => {
		waiting = true;
		for (const call of calls) call();
	});
	worker.addEventListener('controlling', () => {
		if (accepted) location.reload();
	});
	void worker.register().catch(() => undefined);
	// A page that stays open for days asks once in a while.
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'visible') void worker.update().catch(() => undefined);
	});
	return {
		onWaiting(call) {
			calls.push(call);
			if (waiting) call();
		},
		accept() {
			accepted = true;
			worker.messageSkipWaiting();
		}
	};
}

/**
 * The person asks for the newest version: it is fetched, let in, and this page loaded anew. Where there is no line the page comes back
 * as it was. False, and nothing happens, while a patrol is walked.
 */
export async function renew(): Promise<boolean> {
	if (await isAnyoneRecording()) return false;
	const registration = await navigator.serviceWorker?.getRegistration();
	await registration?.update().catch(() => undefined);
	const fresh = registration?.installing ?? registration?.waiting;
	if (!fresh) {
		location.reload();
		return true;
	}
	const letIn = () => {
		if (fresh.state === 'installed') fresh.postMessage({ type: 'SKIP_WAITING' });
		if (fresh.state === 'activated') location.reload();
	};
	fresh.addEventListener('statechange', letIn);
	letIn();
	return true;
}

const asked = 'mp_min_app';

/** The oldest app the server said it is content with, for a page that has not heard it yet. */
export function rememberedMinApp(): string | null {
	try {
		return localStorage.getItem(asked);
	} catch {
		return null;
	}
}

export function rememberMinApp(minApp: string | null): void {
	try {
		if (minApp === null) localStorage.removeItem(asked);
		else localStorage.setItem(asked, minApp);
	} catch {
		// It is said again with the next receipt.
	}
}

/** A walk that nobody touched for so long was left behind: it must not keep a new version out for ever. Its draft stays. */
const LEFT_BEHIND = 12 * 3_600_000;

/** Is a patrol being walked on this browser, by anybody? Asked of every store without opening it for longer than that. */
export async function isAnyoneRecording(): Promise<boolean> {
	try {
		const stores = (await indexedDB.databases()).filter(({ name }) => name?.startsWith('mp-store:'));
		return (await Promise.all(stores.map(({ name }) => hasRecording(name!)))).includes(true);
	} catch {
		// Who cannot know does not disturb.
		return true;
	}
}

function hasRecording(name: string): Promise<boolean> {
	return new Promise((done, failed) => {
		const request = indexedDB.open(name);
		// Somebody removed it meanwhile: do not make an empty one.
		request.onupgradeneeded = () => request.transaction?.abort();
		request.onerror = () => (request.error?.name === 'AbortError' ? done(false) : failed(request.error));
		request.onsuccess = () => {
			const db = request.result;
			db.onversionchange = () => db.close();
			if (!db.objectStoreNames.contains('drafts')) {
				db.close();
				return done(false);
			}
			const all = db.transaction('drafts').objectStore('drafts').getAll();
			all.onsuccess = () => {
				db.close();
				const rows = all.result as { recording: boolean; updatedAt: number }[];
				done(rows.some((row) => row.recording && Math.abs(Date.now() - row.updatedAt) < LEFT_BEHIND));
			};
			all.onerror = () => failed(all.error);
		};
	});
}
