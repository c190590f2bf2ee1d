/** The browser's own wake-up when the network is back: an extra, where it exists. The page sends; the worker only calls it. */

const TAG = 'mp-send';
type Waking = { sync?: { register(tag: string): Promise<void> } };

/** Calls back when the worker was woken. Returns how to stop. */
export function onWake(call: () => void): () => void {
	if (!('serviceWorker' in navigator)) return () => undefined;
	const heard = (event: MessageEvent) => {
		if ((event.data as { type?: unknown } | null)?.type === 'SEND') call();
	};
	navigator.serviceWorker.addEventListener('message', heard);
	return () => navigator.serviceWorker.removeEventListener('message', heard);
}

/** Something waits: wake us when there is a network. Not every browser can. */
export async function askToBeWoken(): Promise<void> {
	try {
		const registration = await navigator.serviceWorker?.getRegistration();
		await (registration as Waking | undefined)?.sync?.register(TAG);
	} catch {
		// Refused or unknown: the page wakes up by itself often enough.
	}
}
