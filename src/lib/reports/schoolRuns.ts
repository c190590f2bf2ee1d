/** How complete the weekly school run (登校パトロール) was: 「週1回 48回中46回実施」, and which days of the rule went without. Pure. */
import { addDays, weekdayOf } from '#lib/calendar/day.ts';

export type RunDays = ReadonlyMap<string, number>;
/** A day on which fewer runs were done than the rules want. `instead`: other days of the same week on which there was one. */
export type Missed = { onDay: string; missing: number; instead: string[] };

/** Monday to Sunday. */
const mondayOf = (day: string) => addDays(day, -((weekdayOf(day) + 6) % 7));

/** 回数: the runs that were planned, and as many of them as were done on their day; a second run on the same day makes up for no other. */
export function completeness(planned: RunDays, done: RunDays): { planned: number; done: number } {
	let [all, kept] = [0, 0];
	for (const [onDay, runs] of planned) {
		all += runs;
		kept += Math.min(runs, done.get(onDay) ?? 0);
	}
	return { planned: all, done: kept };
}

/** How many runs were to be done before a day: what is done in a running year is measured by these. */
export const dueBefore = (planned: RunDays, today: string): number =>
	[...planned].reduce((sum, [onDay, runs]) => sum + (onDay < today ? runs : 0), 0);

/** The days before `today` that went without a run, in their order. Today may still come. */
export function missedDays(planned: RunDays, done: RunDays, today: string): Missed[] {
	const others = Map.groupBy([...done.keys()].filter((day) => !planned.has(day)).toSorted(), mondayOf);
	return [...planned]
		.map(([onDay, runs]) => ({ onDay, missing: runs - (done.get(onDay) ?? 0) }))
		.filter(({ onDay, missing }) => missing > 0 && onDay < today)
		.toSorted((a, b) => (a.onDay < b.onDay ? -1 : 1))
		.map((one) => ({ ...one, instead: others.get(mondayOf(one.onDay)) ?? [] }));
}
