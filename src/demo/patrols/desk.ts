/** What lies on the leader's and the clerk's desk today: logs that wait, one sent back, one logged twice, one corrected, one taken back. */
import { addDays, weekdayOf } from '#lib/calendar/day.ts';
import { town } from '../people.ts';
import { payloadOf, type DemoLog } from './spec.ts';

/** The n-th school day before today, 1 = the latest. */
function schoolDayBefore(today: string, n: number): string {
	let day = today;
	for (let left = n; left > 0;) {
		day = addDays(day, -1);
		if (weekdayOf(day) % 6 !== 0) left--;
	}
	return day;
}

/** The Saturday before today. */
const lastSaturday = (today: string) => addDays(today, -((weekdayOf(today) + 1) % 7 || 7));

export function desk(today: string): DemoLog[] {
	const [one, two, three, four] = [1, 2, 3, 4].map((n) => schoolDayBefore(today, n)) as [
		string,
		string,
		string,
		string
	];
	const saturday = lastSaturday(today);
	const morning = (on: string) => ({ programme: 'schoolWatch' as const, on, from: '07:30', to: '08:20' });
	const night = { programme: 'volunteerPatrol' as const, on: saturday, from: '19:30', to: '20:35' };
	return [
		{
			body: 'honcho',
			author: 'volunteer',
			payload: payloadOf({ ...morning(one), walkers: ['volunteer', 'watanabe'], method: 'standing' })
		},
		{
			body: 'honcho',
			author: 'volunteer',
			payload: payloadOf({
				...morning(two),
				walkers: ['volunteer', 'mori'],
				method: 'standing',
				others: { parents: 1 },
				handOver: '横断旗が1本折れています。',
				weather: 'rain'
			})
		},
		// Walked together, logged by both: one from the phone, one typed in from paper.
		{
			body: 'honcho',
			author: 'volunteer',
			payload: payloadOf({
				...night,
				walkers: ['volunteer', 'tanaka', 'yoshida', 'kondo'],
				metres: 2140,
				metresFrom: 'route'
			})
		},
		{
			body: 'honcho',
			author: 'leader',
			forOthers: true,
			payload: payloadOf({
				...night,
				to: '20:30',
				walkers: ['tanaka', 'yoshida', 'volunteer'],
				names: ['近藤さんの奥さん'],
				metres: 2100,
				metresFrom: 'estimate',
				typed: true
			})
		},
		{
			body: 'honcho',
			author: 'ito',
			sentBack: '終わりの時刻を確かめてください。',
			payload: payloadOf({ ...morning(three), to: '18:20', walkers: ['ito'], method: 'standing' })
		},
		{
			body: 'honcho',
			author: 'sasaki',
			confirmedBy: 'leader',
			corrected: { reason: '距離の書き間違い', payload: { metres: 1800, metresFrom: 'estimate' } },
			payload: payloadOf({
				programme: 'nagara',
				on: four,
				from: '16:00',
				to: '16:40',
				walkers: ['sasaki'],
				metres: 18000,
				metresFrom: 'estimate'
			})
		},
		{
			body: 'honcho',
			author: 'ono',
			withdrawn: '中止になった日の分でした。',
			payload: payloadOf({ ...morning(four), walkers: ['ono'], method: 'standing' })
		},
		{
			body: 'midori',
			author: 'hayashi',
			payload: payloadOf({
				...night,
				walkers: ['midoriLeader', 'hayashi', 'ikeda'],
				metres: 1860,
				metresFrom: 'route',
				remarks: '公園の街路灯が1つ消えていた。'
			})
		},
		{
			body: 'pta',
			author: 'fujii',
			payload: payloadOf({ ...morning(one), walkers: ['fujii', 'nishimura'], method: 'standing' })
		},
		{
			body: 'crimePrevention',
			author: 'crimeLeader',
			payload: payloadOf({
				programme: 'joint',
				on: two,
				from: '16:30',
				to: '17:30',
				jointly: [town.associations.honcho, town.associations.police],
				walkers: ['crimeLeader', 'leader', 'tanaka'],
				others: { police: 2 },
				metres: 1500,
				metresFrom: 'estimate'
			})
		}
	];
}
