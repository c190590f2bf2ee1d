/** The invented town's watches around today: rules, seasons, shifts of a month ago to two months ahead, and who comes. */
import { addDays, instantOf } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearOf, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { isHoliday } from '#lib/calendar/holidays.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import type { Programme } from '#lib/watches/programme.ts';
import { campaign, closedDay, notice, place, shift, shiftCancelling, weeklyRule } from '#lib/watches/tables.server.ts';
import { DAYS_AHEAD, daysOfRule, type WeekdayTimes } from '#lib/watches/weeklyRule.ts';
import { demoId } from './ids.ts';
import { demoPlaces, type DemoPlace } from './places.ts';
import { closedDaysOfYear } from './seasons.ts';
import { fillSeats, type Filled } from './seats.ts';
import { town } from './town.ts';

export { demoPlaces } from './places.ts';

const of = town.municipality;
const weekdays = (from: string, to: string): WeekdayTimes =>
	Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, { from, to }]));

type DemoRule = {
	at: DemoPlace;
	programme: Programme;
	times: WeekdayTimes;
	weeks?: number[];
	capacity: number;
	minimum: number;
	school?: keyof typeof town.schools;
};
const morning = (at: DemoPlace, school: keyof typeof town.schools): DemoRule => ({
	at,
	programme: 'schoolWatch',
	times: weekdays('07:30', '08:30'),
	capacity: 3,
	minimum: 2,
	school
});
/** 2nd and 4th Saturday. */
const night = (at: DemoPlace): DemoRule => ({
	at,
	programme: 'volunteerPatrol',
	times: { '6': { from: '19:30', to: '20:30' } },
	weeks: [2, 4],
	capacity: 6,
	minimum: 2
});
const rules: DemoRule[] = [
	morning('honchoCrossing', 'honcho'),
	morning('midoriCrossing', 'midori'),
	morning('maeharaBridge', 'maehara'),
	{
		...morning('azumaCrossing', 'higashi'),
		times: { '1': { from: '07:30', to: '08:30' }, '4': { from: '07:30', to: '08:30' } }
	},
	{
		...morning('sakuraPark', 'third'),
		times: { '2': { from: '07:30', to: '08:15' }, '5': { from: '07:30', to: '08:15' } }
	},
	{ ...morning('nakaCrossing', 'minami'), times: { '3': { from: '07:40', to: '08:20' } } },
	{ ...morning('nukuiKitaCrossing', 'second'), times: weekdays('07:35', '08:20') },
	// 下校: Wednesdays and Fridays end earlier.
	{
		...morning('ptaGate', 'honcho'),
		times: {
			'1': { from: '15:00', to: '16:00' },
			'3': { from: '14:30', to: '15:30' },
			'5': { from: '14:30', to: '15:30' }
		}
	},
	{
		...morning('kajinoWay', 'third'),
		times: { '2': { from: '15:00', to: '16:00' }, '4': { from: '15:00', to: '16:00' } }
	},
	...(
		['honchoNight', 'midoriNight', 'nukuiShops', 'motomachiNight', 'maeharaMinamiNight', 'crimeStation'] as const
	).map(night),
	{
		at: 'cityNorth',
		programme: 'cityCarSchool',
		times: { '4': { from: '07:40', to: '08:30' } },
		capacity: 2,
		minimum: 2,
		school: 'midori'
	}
];

/** Seeds places, seasons, rules, shifts and seats. People come first. */
export async function seedWatches(tx: Tx, today: string): Promise<void> {
	const made = instantOf(fiscalYearStart(2023));
	const spots = Object.values(demoPlaces);
	await tx.insert(place).values(
		spots.map(({ id, association, kind, name, spot, line, metres }) => ({
			id,
			municipality: of,
			association,
			kind,
			name,
			meetingSpot: spot,
			line,
			metres,
			createdAt: made
		}))
	);
	await seedSeasons(tx, today);
	const shifts = await seedShifts(tx, today);
	await fillSeats(tx, shifts, today);
	await seedStorm(tx, shifts, today);
}

async function seedSeasons(tx: Tx, today: string): Promise<void> {
	const year = fiscalYearOf(today);
	const years = [2023, 2024, year - 1, year].filter((one, n, all) => all.indexOf(one) === n);
	await tx.insert(campaign).values(
		years.flatMap((fiscalYear, n) =>
			(['春', '秋'] as const).map((season, k) => ({
				id: demoId('watches', 2, n * 2 + k + 1),
				municipality: of,
				name: `${season}のあいさつ運動推進月間`,
				programme: 'greeting' as const,
				fiscalYear,
				fromMonth: k === 0 ? 5 : 10,
				toMonth: k === 0 ? 6 : 11,
				greeting: k === 0 ? '「おはよう」の声で、まちを見守ろう。' : '「おかえり」のひと声が、子どもを守ります。'
			}))
		)
	);
	// The years whose figures were printed had their holidays, too.
	const closed = [year - 1, year, year + 1, 2023, 2024]
		.filter((one, n, all) => all.indexOf(one) === n)
		.flatMap(closedDaysOfYear);
	for (let n = 0; n < closed.length; n += 100)
		await tx
			.insert(closedDay)
			.values(
				closed.slice(n, n + 100).map((one, k) => ({ id: demoId('watches', 3, n + k + 1), municipality: of, ...one }))
			);
}

/** Rules of this fiscal year, and their shifts from a month ago on. */
async function seedShifts(tx: Tx, today: string): Promise<Filled[]> {
	const year = fiscalYearOf(today);
	const startOn = fiscalYearStart(year - 1);
	const endOn = fiscalYearEnd(fiscalYearOf(addDays(today, DAYS_AHEAD)));
	const closed = [year - 1, year, year + 1].flatMap(closedDaysOfYear);
	const shifts: Filled[] = [];
	for (const [n, rule] of rules.entries()) {
		const spot = demoPlaces[rule.at];
		const school = rule.school ? town.schools[rule.school] : null;
		const row = {
			id: demoId('watches', 4, n + 1),
			municipality: of,
			association: spot.association,
			programme: rule.programme,
			place: spot.id,
			campaign: null,
			times: rule.times,
			weeks: rule.weeks ?? null,
			// The weekly school run of the city's cars is older than this town's records.
			startOn: rule.programme === 'cityCarSchool' ? fiscalYearStart(2023) : startOn,
			endOn,
			capacity: rule.capacity,
			minimum: rule.minimum,
			skipHolidays: rule.school !== undefined,
			skipClosedDays: rule.school !== undefined,
			school,
			createdBy: town.people.leader,
			at: instantOf(startOn)
		};
		await tx.insert(weeklyRule).values(row);
		const isClosed = (day: string) => closed.some((one) => one.onDay === day && (!one.school || one.school === school));
		for (const day of daysOfRule(row, addDays(today, -35), addDays(today, DAYS_AHEAD), { isHoliday, isClosed }))
			shifts.push({
				id: demoId('watches', 5, (n + 1) * 1000 + shifts.length),
				municipality: of,
				association: spot.association,
				programme: rule.programme,
				place: spot.id,
				rule: row.id,
				onDay: day.onDay,
				from: day.from,
				to: day.to,
				startsAt: instantOf(day.onDay, day.from),
				endsAt: instantOf(day.onDay, day.to),
				capacity: rule.capacity,
				minimum: rule.minimum,
				at: instantOf(addDays(day.onDay, -DAYS_AHEAD))
			});
	}
	for (let n = 0; n < shifts.length; n += 200) await tx.insert(shift).values(shifts.slice(n, n + 200));
	return shifts;
}

/** The last school watch before today was called off for a storm, and so is one next week. Those who had promised were told. */
async function seedStorm(tx: Tx, shifts: readonly Filled[], today: string): Promise<void> {
	const own = shifts.filter((one) => one.place === demoPlaces.honchoCrossing.id);
	const nights = shifts.filter((one) => one.place === demoPlaces.honchoNight.id);
	const off = [
		own.findLast((one) => one.onDay < today),
		own.filter((one) => one.onDay > today)[5] ?? nights.filter((one) => one.onDay > today)[1]
	];
	for (const [n, one] of off.entries()) {
		if (!one) continue;
		const at = instantOf(addDays(one.onDay < today ? one.onDay : today, -1), '18:00');
		await tx.insert(shiftCancelling).values({
			shift: one.id,
			municipality: of,
			reason: 'storm',
			words: n === 0 ? '大雨警報のため' : '台風の接近が予想されるため',
			by: town.people.leader,
			at
		});
		const people = one.people ?? [];
		if (people.length)
			await tx.insert(notice).values(
				people.map((person, k) => ({
					id: demoId('watches', 8, n * 10 + k + 1),
					municipality: of,
					person,
					kind: 'cancelled' as const,
					shift: one.id,
					at
				}))
			);
	}
}
