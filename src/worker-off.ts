/**
 * The kill switch: with `WORKER_OFF=1` the server answers the worker's address with this. Browsers ask for it by themselves; it
 * removes the caches and itself, and touches nothing that people recorded. Stateless, because `main.ts` imports it.
 */
export const workerOff = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) =>
	event.waitUntil(
		(async () => {
			for (const name of await caches.keys()) await caches.delete(name);
			await self.registration.unregister();
		})()
	)
);
`;
