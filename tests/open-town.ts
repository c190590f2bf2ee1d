/** A fresh database with both towns for one test file, and those who act in it. */
import { afterAll, beforeAll } from 'vitest';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from './database.ts';
import { actorFor, demoPeople, otherLeader, secondTown, seedPeople } from './people.ts';

/** Filled before the first test of the file that calls it. `stranger` leads a body of the second town. */
export function openTown<K extends keyof typeof demoPeople>(
	today: string,
	keys: readonly K[],
	people = {} as Record<K | 'stranger', Actor>
): Record<K | 'stranger', Actor> {
	let close: () => void;
	beforeAll(async () => {
		({ close } = freshDatabase());
		await transaction(async (tx) => {
			await seedPeople(tx, today);
			await secondTown(tx, today);
		});
		for (const key of keys) people[key] = await actorFor(db, key, today);
		people.stranger = await otherLeader(db, today);
	});
	afterAll(() => close());
	return people;
}
