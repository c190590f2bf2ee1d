/** The figures of several years side by side, grouped by what they tell. Pure. */
import { isMetric, isOfSection, metrics, type Basis, type Metric, type Values } from './metric.ts';

/** Which figures stand together, in this order; a number that is named nowhere stands with the rest. */
const named = {
	patrols: [
		...(['cityRuns', 'cityKilometres', 'cars', 'announcedRuns', 'jointRuns'] as const),
		...(['volunteerRuns', 'volunteerPersonTimes', 'volunteerPeople', 'volunteerKilometres'] as const),
		...(['businesses', 'memoranda'] as const)
	],
	watches: [
		...(['schoolWatchRuns', 'schoolWatchPersonTimes', 'schoolRunsPlanned', 'schoolRunsDone', 'schoolRunDays'] as const),
		...(['greetingDays', 'greetingPersonTimes'] as const)
	],
	equipment: [
		...(['equipmentBodies', 'equipmentPieces', 'equipmentLentBodies', 'equipmentLentPieces'] as const),
		...(['requestsReceived', 'requestsDecided', 'requestsDeclined'] as const)
	],
	pockets: ['pockets', 'pocketsAdded', 'pocketsEnded'],
	findings: ['findingsOwn', 'findingsSettledOwn'],
	outreach: [
		...(['alertsSent', 'alertsSuspicious', 'alertsFraud', 'alertsTheft', 'alertsOther'] as const),
		...(['lectures', 'lectureAttendance', 'councilMeetings', 'eventsCancelled', 'badges'] as const)
	]
} as const satisfies Record<string, readonly Metric[]>;
/** Why the number of refuge homes moved: told in a table, reason by reason, and not in a chart each. */
const movement = [
	...(['pocketsStart', 'pocketsAdded', 'pocketsEndedMoved', 'pocketsEndedWithdrew', 'pocketsEndedClosed'] as const),
	...(['pocketsEndedUnreachable', 'pocketsEndedDistrictClosed', 'pocketsEndedMistake', 'pocketsEndedOther'] as const),
	'pockets'
] as const satisfies readonly Metric[];
const isCharted = (metric: string) =>
	!isOfSection(metric) && (groupOf(metric) !== 'others' || !(movement as readonly string[]).includes(metric));
export const chartGroups = [...(Object.keys(named) as (keyof typeof named)[]), 'others'] as const;
export type ChartGroup = (typeof chartGroups)[number];

/** How many fiscal years are shown. */
export const chartedYears = 5;

export type YearOfValues = { fiscalYear: number; values: Values };
/** A year without a value is missing, which is not zero. */
export type Point = { fiscalYear: number; value: number | undefined };
export type Series = { metric: string; points: Point[] };

const numberIn = ({ values }: YearOfValues, metric: string) => {
	const value = values[metric];
	return typeof value === 'number' ? value : undefined;
};
const standing: readonly Basis[] = ['atStart', 'atEnd'];
/** Counted over the year, in contrast to what stands at its end; businesses count by their memoranda, too. */
const isFlow = (metric: string) =>
	isMetric(metric) && !standing.includes(metrics[metric].basis) && metric !== 'businesses';

/**
 * The first of the years in which records of a group were kept: one in which something of it was counted. What stands at the end of a
 * year, cars or memoranda, may be older than any record, and tells it only where nothing else does.
 */
function keptFrom(years: readonly YearOfValues[], group: readonly string[]): number {
	const telling = group.some(isFlow) ? group.filter(isFlow) : group;
	return years.find((year) => telling.some((metric) => (numberIn(year, metric) ?? 0) > 0))?.fiscalYear ?? Infinity;
}

/** The group a figure stands in. */
const groupOf = (metric: string): ChartGroup =>
	chartGroups.find((group) => group !== 'others' && (named[group] as readonly string[]).includes(metric)) ?? 'others';

/**
 * Every number of the years, oldest first. A computed nought before anything of its group was recorded is missing: it was not counted, so
 * it is not zero. What no year tells is left out.
 */
export function seriesOf(years: readonly YearOfValues[]): Partial<Record<ChartGroup, Series[]>> {
	const found = [...new Set(years.flatMap(({ values }) => Object.keys(values)))].filter((key) => !isOfSection(key));
	const order: string[] = Object.values(named).flat();
	const place = (metric: string) => (order.includes(metric) ? order.indexOf(metric) : order.length);
	const numbers = found
		.filter((metric) => isCharted(metric) && years.some((year) => numberIn(year, metric) !== undefined))
		.toSorted((a, b) => place(a) - place(b));
	const groups = Map.groupBy(numbers, groupOf);
	return Object.fromEntries(
		chartGroups.flatMap((group) => {
			const metrics = groups.get(group) ?? [];
			// The rest has nothing in common: each of them began when it began.
			const from = (metric: string) => keptFrom(years, group === 'others' ? [metric] : metrics);
			const series = metrics.map((metric) => ({
				metric,
				points: years.map((year) => {
					const value = numberIn(year, metric);
					const early = value === 0 && isMetric(metric) && year.fiscalYear < from(metric);
					return { fiscalYear: year.fiscalYear, value: early ? undefined : value };
				})
			}));
			const told = series.filter(({ points }) => points.some(({ value }) => value !== undefined));
			return told.length > 0 ? [[group, told] as const] : [];
		})
	);
}

/** The movement of the refuge homes over the years: where it began, what came, what went by its reason, where it ended. Reasons of nobody are left out. */
export function movementOf(years: readonly YearOfValues[]): Series[] {
	return movement
		.map((metric) => ({
			metric,
			points: years.map((year) => ({ fiscalYear: year.fiscalYear, value: numberIn(year, metric) }))
		}))
		.filter(({ points }) => points.some(({ value }) => (value ?? 0) > 0));
}
