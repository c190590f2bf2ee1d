/** What the bodies of the town walked: night patrols, joint patrols, school watches, greetings, businesses on their rounds. */
import { daysFrom, weekdayOf } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { town } from '../people.ts';
import { payloadOf, type Body, type DemoLog, type Person } from './spec.ts';

const yearDays = (year: number, upTo: string) => {
	const last = fiscalYearEnd(year);
	return daysFrom(fiscalYearStart(year), upTo < last ? upTo : last);
};
const nthOfMonth = (day: string) => Math.ceil(Number(day.slice(8)) / 7);

/** Who walks at night for which body, who confirms, and how far they go. */
const nightGroups: { body: Body; leader: Person; walkers: Person[]; metres: number }[] = [
	{
		body: 'honcho',
		leader: 'leader',
		walkers: ['volunteer', 'tanaka', 'yoshida', 'sasaki', 'ito', 'kondo'],
		metres: 2140
	},
	{ body: 'midori', leader: 'midoriLeader', walkers: ['midoriLeader', 'hayashi', 'saito', 'ikeda'], metres: 1860 },
	{ body: 'nukui', leader: 'nukuiLeader', walkers: ['nukuiLeader', 'murakami', 'endo'], metres: 1290 },
	{ body: 'azuma', leader: 'azumaLeader', walkers: ['azumaLeader'], metres: 2470 },
	{ body: 'nukuiKita', leader: 'nukuiKitaLeader', walkers: ['nukuiKitaLeader'], metres: 1730 }
];

/** 2nd and 4th Saturday, 19:30–20:30. */
export function nightPatrols(year: number, upTo: string): DemoLog[] {
	const saturdays = yearDays(year, upTo).filter((day) => weekdayOf(day) === 6 && nthOfMonth(day) % 2 === 0);
	return nightGroups.flatMap(({ body, leader, walkers, metres }) =>
		saturdays.map((on, n) => ({
			body,
			author: walkers[n % walkers.length]!,
			forOthers: n % 5 === 0,
			confirmedBy: leader,
			payload: payloadOf({
				programme: 'volunteerPatrol',
				on,
				from: '19:30',
				to: '20:30',
				walkers: walkers.filter((_, m) => walkers.length <= 2 || (n + m) % 4 !== 0),
				others: walkers.length < 3 ? { residents: 2 + (n % 3) } : n % 6 === 0 ? { fireBrigade: 2 } : {},
				metres,
				metresFrom: 'route',
				weather: n % 7 === 0 ? 'cloudy' : 'fine',
				typed: n % 5 === 0
			})
		}))
	);
}

/** A joint patrol each term: bodies, high school, fire station, police. Counted once for the city and once for each. */
export function joints(year: number, upTo: string): DemoLog[] {
	const days = [`${year}-06-13`, `${year}-10-17`, `${year + 1}-01-23`].filter((day) => day <= upTo);
	return days.map((on, n) => ({
		body: 'crimePrevention',
		author: 'crimeLeader',
		confirmedBy: 'safety',
		payload: payloadOf({
			programme: 'joint',
			on,
			from: '16:30',
			to: '17:40',
			jointly: (['honcho', 'midori', 'highSchool', 'fire', 'police'] as const).map((one) => town.associations[one]),
			walkers: ['crimeLeader', 'leader', 'volunteer', 'midoriLeader', 'safety'],
			others: { school: 3, children: 12 + n, fireBrigade: 4, police: 3 },
			metres: 1600 + n * 150,
			metresFrom: 'estimate'
		})
	}));
}

/** School watches on weekday mornings. */
const watches: { body: Body; leader: Person; walkers: Person[] }[] = [
	{ body: 'maehara', leader: 'maeharaLeader', walkers: ['maeharaLeader', 'maeda', 'fujita', 'okada'] },
	{ body: 'pta', leader: 'ptaLeader', walkers: ['ptaLeader', 'fujii', 'nishimura', 'hamada'] },
	{ body: 'honcho', leader: 'leader', walkers: ['volunteer', 'watanabe', 'mori', 'ono'] }
];

/** Every weekday between two days, two people at a time. */
export function schoolWatches(first: string, last: string): DemoLog[] {
	const days = daysFrom(first, last).filter((day) => weekdayOf(day) % 6 !== 0);
	return watches.flatMap(({ body, leader, walkers }) =>
		days.map((on, n) => ({
			body,
			author: walkers[n % walkers.length]!,
			confirmedBy: leader,
			payload: payloadOf({
				programme: 'schoolWatch',
				on,
				from: '07:30',
				to: '08:20',
				walkers: [walkers[n % walkers.length]!, walkers[(n + 1) % walkers.length]!],
				method: 'standing',
				weather: n % 5 === 0 ? 'rain' : 'fine'
			})
		}))
	);
}

/** Greetings at the school gate in the months of the campaign, on Mondays. */
export function greetings(year: number, upTo: string): DemoLog[] {
	const days = yearDays(year, upTo).filter(
		(day) => weekdayOf(day) === 1 && ['05', '06', '10', '11'].includes(day.slice(5, 7))
	);
	return days.map((on, n) => ({
		body: 'pta',
		author: 'ptaLeader',
		confirmedBy: 'ptaLeader',
		payload: payloadOf({
			programme: 'greeting',
			on,
			from: '07:50',
			to: '08:15',
			walkers: ['ptaLeader', n % 2 === 0 ? 'fujii' : 'nishimura'],
			others: { parents: 2 + (n % 3), school: 1 },
			method: 'standing'
		})
	}));
}

/** Businesses report their rounds on paper, and the clerk types them in: those with a memorandum once a month, the others in May for the year. */
const rounds: { body: Body; every: 'month' | 'year' }[] = [
	...(['taxi', 'newspaper', 'security'] as const).map((body) => ({ body, every: 'month' as const })),
	...(['milk', 'post', 'bank', 'delivery', 'gas', 'cleaner', 'bus', 'market'] as const).map((body) => ({
		body,
		every: 'year' as const
	}))
];

export function businesses(year: number, upTo: string): DemoLog[] {
	const days = yearDays(year, upTo).filter((day) => day.endsWith('-20'));
	return rounds.flatMap(({ body, every }, b) =>
		days
			.filter((day) => every === 'month' || day.endsWith('-05-20'))
			.map((on) => ({
				body,
				author: 'safety' as const,
				forOthers: true,
				confirmedBy: 'safety' as const,
				payload: payloadOf({
					programme: 'business',
					on,
					from: '15:00',
					to: '16:00',
					walkers: [],
					names: ['担当者'],
					method: b === 1 ? 'bicycle' : 'blueCar',
					metres: 4200 + (b % 3) * 900,
					metresFrom: 'estimate',
					typed: true
				})
			}))
	);
}
