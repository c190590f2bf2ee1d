import { describe, expect, it } from 'vitest';
import { movementOf, seriesOf } from './charts.ts';
import type { Values } from './metric.ts';

const years = (...values: Values[]) => values.map((values, at) => ({ fiscalYear: 2022 + at, values }));
const valuesOf = (groups: ReturnType<typeof seriesOf>, metric: string) =>
	Object.values(groups)
		.flat()
		.find((one) => one.metric === metric)
		?.points.map(({ value }) => value);

describe('figures of several years', () => {
	it('stand in their groups, each with its years', () => {
		const groups = seriesOf(
			years({ cityRuns: 203, pockets: 1016, subscribers: 9 }, { cityRuns: 202, pockets: 896, subscribers: 10 })
		);
		expect(Object.keys(groups)).toEqual(['patrols', 'pockets', 'others']);
		expect(groups.patrols).toEqual([
			{
				metric: 'cityRuns',
				points: [
					{ fiscalYear: 2022, value: 203 },
					{ fiscalYear: 2023, value: 202 }
				]
			}
		]);
	});

	it('what was not recorded yet is missing, and a year without any afterwards is zero', () => {
		const groups = seriesOf(
			years(
				{ cityRuns: 0, cityKilometres: 0, announcedRuns: 0, cars: 13, businesses: 3 },
				{ cityRuns: 203, cityKilometres: 2416, announcedRuns: 0, cars: 13 },
				{ cityRuns: 0, cityKilometres: 0, announcedRuns: 0, cars: 0 }
			)
		);
		expect(valuesOf(groups, 'cityRuns')).toEqual([undefined, 203, 0]);
		expect(valuesOf(groups, 'businesses')).toEqual([3, undefined, undefined]);
		// The cars are older than the records of their runs; that nothing was announced is known from the year on in which runs were recorded.
		expect(valuesOf(groups, 'cars')).toEqual([13, 13, 0]);
		expect(valuesOf(groups, 'announcedRuns')).toEqual([undefined, 0, 0]);
	});

	it('a typed nought is one, and a year nobody typed is missing', () => {
		const groups = seriesOf(years({}, { buzzers: 0 }, { buzzers: 5 }));
		expect(valuesOf(groups, 'buzzers')).toEqual([undefined, 0, 5]);
	});

	it('words are no bars, and what no year tells is not there', () => {
		const groups = seriesOf(years({ councilMonths: ['7月'], councilMeetings: 0 }, { councilMonths: [] }));
		expect(groups).toEqual({});
	});

	it('one room’s beginning says nothing about another’s', () => {
		const groups = seriesOf(years({ alertsSent: 4, equipmentPieces: 0 }, { alertsSent: 5, equipmentPieces: 18 }));
		expect(valuesOf(groups, 'equipmentPieces')).toEqual([undefined, 18]);
	});

	it('the movement is a table and no row of charts; a section’s own figure is none of the town', () => {
		const all = years(
			{ pockets: 1016, pocketsStart: 1041, pocketsAdded: 5, pocketsEndedMoved: 30, pocketsEndedOther: 0 },
			{ pockets: 896, pocketsStart: 1016, pocketsAdded: 34, pocketsEndedMoved: 61, 'findingsOwn@roads': 3 }
		);
		const groups = seriesOf(all);
		expect(groups.pockets!.map(({ metric }) => metric)).toEqual(['pockets', 'pocketsAdded']);
		expect(Object.keys(groups)).toEqual(['pockets']);
		expect(movementOf(all).map(({ metric, points }) => [metric, ...points.map(({ value }) => value)])).toEqual([
			['pocketsStart', 1041, 1016],
			['pocketsAdded', 5, 34],
			['pocketsEndedMoved', 30, 61],
			['pockets', 1016, 896]
		]);
	});
});
