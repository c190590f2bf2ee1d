/** The record that a child ran in as it is filled in on a phone, in a hurry and without network. Pure. */
import { isDay, isTime, instantOf, jstDay, jstTime } from '#lib/calendar/day.ts';
import { foldDigits } from '#lib/calendar/typed.ts';
import {
	contacts,
	grades,
	happenings,
	runInPayload,
	takers,
	traits,
	type Contact,
	type Grade,
	type Happening,
	type RunInPayload,
	type Taker,
	type Trait
} from './runIn.ts';

/** What the form holds, as typed. */
export type RunInDraft = {
	on: string;
	time: string;
	where: string;
	/** On the plate of the home it happened at; absent in drafts of an older build. */
	number?: string;
	happened: Happening[];
	suspect: Trait[];
	description: string;
	grade: Grade;
	children: string;
	words: string;
	/** The time is that of the moment in which it was ticked. */
	called: { kind: Contact; on: string; time: string }[];
	handed?: { to: Taker; on: string; time: string };
};

export const blankRunIn = (now: Date): RunInDraft => ({
	on: jstDay(now),
	time: jstTime(now),
	where: '',
	number: '',
	happened: [],
	suspect: [],
	description: '',
	grade: 'unknown',
	children: '1',
	words: '',
	called: []
});

/** In the list or out of it. */
export const toggled = <T>(list: readonly T[], one: T): T[] =>
	list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

/** Somebody was called just now; or was not, after all. */
export const calledNow = (draft: RunInDraft, kind: Contact, now: Date): RunInDraft['called'] =>
	draft.called.some((one) => one.kind === kind)
		? draft.called.filter((one) => one.kind !== kind)
		: [...draft.called, { kind, on: jstDay(now), time: jstTime(now) }];

/** The child went with somebody just now. */
export const handedNow = (to: Taker, now: Date): NonNullable<RunInDraft['handed']> => ({
	to,
	on: jstDay(now),
	time: jstTime(now)
});

/** A phone's clock may run behind the one on the wall. */
const SLACK = 15 * 60_000;

/** The payload of what was typed, or the key of a sentence by field. */
export function toldOf(draft: RunInDraft, now: Date): { payload: RunInPayload } | { errors: Record<string, string> } {
	const errors: Record<string, string> = {};
	const { on, time, children, number: plate = '', ...rest } = draft;
	if (draft.happened.length === 0) errors['happened'] = 'error_runin_what';
	if (!isDay(on)) errors['on'] = 'error_day';
	if (!isTime(time)) errors['time'] = 'error_time';
	else if (isDay(on) && instantOf(on, time).getTime() > now.getTime() + SLACK) errors['time'] = 'error_runin_ahead';
	const count = Number(foldDigits(children) || NaN);
	if (!Number.isInteger(count) || count < 1 || count > 50) errors['children'] = 'error_number';
	const number = plate.trim() === '' ? undefined : Number(foldDigits(plate) || NaN);
	if (number !== undefined && !(Number.isInteger(number) && number > 0 && number < 1_000_000))
		errors['number'] = 'error_number';
	if (Object.keys(errors).length > 0) return { errors };
	const read = runInPayload.safeParse({ ...rest, on, time, children: count, ...(number !== undefined && { number }) });
	if (read.success) return { payload: read.data };
	return { errors: Object.fromEntries(read.error.issues.map(({ path }) => [String(path[0]), 'error_too_long'])) };
}

type Sent = Record<string, string | string[] | undefined>;
const chosenOf = <T extends string>(codes: readonly T[], sent: string | string[] | undefined): T[] =>
	codes.filter((one) => [sent ?? []].flat().includes(one));

/** The form as a page without a script sends it, or sent it before. Calls and the hand-over were made by now. */
export function draftSent(sent: Sent, now: Date): RunInDraft {
	const blank = blankRunIn(now);
	const text = (box: string, usual = '') => (typeof sent[box] === 'string' ? sent[box] : usual);
	const [to] = chosenOf(takers, sent['handed']);
	return {
		on: text('on', blank.on),
		time: text('time', blank.time),
		where: text('where'),
		number: text('number'),
		happened: chosenOf(happenings, sent['happened']),
		suspect: chosenOf(traits, sent['suspect']),
		description: text('description'),
		grade: chosenOf(grades, sent['grade'])[0] ?? blank.grade,
		children: text('children', blank.children),
		words: text('words'),
		called: chosenOf(contacts, sent['called']).map((kind) => ({ kind, on: blank.on, time: blank.time })),
		...(to && { handed: handedNow(to, now) })
	};
}
