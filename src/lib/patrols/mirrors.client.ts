/** What the server gave for the road is a mirror: where it was not refreshed for 14 days it goes from the device. */
import { jstDay } from '#lib/calendar/day.ts';
import { stillOpen } from '#lib/pockets/onPhone.ts';
import type { Pack } from '#lib/watches/pack.ts';

const FRESH = 14 * 86_400_000;

export const isStale = (at: Date, now: Date): boolean => now.getTime() - at.getTime() > FRESH;

/** What recording needs and what says nothing about others. */
export const bare = (pack: Pack): Pack => ({
	...pack,
	shifts: [],
	routes: [],
	posts: [],
	roster: [],
	vehicles: [],
	partners: [],
	sentBack: [],
	handovers: [],
	pockets: [],
	visits: []
});

/** Doors to ask at go with the last day of their round; the same pack where there are none. */
export function withoutOver(pack: Pack, now: Date): Pack {
	const visits = stillOpen(pack.visits, jstDay(now));
	return visits.length === (pack.visits ?? []).length ? pack : { ...pack, visits };
}

/** Removes the old mirrors of everybody else who used this browser: their store is not open, so nobody else would. */
export async function sweepMirrors(but: string, now: Date): Promise<void> {
	for (const { name } of await indexedDB.databases())
		if (name?.startsWith('mp-store:') && name !== `mp-store:${but}`) await sweep(name, now);
}

function sweep(name: string, now: Date): Promise<void> {
	return new Promise((done) => {
		const request = indexedDB.open(name);
		// It was removed meanwhile: do not make an empty one.
		request.onupgradeneeded = () => request.transaction?.abort();
		request.onerror = () => done();
		request.onsuccess = () => {
			const db = request.result;
			db.onversionchange = () => db.close();
			const end = () => {
				db.close();
				done();
			};
			if (!db.objectStoreNames.contains('mirrors')) return end();
			const tx = db.transaction('mirrors', 'readwrite');
			tx.oncomplete = tx.onabort = end;
			const cursor = tx.objectStore('mirrors').openCursor();
			cursor.onsuccess = () => {
				if (!cursor.result) return;
				if (isStale(new Date((cursor.result.value as { at: number }).at), now)) cursor.result.delete();
				cursor.result.continue();
			};
		};
	});
}
