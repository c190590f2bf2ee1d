/** Phones of the invented town as the leader sees them: one has sent everything, one has been quiet with records on it, one was emptied. */
import { addDays, instantOf } from '#lib/calendar/day.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { syncDevice, syncLoss } from '#lib/sync/tables.server.ts';
import { demoId } from './ids.ts';
import { town } from './town.ts';

const municipality = town.municipality;

/** `sent` of `written` records have arrived; heard of last so many days ago. */
const phones = [
	{ person: town.people.tanaka, written: 24, sent: 24, daysAgo: 1 },
	{ person: town.people.yoshida, written: 11, sent: 8, daysAgo: 3 },
	{ person: town.people.sasaki, written: 6, sent: 4, daysAgo: 12, emptied: true },
	// Of 緑町: not 本町北町会's to see.
	{ person: town.people.hayashi, written: 9, sent: 7, daysAgo: 2 }
];

export async function seedPhones(tx: Tx, today: string): Promise<void> {
	for (const [n, { person, written, sent, daysAgo, emptied }] of phones.entries()) {
		const store = { municipality, person, device: demoId('sync', 1, n + 1), epoch: demoId('sync', 2, n + 1) };
		const lastSeenAt = instantOf(addDays(today, -daysAgo), '18:20');
		const oldestAt = written > sent ? instantOf(addDays(today, -daysAgo), '08:15') : null;
		await tx.insert(syncDevice).values({
			...store,
			upTo: sent,
			lastSeq: written,
			pending: written - sent,
			oldestAt,
			app: '',
			firstSeenAt: instantOf(addDays(today, -90), '09:00'),
			lastSeenAt
		});
		if (emptied) {
			const at = instantOf(addDays(today, -daysAgo + 1), '10:00');
			await tx.insert(syncLoss).values({ ...store, count: written - sent, knownAt: lastSeenAt, by: null, at });
		}
	}
}
