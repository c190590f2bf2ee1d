/**
 * A log being written (下書き): what stands in the boxes while somebody walks or types. Plain values, so that it rests in the
 * phone's store as it is and comes back after a killed tab. Pure; `now` is a parameter.
 */
import { jstDay, jstTime } from '#lib/calendar/day.ts';
import { foldDigits } from '#lib/calendar/typed.ts';
import type { Pack, PackBody, PackShift } from '#lib/watches/pack.ts';
import {
	isCityCar,
	programmes,
	type DistanceSource,
	type FindingPayload,
	type Method,
	type OtherKind,
	type Programme,
	type Weather
} from './log.ts';
import type { Fix } from './track.ts';

export type DraftCar = {
	vehicle: string;
	odometerStart: string;
	odometerEnd: string;
	blueLight: boolean;
	announced: boolean;
	cardHolder: boolean;
};

export type Draft = {
	v: 1;
	/** Choosing before setting out, on the way, or filling in. */
	phase: 'ready' | 'walking' | 'form';
	/** Filled in afterwards (あとから入力) rather than while walking. */
	typed: boolean;
	/** The op this one corrects. */
	base?: string;
	body: PackBody;
	programme: Programme;
	jointly: string[];
	shift?: string;
	/** What the shift or the walk is called on screen. */
	name: string;
	on: string;
	/** JST `HH:MM` or empty. */
	assembled: string;
	departed: string;
	finished: string;
	dismissed: string;
	/** When the start button was pressed, for the running clock. Milliseconds. */
	startedAt?: number;
	people: string[];
	names: string[];
	leader: string;
	others: Partial<Record<OtherKind, number>>;
	method: Method;
	route: string;
	post: string;
	km: string;
	kmFrom?: DistanceSource;
	weather?: Weather;
	policeCalled: string;
	remarks: string;
	handOver: string;
	car: DraftCar;
	findings: FindingPayload[];
	/** Points that counted, when the person chose to have the way recorded. */
	track: Fix[];
};

/** A body somebody may record for, and what they may record there. The city's sections drive the cars. */
export const programmesOf = (body: PackBody): Programme[] =>
	programmes.filter((one) => (body.type === 'section') === isCityCar(one) || one === 'joint');

/** A car nobody has filled in. */
export const blankCar: DraftCar = {
	vehicle: '',
	odometerStart: '',
	odometerEnd: '',
	blueLight: false,
	announced: false,
	cardHolder: false
};

/** A new draft without a shift. The person who holds the phone takes part unless they untick themselves. */
export function blankDraft(pack: Pack, body: PackBody, typed: boolean, now: Date): Draft {
	const onRoster = pack.roster.some((one) => one.id === pack.person.id && one.association === body.id);
	const programme = body.type === 'section' ? 'cityCar' : 'volunteerPatrol';
	return {
		v: 1,
		phase: typed ? 'form' : 'ready',
		typed,
		body,
		programme,
		jointly: [],
		name: '',
		on: jstDay(now),
		assembled: '',
		departed: '',
		finished: '',
		dismissed: '',
		people: onRoster ? [pack.person.id] : [],
		names: [],
		leader: '',
		others: {},
		method: isCityCar(programme) ? 'blueCar' : 'foot',
		route: '',
		post: '',
		km: '',
		policeCalled: '',
		remarks: '',
		handOver: '',
		car: { ...blankCar },
		findings: [],
		track: []
	};
}

/** A draft of a shift: everybody signed up is ticked, the route and its length are filled in. */
export function draftOfShift(pack: Pack, shift: PackShift, typed: boolean, now: Date): Draft | undefined {
	const body = pack.bodies.find((one) => one.id === shift.association);
	const programme = programmes.find((one) => one === shift.programme);
	if (!body || !programme) return undefined;
	const draft = blankDraft(pack, body, typed, now);
	const times = typed
		? { departed: jstTime(new Date(shift.startsAt)), finished: jstTime(new Date(shift.endsAt)) }
		: { departed: '', finished: '' };
	return withPlace(
		{
			...draft,
			...times,
			programme,
			shift: shift.id,
			name: shift.name,
			on: typed ? shift.on : draft.on,
			people: [...new Set([...shift.people, ...draft.people])],
			post: shift.post ?? '',
			method: isCityCar(programme) ? 'blueCar' : shift.post ? 'standing' : 'foot'
		},
		pack,
		shift.route ?? ''
	);
}

/** The draft on another route: its length is the distance, unless somebody measured or typed one. */
export function withPlace(draft: Draft, pack: Pack, route: string): Draft {
	const found = pack.routes.find((one) => one.id === route);
	const measured = draft.kmFrom !== undefined && draft.kmFrom !== 'route';
	if (measured) return { ...draft, route };
	if (!found || found.metres === 0) return { ...draft, route, km: '', kmFrom: undefined };
	return { ...draft, route, km: (found.metres / 1000).toFixed(1), kmFrom: 'route' };
}

/** Typing a distance makes it an estimate; emptying the box gives it back to the route. */
export const withTypedKm = (draft: Draft, km: string): Draft => ({
	...draft,
	km,
	kmFrom: km.trim() === '' ? undefined : 'estimate'
});

/** Both ends of the odometer known: the distance is theirs. */
export function withOdometer(draft: Draft, car: DraftCar): Draft {
	const km = Number(foldDigits(car.odometerEnd)) - Number(foldDigits(car.odometerStart));
	const known = car.odometerStart.trim() !== '' && car.odometerEnd.trim() !== '' && km >= 0;
	return known ? { ...draft, car, km: km.toFixed(1), kmFrom: 'odometer' } : { ...draft, car };
}

/** The start button: the clock runs from here. */
export const started = (draft: Draft, now: Date): Draft => ({
	...draft,
	phase: 'walking',
	on: jstDay(now),
	departed: jstTime(now),
	startedAt: now.getTime()
});

/** The stop button: the form opens with everything known filled in. A walked line of 100 m or more gives the distance. */
export function stopped(draft: Draft, walkedMetres: number, now: Date): Draft {
	const form: Draft = { ...draft, phase: 'form', finished: jstTime(now) };
	if (walkedMetres < 100 || draft.method === 'standing') return form;
	return { ...form, km: (walkedMetres / 1000).toFixed(1), kmFrom: 'gps' };
}
