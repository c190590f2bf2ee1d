/** Where the rows behind a figure are, for those who may open them. */
import { resolve } from '$app/paths';
import type { Kind, Sort } from '#lib/outreach/outreach.ts';
import { isCityCar, programmes, type Programme } from '#lib/watches/programme.ts';
import type { Metric } from '#lib/reports/metric.ts';
import { rowsQuery } from '#lib/reports/year.ts';

/** Pages that not everybody who sees the table may open, and the sections whose cells this person writes. */
export type May = {
	cars: boolean;
	campaigns: boolean;
	bodies: boolean;
	requests: boolean;
	sections: string[];
	/** Sections whose findings open; undefined: all. */
	findings: string[] | undefined;
};

/** The page with the rows of a figure in a fiscal year, or undefined where there is none for this person. `section`: of the cell it stands in, if any. */
export function rowsBehind(metric: string, year: number, may: May, section?: string): string | undefined {
	const of = { fiscalYear: String(year) };
	const logs = (of: { fiscalYear: string }, which: readonly Programme[]) =>
		`${resolve('/(app)/reports/[fiscalYear]/patrols', of)}?${rowsQuery(which)}`;
	const city = logs(of, programmes.filter(isCityCar));
	// Who sees the table sees what the office did.
	const told = (kind: Kind, sort?: Sort | 'cancelled') =>
		`${resolve('/(app)/outreach/[kind]', { kind })}?year=${year}${sort ? `&only=${sort}` : ''}`;
	const equipment = resolve('/(app)/reports/[fiscalYear]/equipment', of);
	const requests = (query: string) => (may.requests ? `${resolve('/equipment/requests')}?${query}` : undefined);
	const runs = resolve('/(app)/reports/[fiscalYear]/school-runs', of);
	const homes = resolve('/(app)/reports/[fiscalYear]/pockets', of);
	const findings = (which: string) =>
		may.findings === undefined || (section !== undefined && may.findings.includes(section))
			? `${resolve('/findings')}?${section ? `section=${section}&` : ''}year=${year}&${which}`
			: undefined;
	const pages: Partial<Record<string, string | undefined>> & Record<Metric, string | undefined> = {
		cars: may.cars ? resolve('/vehicles') : undefined,
		cityRuns: city,
		cityKilometres: city,
		announcedRuns: city,
		jointPartners: logs(of, ['joint']),
		jointRuns: logs(of, ['joint']),
		volunteerRuns: logs(of, ['volunteerPatrol']),
		volunteerPersonTimes: logs(of, ['volunteerPatrol']),
		volunteerPeople: logs(of, ['volunteerPatrol']),
		volunteerKilometres: logs(of, ['volunteerPatrol']),
		schoolWatchRuns: logs(of, ['schoolWatch']),
		schoolWatchPersonTimes: logs(of, ['schoolWatch']),
		greetingDays: logs(of, ['greeting']),
		greetingPersonTimes: logs(of, ['greeting']),
		businesses: logs(of, ['business']),
		memoranda: may.bodies ? resolve('/associations') : undefined,
		equipmentBodies: equipment,
		equipmentPieces: equipment,
		equipmentLentBodies: equipment,
		equipmentLentPieces: equipment,
		requestsReceived: requests(`year=${year}`),
		requestsDecided: requests(`decided=${year}`),
		requestsDeclined: requests(`decided=${year}&state=declined`),
		greetingSeasons: may.campaigns ? resolve('/watches/campaigns') : undefined,
		schoolRunDays: logs(of, ['cityCarSchool']),
		schoolRunsPlanned: runs,
		schoolRunsDone: runs,
		pockets: homes,
		pocketsStart: homes,
		pocketsAdded: homes,
		pocketsEnded: homes,
		pocketsEndedMoved: homes,
		pocketsEndedWithdrew: homes,
		pocketsEndedClosed: homes,
		pocketsEndedUnreachable: homes,
		pocketsEndedDistrictClosed: homes,
		pocketsEndedMistake: homes,
		pocketsEndedOther: homes,
		materialPlaces: told('material'),
		materialKinds: told('material'),
		badges: told('badge'),
		alertsSent: told('alert'),
		alertsSuspicious: told('alert', 'suspicious'),
		alertsFraud: told('alert', 'fraud'),
		alertsTheft: told('alert', 'theft'),
		alertsOther: told('alert', 'other'),
		lectures: told('event', 'lecture'),
		lectureAttendance: told('event', 'lecture'),
		councilMeetings: told('event', 'council'),
		councilMonths: told('event', 'council'),
		eventsCancelled: told('event', 'cancelled'),
		findingsOwn: findings('all=on'),
		findingsSettledOwn: findings('settled=on')
	};
	return pages[metric];
}
