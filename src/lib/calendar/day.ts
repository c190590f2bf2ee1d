/**
 * Days of Japan. A day is JST `YYYY-MM-DD`, a time of day JST `HH:MM`, an instant a `Date`.
 * Japan has kept UTC+9 without summer time since 1952, so a fixed offset is exact and nothing here asks the machine's zone.
 */
const hour = 3_600_000;
const jst = 9 * hour;
const oneDay = 24 * hour;

const pad = (n: number, width = 2) => String(n).padStart(width, '0');

/** The midnight of a day read as if it were UTC: only for arithmetic between days. */
function asUtc(day: string): number {
	const at = Date.parse(`${day}T00:00:00Z`);
	if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(at)) throw new RangeError(`not a day: ${day}`);
	return at;
}

const fromUtc = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Is this text a day that exists? 2025-02-29 is none. */
export function isDay(text: string): boolean {
	if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
	const at = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(at) && fromUtc(at) === text;
}

/** Is this text a time of day, 00:00 to 23:59? */
export const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** The JST day an instant falls on. */
export const jstDay = (at: Date): string => fromUtc(at.getTime() + jst);

/** The JST time of day of an instant, `HH:MM`. */
export const jstTime = (at: Date): string => new Date(at.getTime() + jst).toISOString().slice(11, 16);

/** The instant of a JST day and time of day. */
export function instantOf(day: string, time = '00:00'): Date {
	if (!isTime(time)) throw new RangeError(`not a time: ${time}`);
	return new Date(asUtc(day) + minutesOf(time) * 60_000 - jst);
}

/** Minutes since midnight of `HH:MM`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The day `n` days later, or earlier when negative. */
export const addDays = (day: string, n: number): string => fromUtc(asUtc(day) + n * oneDay);

/** Days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((asUtc(to) - asUtc(from)) / oneDay);

/** 0 = Sunday … 6 = Saturday. */
export const weekdayOf = (day: string): number => new Date(asUtc(day)).getUTCDay();

export const yearOf = (day: string): number => Number(day.slice(0, 4));
export const monthOf = (day: string): number => Number(day.slice(5, 7));
export const dayOfMonth = (day: string): number => Number(day.slice(8, 10));

/** All days from the first to the last, both included; none when the last lies before the first. */
export function daysFrom(first: string, last: string): string[] {
	const days = [];
	for (let at = asUtc(first), end = asUtc(last); at <= end; at += oneDay) days.push(fromUtc(at));
	return days;
}

/** A month is `YYYY-MM`. Is this text one? */
export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

export const monthOfDay = (day: string): string => day.slice(0, 7);

/** The month `n` months later, or earlier when negative. */
export function addMonths(month: string, n: number): string {
	const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + n;
	return `${pad(Math.floor(months / 12), 4)}-${pad((months % 12) + 1)}`;
}

export const firstOfMonth = (month: string): string => `${month}-01`;
export const lastOfMonth = (month: string): string => addDays(firstOfMonth(addMonths(month, 1)), -1);

/** The weeks a month sheet shows: rows of seven days from Sunday on (or `startsOn`), filled up with days of the neighbouring months. */
export function monthGrid(month: string, startsOn = 0): string[][] {
	const first = firstOfMonth(month);
	let at = addDays(first, -((weekdayOf(first) - startsOn + 7) % 7));
	const weeks: string[][] = [];
	for (const last = lastOfMonth(month); at <= last; at = addDays(at, 7)) weeks.push(daysFrom(at, addDays(at, 6)));
	return weeks;
}
