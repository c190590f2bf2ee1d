/**
 * The worker: the shell of the phone on patrol opens with no network. It answers nothing but GET, of `/api` only the
 * public map, never data of a person, and a new version waits until the page says so.
 */
import { ExpirationPlugin } from 'workbox-expiration';
import { PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { hashedFile, isFile, isHashed, keepTwoBuilds } from './files.ts';
import { isPoints, keepMap, keptPage, points } from './map.ts';
import { entries } from './precache.ts';
import { worker, type LifeEvent } from './scope.ts';
import { open, renew, show } from './told.ts';

const TILES = 'mp-tiles';
const SHELL = 'mp-shell';
const OFFLINE = '/offline';
/** A host's link, and what it opens without a network: a form that is the same for everybody. */
const HOST = /^\/pocket\/[\w-]{22}(\/|$)/;
const HOST_OFFLINE = '/pocket-offline';

const shell = new PrecacheController({
	cacheName: SHELL,
	plugins: [
		{
			// A build of which one file is not what it should be does not come in at all.
			cacheWillUpdate: async ({ request, response }) =>
				response.status === 200 && (isFile(response) || !isHashed(new URL(request.url))) ? response : null
		}
	]
});
shell.addToCacheList(entries);

type WorkboxEvent = Parameters<typeof shell.install>[0];
worker.addEventListener('install', (event) => void shell.install(event as unknown as WorkboxEvent));
worker.addEventListener('activate', (event) => event.waitUntil(begin(event)));

/** Pages opened with the last build still ask for its files: they are kept for one more build. */
async function begin(event: LifeEvent): Promise<void> {
	await keepTwoBuilds(SHELL);
	await shell.activate(event as unknown as WorkboxEvent);
	await worker.clients.claim();
}

// The shell by its address, whatever the query says: the page reads it itself.
registerRoute(new PrecacheRoute(shell, { cleanURLs: true, directoryIndex: '', ignoreURLParametersMatching: [/./] }));

registerRoute(
	({ url, sameOrigin }) => sameOrigin && isHashed(url),
	({ request, event }) => hashedFile(request, event)
);

// Pages of the server come from the server. Without it: the public map if it was looked at, else a page that says so and leads to recording.
registerRoute(
	new NavigationRoute(
		async ({ request }) => {
			try {
				return await fetch(request);
			} catch {
				const page = HOST.test(new URL(request.url).pathname) ? HOST_OFFLINE : OFFLINE;
				return (await keptPage(request.url)) ?? (await shell.matchPrecache(page)) ?? Response.error();
			}
		},
		{ denylist: [/^\/api\//, /__data\.json$/] }
	)
);

// Tiles that were looked at, within a bound. Only answers we can read: an opaque one takes up room for forty.
registerRoute(
	({ request, sameOrigin }) => !sameOrigin && request.destination === 'image',
	new CacheFirst({
		cacheName: TILES,
		plugins: [
			{
				cacheWillUpdate: async ({ response }) => (response.status === 200 && response.type === 'cors' ? response : null)
			},
			new ExpirationPlugin({ maxEntries: 600, maxAgeSeconds: 30 * 86_400, purgeOnQuotaError: true })
		]
	})
);

registerRoute(({ url, sameOrigin }) => sameOrigin && isPoints(url), points);

worker.addEventListener('message', (event) => {
	const type = (event.data as { type?: unknown } | null)?.type;
	// The person agreed to the new version.
	if (type === 'SKIP_WAITING') event.waitUntil(worker.skipWaiting());
	// Somebody looks at the public map.
	if (type === 'KEEP_MAP') event.waitUntil(keepMap(event as unknown as ExtendableEvent));
});

/** The network is back, says the browser: whoever is open sends. A phone without an open page sends when it is opened. */
async function callPages(): Promise<void> {
	for (const client of await worker.clients.matchAll()) client.postMessage({ type: 'SEND' });
}
worker.addEventListener('sync', (event) => event.waitUntil(callPages()));

worker.addEventListener('push', (event) => event.waitUntil(show(event)));
worker.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));
worker.addEventListener('notificationclick', (event) => event.waitUntil(open(event)));
