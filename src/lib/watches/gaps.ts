/**
 * What is missing on a school route at a time of the week: stretches that are far from every open refuge home. Pure. Which homes are
 * handed in is the audience's matter; nothing here knows of others.
 */
import { weekdayOf } from '#lib/calendar/day.ts';
import { directionOf, type Direction } from '#lib/map/bearing.ts';
import { metresBetween, type Line, type Point } from '#lib/map/length.ts';
import { isNear, partOf, pointAt, uncovered } from '#lib/map/uncovered.ts';
import type { Seen } from '#lib/pockets/audience.ts';
import { isOpenThrough } from '#lib/pockets/hours.ts';
import type { WeekdayTimes } from './weeklyRule.ts';

/** How near a refuge home is to be, in metres, where the municipality has set nothing. */
export const GAP_METRES = 200;

/**
 * Shorter stretches are not named, in metres. A route drawn by hand and the point of a house are no more exact than this, and
 * nobody finds a host on twenty metres of street.
 */
export const SHORTEST = 20;
/** A name farther away than this tells nobody the way, in metres. */
export const FAR = 300;

/** 登校 and 下校. */
export const halves = ['morning', 'afternoon'] as const;
export type Half = (typeof halves)[number];

/** Usual times of the two, where no weekly rule says otherwise. */
const usual: Record<Half, Span> = {
	morning: { from: '07:30', to: '08:30' },
	afternoon: { from: '14:30', to: '16:00' }
};
export type Span = { from: string; to: string };

/** Which way to or from school a watch is for, by its beginning; one in the evening for neither. */
export const halfOf = (from: string): Half | undefined =>
	from < '12:00' ? 'morning' : from < '18:00' ? 'afternoon' : undefined;

/** What stands in the address: `?route=…&weekday=4&half=afternoon&homes=public`. */
export type Question = {
	route: string;
	weekday: number;
	half: Half;
	/** For a paper that goes from hand to hand: counted with what anybody may see. */
	publicOnly: boolean;
};

/** The question of an address; a weekday of school where none is named: today's, or Monday's. */
export function questionIn(query: URLSearchParams, today: string): Question {
	const asked = query.get('weekday') ?? '';
	const now = weekdayOf(today);
	return {
		route: query.get('route') ?? '',
		weekday: /^[0-6]$/.test(asked) ? Number(asked) : now % 6 === 0 ? 1 : now,
		half: halves.find((half) => half === query.get('half')) ?? 'afternoon',
		publicOnly: query.get('homes') === 'public'
	};
}

/** What the weekly rules say about one way of a weekday. */
export const spansOf = (rules: readonly { times: WeekdayTimes }[], weekday: number, half: Half): Span[] =>
	rules.flatMap(({ times }) => {
		const span = times[String(weekday) as keyof WeekdayTimes];
		return span && halfOf(span.from) === half ? [span] : [];
	});

/** From when to when a refuge is needed: as long as somebody watches there; where nobody does, at the usual times. */
export function wholeOf(spans: readonly Span[], half: Half): Span {
	const from = spans.map((one) => one.from).sort()[0];
	const to = spans
		.map((one) => one.to)
		.sort()
		.at(-1);
	return from && to ? { from, to } : usual[half];
}

/** Something whose name tells the way: a post, a sign over a door. */
export type Landmark = { name: string; at: Point };

/** A stretch without an open refuge home near it. `from` and `to`: whole metres from where the route begins. */
export type Stretch = {
	from: number;
	to: number;
	metres: number;
	line: Line;
	middle: Point;
	/** 町丁目 of the refuge home that is nearest to the middle, open or not. */
	town: string | undefined;
	landmark: { name: string; metres: number; direction: Direction } | undefined;
	/** So many refuge homes are near it, and nobody is there then. */
	shut: number;
};

/** The first by distance from a spot; of two as near the one that comes first by its name, so that the order handed in says nothing. */
function nearest<T>(spot: Point, things: readonly T[], of: (thing: T) => { at: Point; name: string }) {
	let found: { thing: T; metres: number; name: string } | undefined;
	for (const thing of things) {
		const { at, name } = of(thing);
		const metres = metresBetween(spot, at);
		if (!found || metres < found.metres || (metres === found.metres && name < found.name))
			found = { thing, metres, name };
	}
	return found;
}

const pointOf = ({ lat, lng }: Seen): Point => [lat, lng];

/** The stretches of a route farther than `metres` from every home that is open all that time, as one walks it. */
export function stretchesOf(
	route: readonly Point[],
	seen: readonly Seen[],
	at: Span & { weekday: number },
	{ metres = GAP_METRES, landmarks = [] }: { metres?: number; landmarks?: readonly Landmark[] } = {}
): Stretch[] {
	const isOpen = ({ hours }: Seen) => isOpenThrough(hours, at.weekday, at.from, at.to);
	const open = seen.filter(isOpen).map(pointOf);
	const shut = seen.filter((one) => !isOpen(one));
	return uncovered(route, open, metres)
		.filter(({ from, to }) => to - from >= SHORTEST)
		.map((part) => {
			const line = partOf(route, part);
			const middle = pointAt(route, (part.from + part.to) / 2)!;
			const sign = nearest(middle, landmarks, (one) => one);
			const [from, to] = [Math.round(part.from), Math.round(part.to)];
			return {
				from,
				to,
				metres: to - from,
				line,
				middle,
				town: nearest(middle, seen, (one) => ({ at: pointOf(one), name: one.town }))?.thing.town,
				landmark:
					sign && sign.metres <= FAR
						? { name: sign.name, metres: sign.metres, direction: directionOf(sign.thing.at, middle) }
						: undefined,
				shut: shut.filter((one) => isNear(line, pointOf(one), metres)).length
			};
		});
}
