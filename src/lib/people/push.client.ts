/** What this browser says to being pushed to. */
import type { Push } from './message.ts';

/** Which subscription this browser holds, by the id the server gives it; `undefined` where it cannot have any. */
export async function pushHere(): Promise<string | null | undefined> {
	const manager = await managerHere();
	if (!manager) return undefined;
	const held = await manager.getSubscription();
	return held ? idOf(held.endpoint) : null;
}

async function managerHere(): Promise<PushManager | undefined> {
	if (!('serviceWorker' in navigator) || !('Notification' in window)) return undefined;
	return (await navigator.serviceWorker.getRegistration())?.pushManager;
}

/** Asks the person, by the browser's own question. Undefined when they, or the browser, say no. */
export async function letPush(applicationServerKey: string): Promise<Push | undefined> {
	if ((await Notification.requestPermission()) !== 'granted') return undefined;
	const manager = await managerHere();
	try {
		const made = await manager?.subscribe({ userVisibleOnly: true, applicationServerKey });
		const { endpoint = '', keys = {} } = made?.toJSON() ?? {};
		return endpoint ? { endpoint, p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' } : undefined;
	} catch {
		// No way to the browser's service, or a private window.
		return undefined;
	}
}

/** Hands the subscription of this browser back. */
export async function dropPush(): Promise<void> {
	const held = await (await managerHere())?.getSubscription();
	await held?.unsubscribe().catch(() => false);
}

async function idOf(endpoint: string): Promise<string> {
	const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint));
	return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
