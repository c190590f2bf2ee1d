/** The words for what stands in a log: one place for the phone, the leader's desk and the printed sheet. Static calls, so unused ones fall away. */
import * as m from '#lib/words/messages.js';
import type { DistanceSource, FindingKind, Method, Oddity, OtherKind, Weather } from './log.ts';

export { programmeName } from './programmeName.ts';

type Words<K extends string> = Record<K, () => string>;

const methodWords: Words<Method> = {
	foot: () => m.log_method_foot(),
	bicycle: () => m.log_method_bicycle(),
	blueCar: () => m.log_method_blueCar(),
	standing: () => m.log_method_standing()
};

const weatherWords: Words<Weather> = {
	fine: () => m.log_weather_fine(),
	cloudy: () => m.log_weather_cloudy(),
	rain: () => m.log_weather_rain(),
	snow: () => m.log_weather_snow(),
	wind: () => m.log_weather_wind(),
	heat: () => m.log_weather_heat()
};

const fromWords: Words<DistanceSource> = {
	route: () => m.log_from_route(),
	odometer: () => m.log_from_odometer(),
	gps: () => m.log_from_gps(),
	estimate: () => m.log_from_estimate()
};

const otherWords: Words<OtherKind> = {
	children: () => m.log_other_children(),
	parents: () => m.log_other_parents(),
	residents: () => m.log_other_residents(),
	school: () => m.log_other_school(),
	fireBrigade: () => m.log_other_fireBrigade(),
	police: () => m.log_other_police(),
	cityStaff: () => m.log_other_cityStaff()
};

const findingWords: Words<FindingKind> = {
	streetLamp: () => m.log_finding_streetLamp(),
	camera: () => m.log_finding_camera(),
	road: () => m.log_finding_road(),
	plants: () => m.log_finding_plants(),
	dumping: () => m.log_finding_dumping(),
	bicycles: () => m.log_finding_bicycles(),
	graffiti: () => m.log_finding_graffiti(),
	vacantHouse: () => m.log_finding_vacantHouse(),
	other: () => m.log_finding_other()
};

const oddWords: Words<Oddity> = {
	alone: () => m.log_odd_alone(),
	nobody: () => m.log_odd_nobody(),
	noDistance: () => m.log_odd_noDistance(),
	longDistance: () => m.log_odd_longDistance(),
	endBeforeStart: () => m.log_odd_endBeforeStart(),
	tooLong: () => m.log_odd_tooLong(),
	future: () => m.log_odd_future(),
	odometerBackwards: () => m.log_odd_odometerBackwards()
};

/** 徒歩 / 自転車 / 青パト / 立哨. */
export const methodName = (one: Method): string => methodWords[one]();
export const weatherName = (one: Weather): string => weatherWords[one]();
/** Where the kilometres come from. */
export const distanceSourceName = (one: DistanceSource): string => fromWords[one]();
export const otherKindName = (one: OtherKind): string => otherWords[one]();
export const findingKindName = (one: FindingKind): string => findingWords[one]();
/** What looks odd, as a sentence. */
export const oddityWords = (one: Oddity): string => oddWords[one]();
