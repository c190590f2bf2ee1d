/** CoCoパトロール隊: the weekly school run on Thursdays and runs on other days, as many and as far as the city printed. */
import { addDays, daysFrom, weekdayOf } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { inService } from '#lib/patrols/vehicle.ts';
import { payloadOf, type DemoLog, type Person } from './spec.ts';

type Car = { id: string; inServiceFrom: string; lastOn: string | null };

/** 回数 and km of the plans of 令和5年度 and 令和6年度; the later years go on like them. */
const printed: Record<number, { runs: number; km: number }> = {
	2023: { runs: 203, km: 2416 },
	2024: { runs: 202, km: 2011 }
};
const later = { runs: 204, km: 2142 };

const crews: Person[][] = [
	['crewOne', 'crewTwo'],
	['crewTwo', 'crewThree'],
	['crewOne', 'crewThree'],
	['crewThree', 'safety']
];

/** Schools are closed in summer, at New Year and between the school years. */
const schoolDay = (day: string) => {
	const date = day.slice(5);
	return !(
		(date >= '07-21' && date <= '08-31') ||
		date >= '12-25' ||
		date <= '01-07' ||
		(date >= '03-26' && date <= '04-06')
	);
};

/** The runs of one fiscal year up to a last day. Deterministic; whole years always the same. */
export function cityRuns(year: number, upTo: string, cars: readonly Car[]): DemoLog[] {
	const { runs, km } = printed[year] ?? later;
	const days = daysFrom(fiscalYearStart(year), fiscalYearEnd(year));
	const school = days.filter((day) => weekdayOf(day) === 4 && schoolDay(day));
	const working = days.filter((day) => weekdayOf(day) % 6 !== 0 && !school.includes(day));
	const others = Array.from(
		{ length: runs - school.length },
		(_, n) => working[Math.floor((n * working.length) / (runs - school.length))]!
	);
	const plan = [...school.map((on) => ({ on, school: true })), ...others.map((on) => ({ on, school: false }))].toSorted(
		(a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)
	);
	const lengths = lengthsOf(plan.length, km);
	const dial = new Map(cars.map((car, n) => [car.id, 8000 + n * 731 + (year - 2023) * 260]));
	const waitingFrom = addDays(upTo, -4);
	return plan.flatMap(({ on, school }, n) => {
		if (on > upTo) return [];
		const fleet = cars.filter((car) => inService(car, on));
		const car = fleet[(n * 5) % fleet.length]!;
		const start = dial.get(car.id)!;
		dial.set(car.id, start + lengths[n]!);
		return run(on, school, n, { vehicle: car.id, start, km: lengths[n]! }, on >= waitingFrom);
	});
}

/** Whole kilometres, as the dial shows them, that add up exactly. */
function lengthsOf(runs: number, km: number): number[] {
	const even = Math.floor(km / runs);
	const lengths = Array.from({ length: runs }, (_, n) => even + (((n * 7) % 9) - 4));
	let rest = km - lengths.reduce((sum, one) => sum + one, 0);
	for (let n = 0; rest !== 0; n = (n + 3) % runs) {
		const step = Math.sign(rest);
		lengths[n]! += step;
		rest -= step;
	}
	return lengths;
}

function run(
	on: string,
	school: boolean,
	n: number,
	car: { vehicle: string; start: number; km: number },
	waits: boolean
): DemoLog {
	const evening = n % 3 === 0;
	const payload = payloadOf({
		programme: school ? 'cityCarSchool' : 'cityCar',
		on,
		from: school ? '07:35' : evening ? '16:00' : '13:30',
		to: school ? '08:25' : evening ? '17:10' : '14:45',
		walkers: crews[n % crews.length]!,
		method: 'blueCar',
		metres: car.km * 1000,
		metresFrom: 'odometer',
		weather: n % 6 === 0 ? 'rain' : n % 4 === 0 ? 'cloudy' : 'fine',
		car: {
			vehicle: car.vehicle,
			odometerStart: car.start,
			odometerEnd: car.start + car.km,
			blueLight: true,
			announced: school || n % 2 === 0,
			cardHolder: true
		}
	});
	const author: Person = crews[n % crews.length]![0]!;
	return waits ? { body: 'city', author, payload } : { body: 'city', author, payload, confirmedBy: 'safety' };
}
