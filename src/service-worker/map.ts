/**
 * The public map without a network: its page as anybody sees it and its points, kept when somebody looked at it. A copy lives for a
 * day: a host who takes the consent back is not shown for longer.
 */
import { ExpirationPlugin } from 'workbox-expiration';
import { NetworkFirst } from 'workbox-strategies';

const PAGE = '/map';
const POINTS = '/api/v1/pockets.geojson';
const PAGES = 'mp-map-page';
const DAY = 86_400;

export const isPoints = (url: URL): boolean => url.pathname === POINTS && url.search === '';

/** The one answer of the API that is kept. Fetched anew wherever there is a network; what comes from the copy says so. */
export const points = new NetworkFirst({
	cacheName: 'mp-map',
	plugins: [
		{
			// The login page of somebody else's network is no map.
			cacheWillUpdate: async ({ response }) =>
				response.status === 200 && response.headers.get('content-type') === 'application/geo+json' ? response : null,
			cachedResponseWillBeUsed: async ({ cachedResponse }) => {
				if (!cachedResponse) return cachedResponse;
				const headers = new Headers(cachedResponse.headers);
				headers.set('x-mp-kept', '1');
				return new Response(cachedResponse.body, { headers });
			}
		},
		new ExpirationPlugin({ maxEntries: 1, maxAgeSeconds: DAY, purgeOnQuotaError: true })
	]
});

/** Keeps page and points as nobody gets them: what was made for somebody who is signed in is never kept. */
export async function keepMap(event: ExtendableEvent): Promise<void> {
	try {
		await points.handle({ event, request: new Request(POINTS, { credentials: 'omit' }) });
		const answer = await fetch(PAGE, { credentials: 'omit', headers: { accept: 'text/html' } });
		const ours =
			answer.status === 200 && !answer.redirected && (await answer.clone().text()).includes('/_app/immutable/');
		if (ours) await (await caches.open(PAGES)).put(PAGE, answer);
	} catch {
		// No network or no room: what was kept before stays.
	}
}

/** The kept page, as long as it is no older than a day. */
export async function keptPage(address: string): Promise<Response | undefined> {
	if (new URL(address).pathname !== PAGE) return undefined;
	const pages = await caches.open(PAGES);
	const kept = await pages.match(PAGE, { ignoreVary: true });
	const age = Date.now() - Date.parse(kept?.headers.get('date') ?? '');
	if (kept && age < DAY * 1_000) return kept;
	await pages.delete(PAGE, { ignoreVary: true });
	return undefined;
}
