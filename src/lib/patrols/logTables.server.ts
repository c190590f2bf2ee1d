/**
 * What was walked. A log is an identity; what it says stands in its versions, one per correction, none ever changed.
 * Whether a log waits, came back, counts or not is read from the rows beside it, never from a column of its own.
 */
import { sql } from 'drizzle-orm';
import {
	code,
	codeOrNone,
	count,
	countOrNone,
	day,
	flag,
	id,
	index,
	instant,
	instantOrNone,
	primaryKey,
	ref,
	refOrNone,
	table,
	text,
	textOrNone,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { association, ofMunicipality, person, section } from '#lib/people/tables.server.ts';
import { place, shift } from '#lib/watches/tables.server.ts';
import { vehicle } from './vehicleTables.server.ts';
import { distanceSources, methods, otherKinds, programmes, weathers } from './log.ts';

/** One walk that was recorded. Its id is the id of the op that brought it, so a second arrival finds the first. */
export const log = table(
	'log',
	{
		id: id(),
		municipality: ofMunicipality(),
		/** On whose behalf: exactly one of the two. */
		association: refOrNone(() => association.id),
		section: refOrNone(() => section.id),
		/** Who recorded it: the author of the op, or who typed the paper log in. */
		author: ref(() => person.id),
		/** Typed in for others (代理入力) from paper. */
		forOthers: flag(),
		/** Number of its latest version. Raised by one with each, in the WHERE of two people correcting at once. */
		latest: count(),
		createdAt: instant()
	},
	(t) => [index('log_by_author').on(t.author)]
);

/** What a log says, as of one correction. Append-only. */
export const logVersion = table(
	'log_version',
	{
		id: id(),
		municipality: ofMunicipality(),
		log: ref(() => log.id),
		/** 1 as it arrived, then one more per correction. */
		number: count(),
		/** Why it was corrected; null for the first. */
		reason: textOrNone(),
		by: ref(() => person.id),
		at: instant(),
		programme: code(programmes),
		shift: refOrNone(() => shift.id),
		/** The JST day it set out, and the fiscal year of that day. */
		onDay: day(),
		fiscalYear: count(),
		assembledAt: instantOrNone(),
		departedAt: instant(),
		finishedAt: instant(),
		dismissedAt: instantOrNone(),
		leader: refOrNone(() => person.id),
		method: code(methods),
		/** The route walked or the post stood at. */
		place: refOrNone(() => place.id),
		/** Null for a standing watch. */
		metres: countOrNone(),
		metresFrom: codeOrNone(distanceSources),
		weather: codeOrNone(weathers),
		policeCalledAt: instantOrNone(),
		remarks: text(),
		handOver: text(),
		track: textOrNone(),
		/** Filled in afterwards rather than while walking. */
		typed: flag(),
		/** The phone's clock was not to be trusted: whoever confirms looks at the date. */
		clockDoubt: flag(),
		/** 延べ人数: everybody who walked, counted when the version was written. */
		headcount: count(),
		vehicle: refOrNone(() => vehicle.id),
		odometerStart: countOrNone(),
		odometerEnd: countOrNone(),
		blueLight: flag(),
		announced: flag(),
		cardHolder: flag()
	},
	(t) => [
		uniqueIndex('log_version_once').on(t.log, t.number),
		// The logs of a body by their day or year, without a look at the long rows.
		index('log_version_walked').on(t.id, t.onDay, t.log, t.number, t.headcount, t.municipality, t.fiscalYear),
		index('log_version_by_time').on(t.municipality, t.departedAt, t.log),
		// All that is added up over a year, in the order in which the rows behind a figure are listed.
		index('log_version_by_year').on(
			...([t.municipality, t.fiscalYear, t.programme, t.departedAt, t.log] as const),
			...([t.id, t.number, t.headcount, t.metres, t.announced] as const)
		),
		index('log_version_by_shift').on(t.shift),
		index('log_version_by_vehicle').on(t.vehicle)
	]
);

/** The bodies that walked. A joint patrol names several: counted once for the city, once for each. */
export const logAssociation = table(
	'log_association',
	{ version: ref(() => logVersion.id), association: ref(() => association.id), municipality: ofMunicipality() },
	(t) => [
		primaryKey({ columns: [t.version, t.association] }),
		index('log_association_by_association').on(t.association, t.version)
	]
);

/** People of the roster who walked. */
export const logPerson = table(
	'log_person',
	{ version: ref(() => logVersion.id), person: ref(() => person.id), municipality: ofMunicipality() },
	(t) => [primaryKey({ columns: [t.version, t.person] }), index('log_person_by_person').on(t.person, t.version)]
);

/** People who are on no roster, by the name they gave. */
export const logName = table(
	'log_name',
	{ version: ref(() => logVersion.id), place: count(), name: text(), municipality: ofMunicipality() },
	(t) => [primaryKey({ columns: [t.version, t.place] })]
);

/** Others who came along, counted by kind. */
export const logOthers = table(
	'log_others',
	{ version: ref(() => logVersion.id), kind: code(otherKinds), heads: count(), municipality: ofMunicipality() },
	(t) => [primaryKey({ columns: [t.version, t.kind] })]
);

/** Somebody answerable has looked at this version and it counts. Once per version, whoever presses first. */
export const logConfirmation = table(
	'log_confirmation',
	{
		version: ref(() => logVersion.id).primaryKey(),
		municipality: ofMunicipality(),
		log: ref(() => log.id),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [index('log_confirmation_by_log').on(t.log)]
);

/** A version given back to its author with the reason. A corrected version answers it. */
export const logSendBack = table(
	'log_send_back',
	{
		version: ref(() => logVersion.id).primaryKey(),
		municipality: ofMunicipality(),
		log: ref(() => log.id),
		by: ref(() => person.id),
		at: instant(),
		reason: text()
	},
	(t) => [index('log_send_back_by_log').on(t.log)]
);

/** The log is taken back and counts no more; what it said stays readable. */
export const logWithdrawal = table('log_withdrawal', {
	log: ref(() => log.id).primaryKey(),
	municipality: ofMunicipality(),
	by: ref(() => person.id),
	at: instant(),
	reason: text()
});

/** `log` is the same walk as `into`, recorded twice: only `into` counts. Undone by filling in who and when. */
export const logMerge = table(
	'log_merge',
	{
		id: id(),
		municipality: ofMunicipality(),
		log: ref(() => log.id),
		into: ref(() => log.id),
		by: ref(() => person.id),
		at: instant(),
		undoneBy: refOrNone(() => person.id),
		undoneAt: instantOrNone()
	},
	(t) => [
		uniqueIndex('log_merge_once')
			.on(t.log)
			.where(sql`"undoneAt" is null`),
		index('log_merge_by_into').on(t.into)
	]
);

/** Somebody looked at the pair and found two different walks, so the offer to merge is not made again. */
export const logDistinct = table(
	'log_distinct',
	{
		log: ref(() => log.id),
		other: ref(() => log.id),
		municipality: ofMunicipality(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [primaryKey({ columns: [t.log, t.other] })]
);
