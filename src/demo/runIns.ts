/** Two records of the invented town that a child ran in: one being worked on, one settled. No names, as everywhere. */
import { addDays, instantOf } from '#lib/calendar/day.ts';
import { runIn, runInContact } from '#lib/pockets/tables.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { demoId } from './ids.ts';
import { town } from './town.ts';

export async function seedRunIns(tx: Tx, today: string): Promise<void> {
	const municipality = town.municipality;
	const [first, second] = [demoId('pockets', 41, 1), demoId('pockets', 41, 2)];
	const [yesterday, before] = [addDays(today, -1), addDays(today, -24)];
	await tx.insert(runIn).values([
		{
			id: first,
			municipality,
			at: instantOf(before, '15:35'),
			reportedAt: instantOf(before, '15:52'),
			reporter: 'volunteer',
			by: town.people.volunteer,
			area: '本町一丁目の公園の前',
			happened: ['ill'],
			suspect: [],
			grade: 'lower',
			children: 1,
			words: '下校中に気分が悪くなり、休ませた。',
			handedTo: 'guardian',
			handedAt: instantOf(before, '16:10'),
			review: '学校と保護者に連絡済み。翌日は元気に登校した。',
			closedAt: instantOf(addDays(before, 1), '10:00'),
			closedBy: town.people.guidance
		},
		{
			id: second,
			municipality,
			at: instantOf(yesterday, '16:20'),
			reportedAt: instantOf(yesterday, '16:41'),
			reporter: 'volunteer',
			by: town.people.volunteer,
			area: '緑町の交差点',
			happened: ['spoken', 'followed'],
			suspect: ['man', 'bicycle'],
			description: '紺の上着',
			grade: 'middle',
			children: 2,
			words: '自転車の人に声をかけられ、しばらくついてこられた。'
		}
	]);
	await tx.insert(runInContact).values([
		{
			id: demoId('pockets', 42, 1),
			municipality,
			runIn: first,
			kind: 'guardian',
			at: instantOf(before, '15:45'),
			by: town.people.volunteer
		},
		{
			id: demoId('pockets', 42, 2),
			municipality,
			runIn: second,
			kind: 'police',
			at: instantOf(yesterday, '16:24'),
			by: town.people.volunteer
		}
	]);
}
