import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedWatches } from './watches.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { instantOf } from '#lib/calendar/day.ts';
import { freshDatabase } from '../../tests/database.ts';
import { actorFor, seedPeople, town } from '../../tests/people.ts';
import { materialise } from '#lib/watches/materialise.server.ts';
import { noticesOf } from '#lib/watches/notices.server.ts';
import { agendaOf, lackingCount, monthOfBody, nextShift } from '#lib/watches/reads.server.ts';
import { packOf } from '#lib/watches/pack.server.ts';
import { shift, signUp } from '#lib/watches/tables.server.ts';

describe.each(['2026-11-21', '2026-08-10', '2027-03-31', '2027-04-01', '2028-02-29', '2026-01-01'])(
	'the town on %s',
	(today) => {
		let fresh: ReturnType<typeof freshDatabase>;
		const now = instantOf(today, '12:00');
		beforeEach(async () => {
			fresh = freshDatabase();
			await transaction(async (tx) => {
				await seedPeople(tx, today);
				await seedWatches(tx, today);
			});
		});
		afterEach(() => fresh.close());

		test('everybody who walks has something next, and the nightly job agrees with the seed', async () => {
			for (const key of ['volunteer', 'leader', 'safety'] as const)
				expect(await nextShift(db, await actorFor(db, key, today), now), key).toBeDefined();
			const leader = await actorFor(db, 'leader', today);
			const month = await monthOfBody(db, leader, town.associations.honcho, today.slice(0, 7), now);
			expect(month.length).toBeGreaterThan(1);
			expect((await agendaOf(db, leader, now)).length).toBeGreaterThan(0);
			expect((await noticesOf(db, await actorFor(db, 'volunteer', today), now)).length).toBeGreaterThan(0);
			expect(await lackingCount(db, leader, now)).toBeGreaterThanOrEqual(0);
			expect((await packOf(db, leader, now)).routes.length).toBe(2);
			const did = await materialise(db, town.municipality, now);
			expect({ moved: did.moved, removed: did.removed }).toEqual({ moved: 0, removed: 0 });
		});

		test('the same day gives the same town', async () => {
			const picture = async () => [
				await db.select().from(shift).orderBy(shift.id),
				await db.select().from(signUp).orderBy(signUp.id)
			];
			const first = await picture();
			fresh.close();
			fresh = freshDatabase();
			await transaction(async (tx) => {
				await seedPeople(tx, today);
				await seedWatches(tx, today);
			});
			expect(await picture()).toEqual(first);
		});
	}
);
