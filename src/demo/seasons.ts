/** When the invented town's schools are closed. */
import { daysFrom } from '#lib/calendar/day.ts';
import { town } from './town.ts';

/** Holidays of all schools in a fiscal year, and the foundation days of two. */
export function closedDaysOfYear(year: number): { onDay: string; school: string | null; reason: string }[] {
	const ofAll = (first: string, last: string, reason: string) =>
		daysFrom(first, last).map((onDay) => ({ onDay, school: null, reason }));
	return [
		...ofAll(`${year}-04-01`, `${year}-04-05`, '春休み'),
		...ofAll(`${year}-07-21`, `${year}-08-28`, '夏休み'),
		...ofAll(`${year}-12-26`, `${year + 1}-01-07`, '冬休み'),
		...ofAll(`${year + 1}-03-26`, `${year + 1}-03-31`, '春休み'),
		{ onDay: `${year}-10-01`, school: null, reason: '都民の日' },
		{ onDay: `${year}-11-24`, school: town.schools.honcho, reason: '開校記念日' },
		{ onDay: `${year}-06-09`, school: town.schools.midori, reason: '開校記念日' }
	];
}
