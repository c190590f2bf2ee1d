/** A town where a crowd is signed in and many watches are open: for races and benches over HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoId } from '../src/demo/ids.ts';
import { seedPeople, town } from './people.ts';
import { addDays, instantOf, jstDay } from '#lib/calendar/day.ts';
import { signIn } from '#lib/people/sessions.server.ts';
import { membership, person } from '#lib/people/tables.server.ts';
import { closeDatabase, connections, openDatabase, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { migrate, migrationsIn } from '#lib/server/db/migrate.ts';
import { place, shift } from '#lib/watches/tables.server.ts';

export type Crowd = { file: string; cookies: string[]; shifts: string[]; remove: () => void };

/** Writes the town with `people` signed-in volunteers of one body and `shifts` coming watches of so many places. */
export async function crowdedTown(size: { people: number; shifts: number; capacity: number }): Promise<Crowd> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-crowd-'));
	const file = join(folder, 'town.db');
	const now = new Date();
	const today = jstDay(now);
	const of = town.municipality;
	const body = town.associations.honcho;
	const shifts = Array.from({ length: size.shifts }, () => newId());
	const people = Array.from({ length: size.people }, (_, n) => demoId('watches', 9, n + 2));
	const cookies: string[] = [];
	openDatabase(file);
	migrate(connections().writer, migrationsIn('drizzle'));
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		const spot = demoId('watches', 9, 1);
		const row = {
			id: spot,
			municipality: of,
			association: body,
			kind: 'post' as const,
			name: '本町交差点',
			createdAt: now
		};
		await tx.insert(place).values({ ...row, line: [], metres: 0 });
		for (const [n, id] of people.entries()) {
			await tx.insert(person).values({ id, municipality: of, name: `隊員 ${n}`, kana: 'たいいん', createdAt: now });
			await tx
				.insert(membership)
				.values({ id: newId(), municipality: of, person: id, association: body, joinedOn: '2023-04-01' });
			cookies.push(await signIn(tx, { municipality: of, person: id }, 'test', 'code', now));
		}
		for (const [n, id] of shifts.entries()) {
			const onDay = addDays(today, 1 + (n % 50));
			const hour = String(6 + (n % 16)).padStart(2, '0');
			const times = { from: `${hour}:00`, to: `${hour}:50` };
			await tx.insert(shift).values({
				id,
				municipality: of,
				association: body,
				programme: 'schoolWatch',
				place: spot,
				onDay,
				...times,
				startsAt: instantOf(onDay, times.from),
				endsAt: instantOf(onDay, times.to),
				capacity: size.capacity,
				minimum: 1,
				at: now
			});
		}
	});
	closeDatabase();
	return { file, cookies, shifts, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
