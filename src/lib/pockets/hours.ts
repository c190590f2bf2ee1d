/** Hours in which somebody is there, per weekday. Pure. */
import { isTime, minutesOf } from '#lib/calendar/day.ts';
import { foldDigits } from '#lib/calendar/typed.ts';

/** From and to, JST `HH:MM`; null: nobody is there that day. Seven, Sunday first, as weekdays are counted. */
export type Hours = readonly ({ from: string; to: string } | null)[];

export const weekdays = [0, 1, 2, 3, 4, 5, 6] as const;
export const boxOf = (end: 'from' | 'to', weekday: number) => `${end}:${weekday}`;

const typed = (values: Record<string, unknown>, end: 'from' | 'to', weekday: number): string => {
	const text = values[boxOf(end, weekday)];
	const plain = typeof text === 'string' ? foldDigits(text) : '';
	return /^\d:\d\d$/.test(plain) ? `0${plain}` : plain;
};

/** A sentence (key of the words) per box of an hour that cannot be: half a span, no time, an end before its beginning. */
export function hoursErrors(values: Record<string, unknown>): Record<string, string> {
	const errors: Record<string, string> = {};
	for (const weekday of weekdays) {
		const [from, to] = [typed(values, 'from', weekday), typed(values, 'to', weekday)];
		if (from === '' && to === '') continue;
		for (const [end, text] of [
			['from', from],
			['to', to]
		] as const)
			if (!isTime(text)) errors[boxOf(end, weekday)] = text === '' ? 'error_required' : 'error_time';
		if (isTime(from) && isTime(to) && from >= to) errors[boxOf('to', weekday)] = 'error_pockets_hours';
	}
	return errors;
}

/** The hours of the boxes; a day without both ends is a day on which nobody is there. */
export const hoursIn = (values: Record<string, unknown>): Hours =>
	weekdays.map((weekday) => {
		const [from, to] = [typed(values, 'from', weekday), typed(values, 'to', weekday)];
		return isTime(from) && isTime(to) ? { from, to } : null;
	});

/** What the boxes show. */
export const boxesOf = (hours: Hours): Record<string, string> =>
	Object.fromEntries(
		hours.flatMap((span, weekday) =>
			span
				? [
						[boxOf('from', weekday), span.from],
						[boxOf('to', weekday), span.to]
					]
				: []
		)
	);

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
