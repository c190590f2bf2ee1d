/** Five years from the rows, and of a closed one what was published. */
import { expect, it } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { now, people } from '../../../tests/hand-counted.ts';
import { town } from '../../../tests/people.ts';
import { chartsOf } from './charts.server.ts';
import { yearClosing } from './tables.server.ts';

const greetings = async (year: number) => {
	const { groups } = await chartsOf(db, people.safety, year);
	const found = groups.watches?.find(({ metric }) => metric === 'greetingPersonTimes');
	return found?.points.map(({ fiscalYear, value }) => [fiscalYear, value]);
};

it('five years end with the one shown, and begin no earlier than there is any', async () => {
	// 令和6年度: two greetings, three people; the year after it nobody greeted.
	expect(await greetings(2025)).toEqual([
		[2021, undefined],
		[2022, undefined],
		[2023, undefined],
		[2024, 3],
		[2025, 0]
	]);
	// Before 令和元年 there is no year, and a figure that no year tells is not there.
	expect((await chartsOf(db, people.safety, 2020)).groups.patrols![0]!.points).toHaveLength(2);
	expect(await greetings(2020)).toBeUndefined();
});

it('a closed year shows what was published, whatever its rows say now', async () => {
	await transaction((tx) =>
		tx.insert(yearClosing).values({
			...{ id: newId(), municipality: town.municipality, fiscalYear: 2024, number: 1 },
			...{ by: people.safety.person, at: now, reason: null, remaining: {} },
			snapshot: { tables: [], typed: [], values: { greetingPersonTimes: 2 } }
		})
	);
	expect((await greetings(2025))!.at(-2)).toEqual([2024, 2]);
});

it('are for those alone who see the table', async () => {
	for (const who of [people.leader, people.volunteer, people.stranger])
		await expect(chartsOf(db, who, 2024)).rejects.toMatchObject({ name: 'NotFound' });
	expect((await chartsOf(db, people.admin, 2025)).groups.watches?.length).toBeGreaterThan(0);
});
