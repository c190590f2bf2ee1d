/** 毎週の決まり: which days a weekly rule yields, and its form. Pure; holidays and closed days are handed in. */
import * as z from 'zod/mini';
import { programmes } from './programme.ts';
import { chosen, clockTime, day, wholeNumber } from './inputs.ts';

export type WeekdayTimes = Partial<Record<'0' | '1' | '2' | '3' | '4' | '5' | '6', { from: string; to: string }>>;

/** How far ahead shifts are made. */
export const DAYS_AHEAD = 60;

export type RuleDays = {
	times: WeekdayTimes;
	/** 第n週 (the nth such weekday of the month), or every week. */
	weeks: number[] | null;
	startOn: string;
	endOn: string;
	skipHolidays: boolean;
	skipClosedDays: boolean;
};
export type YieldedDay = { onDay: string; from: string; to: string };

const utc = (text: string) => Date.parse(`${text}T00:00:00Z`);
const dayText = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The days from `first` to `last` (both included) on which the rule wants a watch, with that weekday's times. */
export function daysOfRule(
	rule: RuleDays,
	first: string,
	last: string,
	off: { isHoliday: (day: string) => boolean; isClosed: (day: string) => boolean }
): YieldedDay[] {
	const days: YieldedDay[] = [];
	const end = utc(last < rule.endOn ? last : rule.endOn);
	// A JST day has no time zone of its own: counted in UTC it never meets a clock change.
	for (let ms = utc(first > rule.startOn ? first : rule.startOn); ms <= end; ms += 86_400_000) {
		const onDay = dayText(ms);
		const weekday = String(new Date(ms).getUTCDay()) as keyof WeekdayTimes;
		const times = rule.times[weekday];
		if (!times) continue;
		if (rule.weeks && !rule.weeks.includes(Math.ceil(Number(onDay.slice(8)) / 7))) continue;
		if (rule.skipHolidays && off.isHoliday(onDay)) continue;
		if (rule.skipClosedDays && off.isClosed(onDay)) continue;
		days.push({ onDay, from: times.from, to: times.to });
	}
	return days;
}

const weekdays = ['0', '1', '2', '3', '4', '5', '6'] as const;
const optionalTime = z._default(z.union([z.literal(''), clockTime], 'error_time'), '');

/** The form of a rule. Per weekday `from0`…`to6`; a weekday with both empty has no watch. */
export const ruleForm = z.pipe(
	z
		.object({
			place: chosen,
			programme: z.enum(programmes, 'error_input'),
			school: z._default(z.string(), ''),
			campaign: z._default(z.string(), ''),
			startOn: day,
			endOn: day,
			capacity: wholeNumber(1, 50),
			minimum: wholeNumber(1, 50),
			weeks: z._default(z.array(z.enum(['1', '2', '3', '4', '5'], 'error_input')), []),
			skipHolidays: z.optional(z.string()),
			skipClosedDays: z.optional(z.string()),
			from0: optionalTime,
			from1: optionalTime,
			from2: optionalTime,
			from3: optionalTime,
			from4: optionalTime,
			from5: optionalTime,
			from6: optionalTime,
			to0: optionalTime,
			to1: optionalTime,
			to2: optionalTime,
			to3: optionalTime,
			to4: optionalTime,
			to5: optionalTime,
			to6: optionalTime
		})
		.check(
			z.refine((form) => form.startOn <= form.endOn, { error: 'error_watches_period', path: ['endOn'] }),
			z.refine((form) => form.minimum <= form.capacity, { error: 'error_watches_minimum', path: ['minimum'] }),
			z.refine((form) => weekdays.some((d) => form[`from${d}`] !== ''), {
				error: 'error_watches_no_weekday',
				path: ['from1']
			}),
			...weekdays.map((d) =>
				z.refine<Record<`from${typeof d}` | `to${typeof d}`, string>>(
					(form) =>
						(form[`from${d}`] === '' && form[`to${d}`] === '') ||
						(form[`from${d}`] !== '' && form[`from${d}`] < form[`to${d}`]),
					{ error: 'error_watches_times', path: [`to${d}`] }
				)
			)
		),
	z.transform((form) => ({
		place: form.place,
		programme: form.programme,
		school: form.school || null,
		campaign: form.campaign || null,
		startOn: form.startOn,
		endOn: form.endOn,
		capacity: form.capacity,
		minimum: form.minimum,
		weeks: form.weeks.length ? form.weeks.map(Number) : null,
		skipHolidays: form.skipHolidays !== undefined,
		skipClosedDays: form.skipClosedDays !== undefined,
		times: Object.fromEntries(
			weekdays.filter((d) => form[`from${d}`] !== '').map((d) => [d, { from: form[`from${d}`], to: form[`to${d}`] }])
		) as WeekdayTimes
	}))
);
export type RuleForm = z.output<typeof ruleForm>;

/** A rule as its form has it typed. */
export function typedOfRule(
	rule: RuleDays & Omit<RuleForm, keyof RuleDays>
): Record<string, string | string[] | undefined> {
	return {
		place: rule.place,
		programme: rule.programme,
		school: rule.school ?? '',
		campaign: rule.campaign ?? '',
		startOn: rule.startOn,
		endOn: rule.endOn,
		capacity: String(rule.capacity),
		minimum: String(rule.minimum),
		weeks: rule.weeks?.map(String) ?? [],
		skipHolidays: rule.skipHolidays ? 'on' : undefined,
		skipClosedDays: rule.skipClosedDays ? 'on' : undefined,
		...Object.fromEntries(
			Object.entries(rule.times).flatMap(([day, time]) => [
				[`from${day}`, time.from],
				[`to${day}`, time.to]
			])
		)
	};
}
