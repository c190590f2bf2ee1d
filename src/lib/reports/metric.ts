/**
 * What the year counts: every figure by its key, with the basis it is counted on and where its rows are. A figure is counted once here and
 * may be printed in several places with different words (`line.ts`). Pure: the reading is in `metrics.server.ts`.
 */

import type { AssociationKind } from '#lib/people/association.ts';

/**
 * atStart: standing on the 31 March before the year · atEnd: standing on 31 March · times: 回数 · gross: 延べ, the same one counted each time · distinct: 実, each counted once · sum: 距離,
 * 個数 · added: 新規 · listed: no number, the words of the rows themselves.
 */
export const bases = ['atStart', 'atEnd', 'times', 'gross', 'distinct', 'sum', 'added', 'listed'] as const;
export type Basis = (typeof bases)[number];

/**
 * Figures that come out of rows. The order is that of the measures. `own`: a figure that each section has of its own; in its cell a line
 * tells that one, and outside of any cell the sum of all of them.
 */
export const metrics = {
	cars: { basis: 'atEnd' },
	cityRuns: { basis: 'times' },
	/** Whole kilometres, rounded once, at the sum. */
	cityKilometres: { basis: 'sum' },
	/** Whom the joint patrols were walked with: one word for each sort of body. */
	jointPartners: { basis: 'listed' },
	jointRuns: { basis: 'times' },
	/** The associations' own patrols, apart from joint ones and from what is done beside one's way (ながら). */
	volunteerRuns: { basis: 'times' },
	volunteerPersonTimes: { basis: 'gross' },
	/** People of the rosters, each once; those who came along without being on one are in the person-times. */
	volunteerPeople: { basis: 'distinct' },
	volunteerKilometres: { basis: 'sum' },
	schoolWatchRuns: { basis: 'times' },
	schoolWatchPersonTimes: { basis: 'gross' },
	equipmentBodies: { basis: 'distinct' },
	equipmentPieces: { basis: 'sum' },
	equipmentLentBodies: { basis: 'distinct' },
	equipmentLentPieces: { basis: 'sum' },
	requestsReceived: { basis: 'times' },
	requestsDecided: { basis: 'times' },
	requestsDeclined: { basis: 'times' },
	memoranda: { basis: 'atEnd' },
	/** Businesses that patrolled in the year, and those that promised to by memorandum. */
	businesses: { basis: 'distinct' },
	/** 春、秋: the seasons of the greeting campaign's months. */
	greetingSeasons: { basis: 'listed' },
	/** Days on which somebody stood and greeted. */
	greetingDays: { basis: 'distinct' },
	greetingPersonTimes: { basis: 'gross' },
	/** 週n回: weekdays of the rules of the city car's school run. */
	schoolRunDays: { basis: 'times' },
	/** 48回中46回: the runs that the rules and the calendar want in the whole year, and those of them that were done. */
	schoolRunsPlanned: { basis: 'times' },
	schoolRunsDone: { basis: 'times' },
	pockets: { basis: 'atEnd' },
	/** What the number comes from: start + added − ended is what stands at the end. */
	pocketsStart: { basis: 'atStart' },
	pocketsAdded: { basis: 'added' },
	pocketsEnded: { basis: 'times' },
	pocketsEndedMoved: { basis: 'times' },
	pocketsEndedWithdrew: { basis: 'times' },
	pocketsEndedClosed: { basis: 'times' },
	pocketsEndedUnreachable: { basis: 'times' },
	pocketsEndedDistrictClosed: { basis: 'times' },
	pocketsEndedMistake: { basis: 'times' },
	pocketsEndedOther: { basis: 'times' },
	/** City-car runs on which something was announced. */
	announcedRuns: { basis: 'times' },
	/** Where what hung in the months of the greeting campaign: 市施設、公共機関 · 横断幕、のぼり旗. */
	materialPlaces: { basis: 'listed' },
	materialKinds: { basis: 'listed' },
	badges: { basis: 'sum' },
	alertsSent: { basis: 'times' },
	alertsSuspicious: { basis: 'times' },
	alertsFraud: { basis: 'times' },
	alertsTheft: { basis: 'times' },
	alertsOther: { basis: 'times' },
	lectures: { basis: 'times' },
	/** Those who came to the 講習会; of several, each time. */
	lectureAttendance: { basis: 'gross' },
	councilMeetings: { basis: 'times' },
	/** 7月、1月: the months of the meetings, from April on. */
	councilMonths: { basis: 'listed' },
	/** Events that were called off before they were held. */
	eventsCancelled: { basis: 'times' },
	/** Findings of the year that lie with the section, and those of them it settled: 対応済, 対応不可. */
	findingsOwn: { basis: 'times', own: true },
	findingsSettledOwn: { basis: 'times', own: true }
} as const satisfies Record<string, { basis: Basis; own?: true }>;

export type Metric = keyof typeof metrics;
export const metricNames = Object.keys(metrics) as Metric[];
export const isMetric = (text: string): text is Metric => Object.hasOwn(metrics, text);

/** A number, or the words of the rows in the order they are printed. Undefined: nobody counted or typed it. */
export type Value = number | readonly string[] | undefined;
export type Values = Readonly<Record<string, Value>>;

const ownKey = (metric: Metric, section: string) => `${metric}@${section}`;
/** Is it the key of what one section has of its own? */
export const isOwn = (key: string): boolean => key.includes('@');
const ownMetrics = metricNames.filter((metric) => 'own' in metrics[metric]);

/** Is this the value of one section alone? */
export const isOfSection = (key: string): boolean => key.includes('@');

/** A figure that each section has of its own, as it stands among the values. */
export const ownValues = <Of extends Metric>(metric: Of, bySection: ReadonlyMap<string, number>) =>
	({
		[metric]: [...bySection.values()].reduce((sum, n) => sum + n, 0),
		...Object.fromEntries([...bySection].map(([section, n]) => [ownKey(metric, section), n]))
	}) as Record<Of, number>;

/** The values as the cell of a section tells them: what each section has of its own is this one's, nought where it has none. */
export const valuesIn = (values: Values, section: string): Values => ({
	...values,
	...Object.fromEntries(
		ownMetrics
			.filter((metric) => values[metric] !== undefined)
			.map((metric) => [metric, values[ownKey(metric, section)] ?? 0])
	)
});

/** Nothing there: no row, none counted, not typed. */
export const isNothing = (value: Value): boolean =>
	value === undefined || value === 0 || (Array.isArray(value) && value.length === 0);

const whole = new Intl.NumberFormat('ja-JP');
/** As the office prints it: thousands with a comma, the unit glued on by the words around it; a list with 、. */
export const printedValue = (value: Value): string =>
	typeof value === 'number' ? whole.format(value) : value === undefined ? '' : value.join('、');

/** What a joint patrol's line calls the sorts of bodies that are many; the others go by their own names. */
const sortWords: Partial<Record<AssociationKind, string>> = {
	neighbourhood: '自治会',
	pta: 'PTA',
	shops: '商店会',
	business: '事業者',
	crimePrevention: '防犯協会'
};
/** Schools stand first, bodies of the street next, offices last; the city does not work together with itself. */
const sortOrder: AssociationKind[] = [
	'school',
	'neighbourhood',
	'pta',
	'shops',
	'crimePrevention',
	'business',
	'other'
];

/** 都立高校、自治会、消防署、警察署: with whom the joint patrols were walked, each word once. */
export const partnersOf = (bodies: readonly { kind: AssociationKind; name: string }[]): string[] => [
	...new Set(
		sortOrder.flatMap((kind) => bodies.filter((one) => one.kind === kind).map((one) => sortWords[kind] ?? one.name))
	)
];
