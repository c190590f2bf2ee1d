/** What this browser says to being pushed to. */
import type { Push } from './message.ts';
import { pushId, tellRenewed } from './pushId.ts';

/** Which subscription this browser holds, by the id the server gives it; `undefined` where it cannot have any. */
export async function pushHere(): Promise<string | null | undefined> {
	const manager = await managerHere();
	if (!manager) return undefined;
	const held = await manager.getSubscription();
	return held ? pushId(held.endpoint) : null;
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

/** Puts what this browser holds, or hands out anew, in the place of what the server knows. Nobody is asked anything. */
export async function mendPush(key: string, known: string): Promise<boolean> {
	const push = Notification.permission === 'granted' ? await letPush(key) : undefined;
	if (!push) return false;
	const { endpoint, ...keys } = push;
	return tellRenewed(known, { endpoint, keys });
}

/** Hands the subscription of this browser back. */
export async function dropPush(): Promise<void> {
	const held = await (await managerHere())?.getSubscription();
	await held?.unsubscribe().catch(() => false);
}
