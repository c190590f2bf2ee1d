/** News that comes while no page is open: shown as the server words it, and pressed it opens its page. It is never without words. */
import { pushId, tellRenewed } from '../lib/people/pushId.ts';
import { worker, type ChangeEvent, type ClickEvent, type PushEvent } from './scope.ts';

const NAME = 'みまもりポケット';
const HOME = '/notices';

/** What the server sent, in the person's language; a sentence of our own where it cannot be read, because a browser wants something to be shown. */
function read({ data }: PushEvent): { title: string; words: string; path: string } {
	try {
		const { title, words, path } = data?.json() as { title?: unknown; words?: unknown; path?: unknown };
		if (typeof words === 'string' && typeof path === 'string')
			return { title: typeof title === 'string' ? title : NAME, words, path };
	} catch {
		// Below.
	}
	return { title: NAME, words: 'お知らせがあります', path: HOME };
}

/** A page of ours, whatever came. */
function ownPage(path: unknown): string {
	const { origin } = worker.location;
	const url = new URL(typeof path === 'string' ? path : HOME, origin);
	return url.origin === origin ? url.href : new URL(HOME, origin).href;
}

export function show(event: PushEvent): Promise<void> {
	const { title, words, path } = read(event);
	return worker.registration.showNotification(title, { body: words, data: path, tag: path, icon: '/icons/192.png' });
}

export async function open({ notification }: ClickEvent): Promise<void> {
	notification.close();
	await worker.clients.openWindow(ownPage(notification.data));
}

/** The browser has put another subscription in the place of ours: the server is told. What fails here the page on being told mends. */
export async function renew({ oldSubscription: old, newSubscription }: ChangeEvent): Promise<void> {
	if (!old) return;
	const { pushManager } = worker.registration;
	const made = newSubscription ?? (await pushManager.subscribe(old.options).catch(() => undefined));
	if (made) await tellRenewed(await pushId(old.endpoint), made.toJSON());
}
