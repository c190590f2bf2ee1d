/** The invented town in a database of its own: every room hands in its part, in the order in which they stand on one another. */
import { rmSync } from 'node:fs';
import { jstDay } from '#lib/calendar/day.ts';
import { closeDatabase, connections, openDatabase, transaction } from '#lib/server/db/index.ts';
import { migrate, migrationsIn } from '#lib/server/db/migrate.ts';
import { seedClosing } from './closing.ts';
import { seedEquipment } from './equipment.ts';
import { seedOutreach } from './outreach.ts';
import { seedPatrols } from './patrols.ts';
import { seedPeople } from './people.ts';
import { seedPockets } from './pockets.ts';
import { seedRunIns } from './runIns.ts';
import { seedReports } from './reports.ts';
import { seedPhones } from './phones.ts';
import { seedWatches } from './watches.ts';

const rooms = [
	seedPeople,
	seedWatches,
	seedPatrols,
	seedPhones,
	seedEquipment,
	seedPockets,
	seedRunIns,
	seedOutreach,
	seedReports,
	seedClosing
];

/** Writes the town into a new file, replacing what was there. Deterministic but for `today`, which the current weeks hang on. */
export async function seedTown(file: string, today = jstDay(new Date())): Promise<void> {
	for (const rest of ['', '-wal', '-shm']) rmSync(file + rest, { force: true });
	openDatabase(file);
	try {
		migrate(connections().writer, migrationsIn('drizzle'));
		await transaction(async (tx) => {
			for (const seed of rooms) await seed(tx, today);
		});
		connections().writer.exec('ANALYZE');
	} finally {
		closeDatabase();
	}
}
