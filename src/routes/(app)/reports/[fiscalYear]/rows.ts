/** Where the rows behind a figure are, for those who may open them. */
import { resolve } from '$app/paths';
import type { Kind } from '#lib/outreach/outreach.ts';
import { isCityCar, programmes, type Programme } from '#lib/watches/programme.ts';
import type { Metric } from '#lib/reports/metric.ts';
import { rowsQuery } from '#lib/reports/year.ts';

/** Pages that not everybody who sees the table may open, and the sections whose cells this person writes. */
export type May = { cars: boolean; campaigns: boolean; bodies: boolean; sections: string[] };

/** The page with the rows of a figure in a fiscal year, or undefined where there is none for this person. */
export function rowsBehind(metric: string, year: number, may: May): string | undefined {
	const of = { fiscalYear: String(year) };
	const logs = (of: { fiscalYear: string }, which: readonly Programme[]) =>
		`${resolve('/(app)/reports/[fiscalYear]/patrols', of)}?${rowsQuery(which)}`;
	const city = logs(of, programmes.filter(isCityCar));
	// Who sees the table sees what the office did.
	const told = (kind: Kind) => `${resolve('/(app)/outreach/[kind]', { kind })}?year=${year}`;
	const pages: Partial<Record<string, string | undefined>> & Record<Metric, string | undefined> = {
		cars: may.cars ? resolve('/vehicles') : undefined,
		cityRuns: city,
		cityKilometres: city,
		announcedRuns: city,
		jointPartners: logs(of, ['joint']),
		businesses: logs(of, ['business']),
		memoranda: may.bodies ? resolve('/associations') : undefined,
		equipmentBodies: resolve('/(app)/reports/[fiscalYear]/equipment', of),
		equipmentPieces: resolve('/(app)/reports/[fiscalYear]/equipment', of),
		greetingSeasons: may.campaigns ? resolve('/watches/campaigns') : undefined,
		schoolRunDays: logs(of, ['cityCarSchool']),
		pockets: resolve('/(app)/reports/[fiscalYear]/pockets', of),
		materialPlaces: told('material'),
		materialKinds: told('material'),
		badges: told('badge'),
		alertsSent: told('alert'),
		lectureAttendance: told('event'),
		councilMeetings: told('event'),
		councilMonths: told('event')
	};
	return pages[metric];
}
