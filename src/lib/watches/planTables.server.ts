/** What is planned: campaigns, places, weekly rules, and the days without a watch. */
import { sql } from 'drizzle-orm';
import {
	code,
	count,
	day,
	dayOrNone,
	flag,
	id,
	index,
	instant,
	json,
	jsonOrNone,
	ref,
	refOrNone,
	table,
	text,
	textOrNone,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { association, ofMunicipality, person, school } from '#lib/people/tables.server.ts';
import type { Line } from '#lib/map/length.ts';
import { placeKinds } from './place.ts';
import { programmes } from './programme.ts';
import type { WeekdayTimes } from './weeklyRule.ts';

/** 運動・推進月間 of one fiscal year, with the greeting people see while it runs. */
export const campaign = table(
	'campaign',
	{
		id: id(),
		municipality: ofMunicipality(),
		name: text(),
		programme: code(programmes),
		fiscalYear: count(),
		/** Months 1–12, within the fiscal year: from April on. */
		fromMonth: count(),
		toMonth: count(),
		greeting: textOrNone(),
		/** The day somebody ended it before its months were over; what was made under its name keeps the name. */
		endedOn: dayOrNone()
	},
	(t) => [uniqueIndex('campaign_once').on(t.municipality, t.fiscalYear, t.name)]
);

/** 立哨地点 (a point) or 巡回コース (a line with its length). */
export const place = table(
	'place',
	{
		id: id(),
		municipality: ofMunicipality(),
		association: ref(() => association.id),
		kind: code(placeKinds),
		name: text(),
		/** 集合場所, in words. */
		meetingSpot: textOrNone(),
		/** One point for a post, two or more for a route; empty where nobody has drawn it yet. */
		line: json<Line>(),
		/** Length of the line; 0 for a post. */
		metres: count(),
		createdAt: instant()
	},
	(t) => [uniqueIndex('place_once').on(t.association, t.name)]
);

/** A place no longer used. What was done there keeps its name. */
export const placeEnding = table('place_ending', {
	place: ref(() => place.id).primaryKey(),
	municipality: ofMunicipality(),
	by: ref(() => person.id),
	at: instant()
});

/** 毎週の決まり: which weekdays, when, where, how many. Shifts are made of it 60 days ahead. */
export const weeklyRule = table(
	'weekly_rule',
	{
		id: id(),
		municipality: ofMunicipality(),
		association: ref(() => association.id),
		programme: code(programmes),
		place: ref(() => place.id),
		campaign: refOrNone(() => campaign.id),
		/** Weekday 0–6 (0 = Sunday) → from, to. Days that are missing have no watch. */
		times: json<WeekdayTimes>(),
		/** 第n週: which weeks of the month, 1–5; null for every week. */
		weeks: jsonOrNone<number[]>(),
		startOn: day(),
		endOn: day(),
		/** Places there are. */
		capacity: count(),
		/** From this many on the shift stands (確定). */
		minimum: count(),
		skipHolidays: flag(),
		/** Skip the closed days of the municipality, and of the school where one is named. */
		skipClosedDays: flag(),
		school: refOrNone(() => school.id),
		createdBy: ref(() => person.id),
		at: instant()
	},
	(t) => [index('weekly_rule_by_association').on(t.association, t.endOn), index('weekly_rule_live').on(t.endOn)]
);

/** 休校日・休業日 of the whole municipality (school null) or of one school (開校記念日). */
export const closedDay = table(
	'closed_day',
	{
		id: id(),
		municipality: ofMunicipality(),
		school: refOrNone(() => school.id),
		onDay: day(),
		reason: text()
	},
	(t) => [
		// Two indexes, because UNIQUE lets NULL stand twice.
		uniqueIndex('closed_day_of_school_once').on(t.school, t.onDay),
		uniqueIndex('closed_day_of_all_once')
			.on(t.municipality, t.onDay)
			.where(sql`school is null`),
		index('closed_day_by_day').on(t.municipality, t.onDay)
	]
);

export type WeeklyRule = typeof weeklyRule.$inferSelect;
export type Campaign = typeof campaign.$inferSelect;
export type Place = typeof place.$inferSelect;
