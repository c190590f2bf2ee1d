/** The boxes in which the hours of a week are typed. Pure; apart from `hours.ts`, so that a map does not carry the rules of a form. */
import { isTime } from '#lib/calendar/day.ts';
import { foldDigits } from '#lib/calendar/typed.ts';
import { weekdays, type Hours } from './hours.ts';

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
