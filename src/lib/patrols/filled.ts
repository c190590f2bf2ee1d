/** From what stands in the boxes to the log that travels, and back when a log is to be corrected. Pure. */
import { addDays, instantOf, isDay, isTime, jstTime } from '#lib/calendar/day.ts';
import { foldDigits } from '#lib/calendar/typed.ts';
import type { PackBody } from '#lib/watches/pack.ts';
import { blankCar, type Draft } from './draft.ts';
import { logPayload, type LogPayload } from './log.ts';

/** A box that keeps the log from being what it says. Word keys by field; everything merely odd is asked, not refused. */
export type DraftErrors = Partial<Record<string, string>>;

/** `7:30`, `0730` and full-width digits are times, too. Empty stays empty; anything else is undefined. */
export function timeOf(text: string): string | undefined {
	const folded = foldDigits(text)
		.replace(/^(\d?\d)(\d\d)$/, '$1:$2')
		.replace(/^(\d):/, '0$1:');
	return folded === '' || isTime(folded) ? folded : undefined;
}

function wholeOf(text: string): number | undefined {
	const folded = foldDigits(text);
	return /^\d{1,7}$/.test(folded) ? Number(folded) : undefined;
}

/** Metres of a typed distance in kilometres, to the nearest 100 m; undefined when it is no number. */
export function metresOfKm(text: string): number | undefined {
	const folded = foldDigits(text).replace(',', '.');
	return /^\d{1,4}(\.\d{1,3})?$/.test(folded) ? Math.round(Number(folded) * 10) * 100 : undefined;
}

/** After midnight: an end up to 6 h later counts as the next day's; anything else stays where it was typed and is asked about. */
function instantAfter(start: Date, on: string, time: string): Date {
	const same = instantOf(on, time);
	if (same >= start) return same;
	const next = instantOf(addDays(on, 1), time);
	return next.getTime() - start.getTime() <= 6 * 3_600_000 ? next : same;
}

/** The log this draft says, or what keeps it from being one. */
export function logOf(draft: Draft): { log: LogPayload } | { errors: DraftErrors } {
	const errors: DraftErrors = {};
	const time = (field: 'assembled' | 'departed' | 'finished' | 'dismissed' | 'policeCalled', required = false) => {
		const read = timeOf(draft[field]);
		if (read === undefined) errors[field] = 'error_time';
		else if (required && read === '') errors[field] = 'error_required';
		return read ?? '';
	};
	const times = {
		assembled: time('assembled'),
		departed: time('departed', true),
		finished: time('finished', true),
		dismissed: time('dismissed'),
		policeCalled: time('policeCalled')
	};
	if (!isDay(draft.on)) errors.on = 'error_day';
	const metres = draft.km.trim() === '' ? undefined : metresOfKm(draft.km);
	if (draft.km.trim() !== '' && metres === undefined) errors.km = 'error_number';
	const car = carOf(draft, errors);
	if (Object.keys(errors).length > 0) return { errors };

	const departedAt = instantOf(draft.on, times.departed);
	const later = (text: string) => (text === '' ? undefined : instantAfter(departedAt, draft.on, text).toISOString());
	const log: LogPayload = {
		programme: draft.programme,
		jointly: draft.programme === 'joint' ? draft.jointly : [],
		on: draft.on,
		departedAt: departedAt.toISOString(),
		finishedAt: instantAfter(departedAt, draft.on, times.finished).toISOString(),
		people: [...new Set(draft.people)],
		others: Object.fromEntries(Object.entries(draft.others).filter(([, n]) => n > 0)),
		method: draft.method,
		remarks: draft.remarks.trim(),
		handOver: draft.handOver.trim(),
		findings: draft.findings,
		typed: draft.typed,
		...(draft.shift && { shift: draft.shift }),
		...(times.assembled && { assembledAt: instantOf(draft.on, times.assembled).toISOString() }),
		...(times.dismissed && { dismissedAt: later(times.dismissed) }),
		...(draft.names.length > 0 && { names: draft.names }),
		...(draft.leader && draft.people.includes(draft.leader) && { leader: draft.leader }),
		...(draft.route && { route: draft.route }),
		...(draft.post && { post: draft.post }),
		...(metres !== undefined && { metres, metresFrom: draft.kmFrom ?? 'estimate' }),
		...(draft.weather && { weather: draft.weather }),
		...(times.policeCalled && { policeCalledAt: later(times.policeCalled) }),
		...(car && { car })
	};
	const parsed = logPayload.safeParse(log);
	if (parsed.success) return { log: parsed.data };
	for (const issue of parsed.error.issues) errors[String(issue.path[0] ?? 'form')] ??= issue.message;
	return { errors };
}

/** The city car's half; only where a car was driven. */
function carOf(draft: Draft, errors: DraftErrors): LogPayload['car'] {
	if (draft.method !== 'blueCar' || !draft.car.vehicle) return undefined;
	const { vehicle, odometerStart, odometerEnd, blueLight, announced, cardHolder } = draft.car;
	const dial = (text: string, field: string) => {
		if (text.trim() === '') return {};
		const read = wholeOf(text);
		if (read === undefined) errors[field] = 'error_number';
		return { [field]: read };
	};
	return {
		vehicle,
		blueLight,
		announced,
		cardHolder,
		...dial(odometerStart, 'odometerStart'),
		...dial(odometerEnd, 'odometerEnd')
	};
}

/** A draft that corrects a log which was sent back: everything as it stood, to be changed and sent as a new version. */
export function draftOfLog(log: LogPayload, base: string, body: PackBody, name: string): Draft {
	const clock = (at: string | undefined) => (at ? jstTime(new Date(at)) : '');
	const { car } = log;
	return {
		v: 1,
		phase: 'form',
		typed: log.typed,
		base,
		body,
		programme: log.programme,
		jointly: [...log.jointly],
		...(log.shift && { shift: log.shift }),
		name,
		on: log.on,
		assembled: clock(log.assembledAt),
		departed: clock(log.departedAt),
		finished: clock(log.finishedAt),
		dismissed: clock(log.dismissedAt),
		people: [...log.people],
		names: [...(log.names ?? [])],
		leader: log.leader ?? '',
		others: { ...log.others },
		method: log.method,
		route: log.route ?? '',
		post: log.post ?? '',
		km: log.metres === undefined ? '' : (log.metres / 1000).toFixed(1),
		kmFrom: log.metresFrom,
		weather: log.weather,
		policeCalled: clock(log.policeCalledAt),
		remarks: log.remarks,
		handOver: log.handOver,
		car: car
			? {
					vehicle: car.vehicle,
					odometerStart: car.odometerStart?.toString() ?? '',
					odometerEnd: car.odometerEnd?.toString() ?? '',
					blueLight: car.blueLight,
					announced: car.announced,
					cardHolder: car.cardHolder
				}
			: { ...blankCar },
		findings: log.findings.map((one) => ({ ...one })),
		track: []
	};
}
