/** Words of the maps of refuge homes. */
import { timeSpan, weekdayWord, type Language } from '#lib/calendar/era.ts';
import type { Direction } from '#lib/map/bearing.ts';
import * as m from '#lib/words/messages.js';
import { spansOf, type Hours } from './hours.ts';
import { kindName } from './kindName.ts';
import type { Pin } from './pin.ts';
import type { Kind } from './kinds.ts';

const signs: Record<Kind, () => string> = {
	home: m.refuge_sign_home,
	shop: m.refuge_sign_shop,
	business: m.refuge_sign_business,
	facility: m.refuge_sign_facility,
	medical: m.refuge_sign_medical
};
/** One sign on a pin. */
export const signOf = (kind: Kind) => signs[kind]();

const directionNames: Record<Direction, () => string> = {
	n: m.refuge_n,
	ne: m.refuge_ne,
	e: m.refuge_e,
	se: m.refuge_se,
	s: m.refuge_s,
	sw: m.refuge_sw,
	w: m.refuge_w,
	nw: m.refuge_nw
};
export const directionName = (direction: Direction) => directionNames[direction]();

/** Monday first, three and more in a row as a span: 月–金, 火・木. */
function daysWords(days: readonly number[], language: Language): string {
	if (days.length === 7) return m.refuge_every_day();
	const places = days.map((day) => (day + 6) % 7).sort((a, b) => a - b);
	const runs: number[][] = [];
	for (const place of places) {
		const run = runs.at(-1);
		if (run?.at(-1) === place - 1) run.push(place);
		else runs.push([place]);
	}
	const word = (place: number) => weekdayWord((place + 1) % 7, language);
	const between = language === 'ja' ? '・' : ', ';
	return runs
		.map((run) => (run.length > 2 ? `${word(run[0]!)}–${word(run.at(-1)!)}` : run.map(word).join(between)))
		.join(between);
}

/** `月–金 14:00–18:00、土 9:00–12:00` */
export const hoursWords = (hours: Hours, language: Language): string =>
	spansOf(hours)
		.map(({ days, from, to }) => `${daysWords(days, language)} ${timeSpan(from, to)}`)
		.join(language === 'ja' ? '、' : '; ');

/** What it is called where it has a name for this audience, else what it is. */
export const pinName = (pin: Pin): string => pin.name ?? kindName(pin.kind);
