/**
 * The gap finder: for a route and a time of the week, where no open refuge home is near, and which watches lack people.
 *
 * It is counted with exactly the homes that whoever asks may see anyway, on the own map and on the public one. Were the hidden ones
 * counted, too, the ends of the stretches would lie on circles around them, and two such ends tell a house. The page says that there
 * may be more. The office counts with all of them, and its look is written down; for a paper that is handed around it counts with
 * what anybody may see.
 */
import { and, eq, gt, gte, inArray, isNull, lte } from 'drizzle-orm';
import { addDays, jstDay, weekdayOf } from '#lib/calendar/day.ts';
import { metresOf } from '#lib/map/length.ts';
import { boxAround, isNear } from '#lib/map/uncovered.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { isOpenThrough } from '#lib/pockets/hours.ts';
import { seenAround } from '#lib/pockets/near.server.ts';
import { noteLook } from '#lib/pockets/views.server.ts';
import { among } from '#lib/server/db/among.ts';
import { db, transaction, type Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { FAR, GAP_METRES, halfOf, spansOf, stretchesOf, wholeOf, type Half, type Question } from './gaps.ts';
import { placesOf } from './places.server.ts';
import { seatsTaken } from './reads.server.ts';
import { place, shift, shiftCancelling, weeklyRule } from './tables.server.ts';

/** Watches of so many weeks are looked at. */
const WEEKS = 4;
/** A list somebody acts on is short. */
const NAMED = 8;

type Places = Awaited<ReturnType<typeof placesOf>>;

/** The next such weekdays, from today on. */
function daysAhead(weekday: number, today: string): string[] {
	const first = addDays(today, (weekday - weekdayOf(today) + 7) % 7);
	return Array.from({ length: WEEKS }, (_, week) => addDays(first, week * 7));
}

/** The weekly rules of these places that hold within the next weeks. */
const rulesAt = (reader: Reader, places: readonly string[], days: readonly string[]) =>
	reader
		.select({ times: weeklyRule.times })
		.from(weeklyRule)
		.where(
			and(
				among(weeklyRule.place, places),
				gte(weeklyRule.endOn, days[0]!),
				lte(weeklyRule.startOn, days[days.length - 1]!)
			)
		);

/** The coming watches at these places on these days, for this way of the school day; not those called off. */
async function watchesAt(
	reader: Reader,
	municipality: string,
	places: readonly string[],
	when: { days: string[]; half: Half; now: Date }
) {
	const found = await reader
		.select({
			id: shift.id,
			onDay: shift.onDay,
			from: shift.from,
			to: shift.to,
			programme: shift.programme,
			place: place.name,
			minimum: shift.minimum,
			joined: seatsTaken
		})
		.from(shift)
		.innerJoin(place, eq(place.id, shift.place))
		.leftJoin(shiftCancelling, eq(shiftCancelling.shift, shift.id))
		.where(
			and(
				eq(shift.municipality, municipality),
				inArray(shift.onDay, when.days),
				among(shift.place, places),
				gt(shift.endsAt, when.now),
				isNull(shiftCancelling.shift)
			)
		)
		.orderBy(shift.onDay, shift.from, shift.id);
	return found.filter((one) => halfOf(one.from) === when.half);
}

/** The route asked for, if it is one of these; the only one where none is named. */
function chosenOf(routes: Places, asked: string) {
	const route = asked ? routes.find((one) => one.id === asked) : routes.length === 1 ? routes[0] : undefined;
	if (asked && !route) throw new NotFound('place');
	return route;
}

async function missingOn(reader: Reader, actor: Actor, route: Places[number], all: Places, asked: Question, now: Date) {
	const { settings } = await settingsOf(reader, actor.municipality);
	const metres = settings.gapMetres ?? GAP_METRES;
	const posts = all.filter(({ kind, line }) => kind === 'post' && line[0] && isNear(route.line, line[0], metres));
	const places = [route.id, ...posts.map(({ id }) => id)];
	const days = daysAhead(asked.weekday, jstDay(now));
	const planned = spansOf(await rulesAt(reader, places, days), asked.weekday, asked.half);
	const span = { weekday: asked.weekday, ...wholeOf(planned, asked.half) };
	const around = await seenAround(reader, actor, boxAround(route.line, metres + FAR), asked.publicOnly);
	const unconfirmedOut = settings.leaveOutUnconfirmed ?? false;
	const seen = around.seen.filter((one) => !unconfirmedOut || one.confirmed !== false);
	const landmarks = [...posts.map(({ name, line }) => ({ name, at: line[0]! })), ...around.signs];
	const watches = await watchesAt(reader, actor.municipality, places, { days, half: asked.half, now });
	return {
		route: { id: route.id, name: route.name, line: route.line, metres: metresOf(route.line) },
		span,
		metres,
		unconfirmedOut,
		audience: around.audience,
		seen: around.seen.length,
		open: seen.filter(
			({ hours, lat, lng }) =>
				isOpenThrough(hours, span.weekday, span.from, span.to) && isNear(route.line, [lat, lng], metres)
		).length,
		stretches: stretchesOf(route.line, seen, span, { metres, landmarks }),
		watches: watches.length,
		lacking: watches.filter((one) => one.joined < one.minimum).slice(0, NAMED),
		/** Nobody has planned anything for this time of the week. */
		unplanned: watches.length === 0 && planned.length === 0
	};
}

export type Missing = Awaited<ReturnType<typeof missingOn>>;

/** The routes that may be asked about, and what is missing on the one that is. A look of the office at all homes is written down. */
export async function gapsFor(actor: Actor, asked: Question, now: Date) {
	const all = await placesOf(db, actor, 'gap.see');
	const routes = all.filter(({ kind, line }) => kind === 'route' && line.length > 1);
	const route = chosenOf(routes, asked.route);
	const missing = route && (await missingOn(db, actor, route, all, asked, now));
	if (missing?.audience === 'office') await transaction((tx) => noteLook(tx, actor, 'gaps', missing.seen));
	return {
		routes: routes.map(({ id, name, associationName }) => ({ id, name, body: associationName })),
		asked: { ...asked, route: route?.id ?? '' },
		missing
	};
}
