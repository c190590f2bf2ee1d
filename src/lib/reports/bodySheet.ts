/** The sheet of a body for its general assembly (総会資料): its walks added up by activity and by month. Pure. */
import { monthOfDay } from '#lib/calendar/day.ts';
import { monthsOfFiscalYear } from '#lib/calendar/fiscal-year.ts';
import { tallied, type DatedWalk, type Figures } from '#lib/patrols/tally.ts';
import { programmes, type Programme } from '#lib/watches/programme.ts';

export type SheetLine = Figures & { programme: Programme };
export type WalkedYear = {
	lines: SheetLine[];
	total: Figures;
	/** Runs of each month from April on; a month that has not begun has none, which is not zero. */
	months: { month: string; runs: number | undefined }[];
	/** Days on which the body stood greeting. */
	greetingDays: number;
};

/** A body's year, as it stands on `today`. A joint patrol counts once, with everybody who walked. */
export async function walkedYear(
	walks: readonly DatedWalk[],
	body: string,
	fiscalYear: number,
	today: string
): Promise<WalkedYear> {
	const year = await tallied([walks]);
	const own = year.byBody.get(body);
	const lines = programmes.flatMap((programme) => {
		const figures = own?.get(programme);
		return figures ? [{ programme, ...figures }] : [];
	});
	const sum = (of: 'runs' | 'personTimes' | 'metres') => lines.reduce((total, line) => total + line[of], 0);
	const greetings = walks.filter(({ programme }) => programme === 'greeting');
	return {
		lines,
		total: {
			runs: sum('runs'),
			personTimes: sum('personTimes'),
			metres: sum('metres'),
			people: year.people(lines.map(({ programme }) => programme))
		},
		months: monthsOfFiscalYear(fiscalYear).map((month) => ({
			month,
			runs: month > monthOfDay(today) ? undefined : walks.filter(({ onDay }) => monthOfDay(onDay) === month).length
		})),
		greetingDays: new Set(greetings.map(({ onDay }) => onDay)).size
	};
}
