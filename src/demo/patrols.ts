/** Puts the invented town's patrols into a database that holds its people: cars, logs of three fiscal years and of this one up to today, findings. */
import { addDays } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { vehicle, vehicleRetirement } from '#lib/patrols/tables.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { cityRuns } from './patrols/city.ts';
import { seedFindings } from './patrols/findings.ts';
import { desk } from './patrols/desk.ts';
import { joints, nightPatrols, schoolWatches, businesses, greetings } from './patrols/bodies.ts';
import { writeLogs } from './patrols/write.ts';
import { demoId, town } from './people.ts';

const of = town.municipality;

/** Fourteen cars ever, thirteen at a time: 7号車 was replaced in the autumn of 令和6年度. */
export const demoCars = Array.from({ length: 14 }, (_, n) => ({
	id: demoId('patrols', 0, n + 1),
	name: n === 13 ? 'CoCo 7号車（新）' : `CoCo ${n + 1}号車`,
	plate: `架空 800 あ 00-${String(n + 1).padStart(2, '0')}`,
	inServiceFrom: n === 13 ? '2024-10-01' : '2019-04-01',
	lastOn: n === 6 ? '2024-09-30' : null
}));

/** All of it; the figures of 令和5年度 and 令和6年度 are those the city printed, made of rows. */
export async function seedPatrols(tx: Tx, today: string): Promise<void> {
	await seedCars(tx);
	const years = Array.from({ length: fiscalYearOf(today) - 2022 }, (_, n) => 2023 + n);
	const yesterday = addDays(today, -1);
	const logs = years.flatMap((year) => [
		...cityRuns(year, yesterday, demoCars),
		...nightPatrols(year, addDays(today, -10)),
		...joints(year, yesterday),
		...businesses(year, yesterday),
		...greetings(year, addDays(today, -10))
	]);
	logs.push(...schoolWatches(addDays(today, -56), addDays(today, -8)), ...desk(today));
	await writeLogs(tx, logs);
	await seedFindings(tx, today);
}

async function seedCars(tx: Tx): Promise<void> {
	const createdAt = new Date('2023-03-01T00:00:00+09:00');
	await tx.insert(vehicle).values(demoCars.map(({ lastOn: _, ...car }) => ({ ...car, municipality: of, createdAt })));
	await tx
		.insert(vehicleRetirement)
		.values(
			demoCars.flatMap(({ id, lastOn }) =>
				lastOn
					? { vehicle: id, municipality: of, lastOn, reason: '車検満了・入替', by: town.people.safety, at: createdAt }
					: []
			)
		);
}
