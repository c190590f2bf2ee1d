/** A refuge home on a map and in the list beside it, and what both are narrowed to. Pure: runs in page and server. */
import { jstDay, jstTime, weekdayOf } from '#lib/calendar/day.ts';
import type { Area, Seen } from './audience.ts';
import type { PublicFeature } from './geojson.ts';
import { isOpen } from './hours.ts';
import { kinds, type Kind } from './kinds.ts';

/** What an audience sees of a home; the school by its name. Only the office has the id, which leads to the register. */
export type Pin = Omit<Seen, 'id' | 'school'> & { school: string; id?: string };

export const pinOf = ({ id: _, school, ...seen }: Seen, schools: ReadonlyMap<string, string>): Pin => ({
	...seen,
	school: schools.get(school) ?? ''
});

/** What stands in the public answer. */
export const pinOfFeature = ({ geometry, properties }: PublicFeature): Pin => ({
	...properties,
	lat: geometry.coordinates[1],
	lng: geometry.coordinates[0]
});

/** Stands in the address: `?kind=shop&open=1&school=…`. Whatever else it says is left alone. */
export type PinFilter = { kind: Kind | ''; open: boolean; school: string };

export const filterIn = (query: URLSearchParams): PinFilter => ({
	kind: kinds.find((kind) => kind === query.get('kind')) ?? '',
	open: query.get('open') === '1',
	school: query.get('school') ?? ''
});

export const queryOf = ({ kind, open, school }: PinFilter): string =>
	new URLSearchParams([
		...(kind ? [['kind', kind]] : []),
		...(school ? [['school', school]] : []),
		...(open ? [['open', '1']] : [])
	]).toString();

/** A moment as opening hours ask for it. */
export type Moment = { weekday: number; time: string };
export const momentOf = (at: Date): Moment => ({ weekday: weekdayOf(jstDay(at)), time: jstTime(at) });

/** By town and number, as the list shows them. */
export const inOrder = (pins: readonly Pin[]): Pin[] =>
	pins.toSorted((a, b) => (a.town === b.town ? a.number - b.number : a.town < b.town ? -1 : 1));

/** Those the filter lets through, in the order they had. */
export const narrowed = (pins: readonly Pin[], { kind, open, school }: PinFilter, now: Moment): Pin[] =>
	pins.filter(
		(pin) =>
			(!kind || pin.kind === kind) &&
			(!school || pin.school === school) &&
			(!open || isOpen(pin.hours, now.weekday, now.time))
	);

/** So many of the list at once: a cheap phone draws no more than somebody reads. */
export const PAGE = 30;
/** Where the part of the list begins that is asked for without a script. */
export const startIn = (query: URLSearchParams): number => {
	const from = Number(query.get('from'));
	return Number.isSafeInteger(from) && from > 0 ? from : 0;
};

/** Numbers of the same town in one: who sees two districts may have a town in both. */
export function joined(areas: readonly Area[]): Area[] {
	const sums = new Map<string, number>();
	for (const { town, count } of areas) sums.set(town, (sums.get(town) ?? 0) + count);
	return [...sums].map(([town, count]) => ({ town, count })).sort((a, b) => (a.town < b.town ? -1 : 1));
}
