/** Hours in which somebody is there, per weekday. Pure. */
import { minutesOf } from '#lib/calendar/day.ts';

/** From and to, JST `HH:MM`; null: nobody is there that day. Seven, Sunday first, as weekdays are counted. */
export type Hours = readonly ({ from: string; to: string } | null)[];

export const weekdays = [0, 1, 2, 3, 4, 5, 6] as const;

/** Is somebody there now, as far as the weekly hours say? `weekday` and `time` are JST. The end itself is already closed. */
export function isOpen(hours: Hours, weekday: number, time: string): boolean {
	const span = hours[weekday];
	return span != null && span.from <= time && time < span.to;
}

/** Weekdays with the same hours side by side: `[{days:[1,2,3,4,5], from, to}, …]`, Monday first, days without hours left out. */
export function spansOf(hours: Hours): { days: number[]; from: string; to: string }[] {
	const spans: { days: number[]; from: string; to: string }[] = [];
	for (const day of [1, 2, 3, 4, 5, 6, 0]) {
		const span = hours[day];
		if (!span) continue;
		const same = spans.find((one) => one.from === span.from && one.to === span.to);
		if (same) same.days.push(day);
		else spans.push({ days: [day], ...span });
	}
	return spans;
}

/** Hours a week, for the register's list. */
export const hoursAWeek = (hours: Hours): number =>
	hours.reduce((sum, span) => sum + (span ? (minutesOf(span.to) - minutesOf(span.from)) / 60 : 0), 0);

/** Is somebody there all the time from one hour to another, as far as the weekly hours say? */
export function isOpenThrough(hours: Hours, weekday: number, from: string, to: string): boolean {
	const span = hours[weekday];
	return span != null && span.from <= from && to <= span.to;
}
