/** News that comes while no page is open: shown as the server words it, and pressed it opens its page. It is never without words. */
import { worker, type ClickEvent, type PushEvent } from './scope.ts';

const NAME = 'みまもりポケット';
const HOME = '/notices';

/** What the server sent; a sentence of our own where it cannot be read, because a browser wants something to be shown. */
function read({ data }: PushEvent): { words: string; path: string } {
	try {
		const { words, path } = data?.json() as { words?: unknown; path?: unknown };
		if (typeof words === 'string' && typeof path === 'string') return { words, path };
	} catch {
		// Below.
	}
	return { words: 'お知らせがあります', path: HOME };
}

/** A page of ours, whatever came. */
function ownPage(path: unknown): string {
	const { origin } = worker.location;
	const url = new URL(typeof path === 'string' ? path : HOME, origin);
	return url.origin === origin ? url.href : new URL(HOME, origin).href;
}

export function show(event: PushEvent): Promise<void> {
	const { words, path } = read(event);
	return worker.registration.showNotification(NAME, { body: words, data: path, tag: path, icon: '/icons/192.png' });
}

export async function open({ notification }: ClickEvent): Promise<void> {
	notification.close();
	await worker.clients.openWindow(ownPage(notification.data));
}
