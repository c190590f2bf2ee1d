/**
 * The log of a patrol (日誌): its shape as it travels, and the questions asked of it. Pure: runs in page, worker, server and test.
 * `payload` of the op `patrol.submit` (kv 1) is exactly `logPayload`, that of `finding.report` exactly `findingPayload`.
 */
import * as z from 'zod/mini';
import { jstDay } from '#lib/calendar/day.ts';
import { isCityCar, programmes, type Programme } from '#lib/watches/programme.ts';

export { isCityCar, programmes, type Programme };

/** 徒歩 / 自転車 / 青パト / 立哨 */
export const methods = ['foot', 'bicycle', 'blueCar', 'standing'] as const;
export type Method = (typeof methods)[number];

/** Where the kilometres come from: the route's length, the odometer, the walked line, or somebody's estimate. */
export const distanceSources = ['route', 'odometer', 'gps', 'estimate'] as const;
export type DistanceSource = (typeof distanceSources)[number];

export const weathers = ['fine', 'cloudy', 'rain', 'snow', 'wind', 'heat'] as const;
export type Weather = (typeof weathers)[number];

/** People who came along without being on the roster, counted by kind. */
export const otherKinds = ['children', 'parents', 'residents', 'school', 'fireBrigade', 'police', 'cityStaff'] as const;
export type OtherKind = (typeof otherKinds)[number];

/** 街路灯切れ, カメラ不具合, カーブミラー・道路損傷, 植栽, 不法投棄, 放置自転車, 落書き, 空き家, その他 */
export const findingKinds = [
	'streetLamp',
	'camera',
	'road',
	'plants',
	'dumping',
	'bicycles',
	'graffiti',
	'vacantHouse',
	'other'
] as const;
export type FindingKind = (typeof findingKinds)[number];

const id = z.string().check(z.uuid('error_input'));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'error_input'));
const instant = z.iso.datetime({ offset: true, error: 'error_input' });
const whole = (max: number) => z.int('error_input').check(z.gte(0, 'error_input'), z.lte(max, 'error_input'));
const words = (max: number) => z.string('error_input').check(z.maxLength(max, 'error_too_long'));

/** Something noticed on the way; a place in words, on the map, or both. */
export const findingPayload = z.strictObject({
	/** Made on the phone, so that an amended log names the same finding. */
	id,
	kind: z.enum(findingKinds, 'error_input'),
	/** Number on the plate of the lamp post (街路灯切れ). */
	lamp: z.optional(words(40)),
	place: words(200),
	lat: z.optional(z.number('error_input').check(z.gte(-90, 'error_input'), z.lte(90, 'error_input'))),
	lng: z.optional(z.number('error_input').check(z.gte(-180, 'error_input'), z.lte(180, 'error_input'))),
	note: words(1000),
	/** SHA-256 of the photo, which travels by itself. */
	photo: z.optional(sha256)
});
export type FindingPayload = z.output<typeof findingPayload>;

/** The city car's half of a log. Odometer in whole kilometres, as the dial shows it. */
export const carPayload = z.strictObject({
	vehicle: id,
	odometerStart: z.optional(whole(9_999_999)),
	odometerEnd: z.optional(whole(9_999_999)),
	blueLight: z.boolean('error_input'),
	/** 広報 done by loudspeaker. */
	announced: z.boolean('error_input'),
	/** A holder of the 青パト card was aboard. */
	cardHolder: z.boolean('error_input')
});

/** A log as it travels from the phone, or from the leader's desk. Typed dates and times never shift: JST made into instants once. */
export const logPayload = z.strictObject({
	programme: z.enum(programmes, 'error_input'),
	/** Other bodies of a joint patrol; the op's own body is not repeated here. */
	jointly: z.array(id).check(z.maxLength(10, 'error_input')),
	shift: z.optional(id),
	/** JST day it counts on: the day it set out. */
	on: z.iso.date('error_input'),
	assembledAt: z.optional(instant),
	departedAt: instant,
	finishedAt: instant,
	dismissedAt: z.optional(instant),
	/** Person ids of the roster. */
	people: z.array(id).check(z.maxLength(100, 'error_input')),
	/** Names of people who are not on the roster, as they were said: a paper log knows no ids. */
	names: z.optional(
		z
			.array(z.string('error_input').check(z.minLength(1, 'error_required'), z.maxLength(60, 'error_too_long')))
			.check(z.maxLength(30, 'error_input'))
	),
	leader: z.optional(id),
	others: z.partialRecord(z.enum(otherKinds), whole(999)),
	method: z.enum(methods, 'error_input'),
	route: z.optional(id),
	post: z.optional(id),
	/** Whole metres; shown as kilometres with one decimal. Absent for a standing watch. */
	metres: z.optional(whole(1_000_000)),
	metresFrom: z.optional(z.enum(distanceSources, 'error_input')),
	weather: z.optional(z.enum(weathers, 'error_input')),
	/** When 110 was called, if it was. */
	policeCalledAt: z.optional(instant),
	remarks: words(2000),
	/** 申し送り for whoever comes next. */
	handOver: words(1000),
	car: z.optional(carPayload),
	findings: z.array(findingPayload).check(z.maxLength(8, 'error_input')),
	/** SHA-256 of the walked line (GeoJSON LineString), which travels by itself and is deleted after 90 days. */
	track: z.optional(sha256),
	/** Filled in afterwards rather than while walking. */
	typed: z.boolean('error_input')
});
export type LogPayload = z.output<typeof logPayload>;

/** `patrol.amend` (kv 1): the whole log as it should have been. `base` of the op names the log. A confirmed log asks for the reason. */
export const amendPayload = z.extend(logPayload, { reason: z.optional(words(300)) });
export type AmendPayload = z.output<typeof amendPayload>;
/** `patrol.withdraw` (kv 1): `base` of the op names the log. */
export const withdrawPayload = z.strictObject({ reason: words(300) });
export type WithdrawPayload = z.output<typeof withdrawPayload>;

/**
 * A log whose times a phone took from a clock that was `behind` by so many milliseconds, by the right clock. What somebody typed
 * stays: they looked at another clock, not at the phone.
 */
export function byRightClock(log: LogPayload, behind: number): LogPayload {
	if (log.typed || behind === 0) return log;
	const moved = (text: string) => new Date(Date.parse(text) + behind).toISOString();
	const departedAt = moved(log.departedAt);
	return {
		...log,
		on: jstDay(new Date(departedAt)),
		departedAt,
		finishedAt: moved(log.finishedAt),
		...(log.assembledAt && { assembledAt: moved(log.assembledAt) }),
		...(log.dismissedAt && { dismissedAt: moved(log.dismissedAt) }),
		...(log.policeCalledAt && { policeCalledAt: moved(log.policeCalledAt) })
	};
}

/** Everybody counted once: 延べ人数 of this log. */
export function headcount(log: Pick<LogPayload, 'people' | 'names' | 'others'>): number {
	const others = Object.values(log.others).reduce((sum, n) => sum + (n ?? 0), 0);
	return new Set(log.people).size + (log.names?.length ?? 0) + others;
}

/** Minutes from setting out to finishing; negative when the times are the wrong way round. */
export function minutesOf(log: Pick<LogPayload, 'departedAt' | 'finishedAt'>): number {
	return Math.round((Date.parse(log.finishedAt) - Date.parse(log.departedAt)) / 60_000);
}

/** Kilometres as they are printed: one decimal. */
export const kmOf = (metres: number) => (Math.round(metres / 100) / 10).toFixed(1);

/** Things that look odd. They ask, they never block: the street knows better than the form. */
export const oddities = [
	'alone',
	'nobody',
	'noDistance',
	'longDistance',
	'endBeforeStart',
	'tooLong',
	'future',
	'odometerBackwards'
] as const;
export type Oddity = (typeof oddities)[number];

/** How far a clock may be ahead before a time counts as lying in the future. */
const clockTolerance = 5 * 60_000;

/** What looks odd about this log at this moment, in the order a person should read it. */
export function odditiesOf(log: LogPayload, now: Date): Oddity[] {
	const found: Oddity[] = [];
	const heads = headcount(log);
	if (heads === 0) found.push('nobody');
	if (heads === 1) found.push('alone');
	const minutes = minutesOf(log);
	if (minutes < 0) found.push('endBeforeStart');
	if (minutes > 6 * 60) found.push('tooLong');
	const latest = Math.max(Date.parse(log.departedAt), Date.parse(log.finishedAt));
	if (latest > now.getTime() + clockTolerance) found.push('future');
	if (log.method !== 'standing' && !log.metres) found.push('noDistance');
	if ((log.metres ?? 0) > 100_000) found.push('longDistance');
	const { odometerStart, odometerEnd } = log.car ?? {};
	if (odometerStart !== undefined && odometerEnd !== undefined && odometerEnd < odometerStart)
		found.push('odometerBackwards');
	return found;
}
