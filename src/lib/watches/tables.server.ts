/** When and where people watch: campaigns, places, weekly rules and the shifts that come of them, who takes which seat. */
import { sql } from 'drizzle-orm';
import {
	clock,
	code,
	count,
	day,
	dayOrNone,
	flag,
	id,
	index,
	instant,
	instantOrNone,
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
import { noticeKinds } from './notice.ts';
import { placeKinds } from './place.ts';
import { programmes } from './programme.ts';
import { attendanceResults, cancelReasons, leaveReasons, signUpKinds } from './shift.ts';
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

/** 当番の枠: one watch on one day. Once somebody joined it is never moved or deleted, only cancelled. */
export const shift = table(
	'shift',
	{
		id: id(),
		municipality: ofMunicipality(),
		association: ref(() => association.id),
		programme: code(programmes),
		place: ref(() => place.id),
		campaign: refOrNone(() => campaign.id),
		/** The rule it came of; null for a one-off. */
		rule: refOrNone(() => weeklyRule.id),
		onDay: day(),
		from: clock(),
		to: clock(),
		/** The same as instants, for guards and calendars. */
		startsAt: instant(),
		endsAt: instant(),
		capacity: count(),
		minimum: count(),
		note: textOrNone(),
		/** Null where the nightly job made it. */
		createdBy: refOrNone(() => person.id),
		at: instant()
	},
	(t) => [
		// Materialising twice, or two jobs at once, makes a rule's watch of a day once.
		uniqueIndex('shift_of_rule_once').on(t.rule, t.onDay, t.from),
		index('shift_by_association').on(t.association, t.onDay, t.from),
		index('shift_by_day').on(t.municipality, t.onDay, t.from)
	]
);

/** 中止: a row with the reason. Counted apart, never as anybody's absence. */
export const shiftCancelling = table('shift_cancelling', {
	shift: ref(() => shift.id).primaryKey(),
	municipality: ofMunicipality(),
	reason: code(cancelReasons),
	words: textOrNone(),
	by: ref(() => person.id),
	at: instant()
});

/** 参加申込: one person on one numbered seat. */
export const signUp = table(
	'sign_up',
	{
		id: id(),
		municipality: ofMunicipality(),
		shift: ref(() => shift.id),
		person: ref(() => person.id),
		/** 1 … capacity. */
		seat: count(),
		kind: code(signUpKinds),
		/** Who entered it: the person, or the leader for them (代理入力). */
		by: ref(() => person.id),
		at: instant(),
		/** Null while it lasts; the reason stands in `sign_up_ending`. Kept here so that "a seat is given once" is an index. */
		endedAt: instantOrNone()
	},
	(t) => [
		uniqueIndex('seat_once')
			.on(t.shift, t.seat)
			.where(sql`"endedAt" is null`),
		uniqueIndex('sign_up_once')
			.on(t.shift, t.person)
			.where(sql`"endedAt" is null`),
		index('sign_up_by_person').on(t.person, t.endedAt)
	]
);

/** 取消: the seat is free again. */
export const signUpEnding = table('sign_up_ending', {
	signUp: ref(() => signUp.id).primaryKey(),
	municipality: ofMunicipality(),
	reason: code(leaveReasons),
	by: ref(() => person.id),
	at: instant()
});

/** Who came. An excused absence is not a missed one. */
export const attendance = table('attendance', {
	signUp: ref(() => signUp.id).primaryKey(),
	municipality: ofMunicipality(),
	result: code(attendanceResults),
	by: ref(() => person.id),
	at: instant()
});

/** お知らせ to one person about a shift: cancelled, help wanted, signed up by the leader. */
export const notice = table(
	'notice',
	{
		id: id(),
		municipality: ofMunicipality(),
		/** Who is told. */
		person: ref(() => person.id),
		kind: code(noticeKinds),
		shift: ref(() => shift.id),
		/** Whom it is about, where it is about somebody. */
		about: refOrNone(() => person.id),
		at: instant(),
		readAt: instantOrNone()
	},
	(t) => [index('notice_by_person').on(t.person, t.readAt, t.at), index('notice_by_shift').on(t.shift, t.kind)]
);

/** A person's calendar address. Only the hash of the token rests here; making a new one or revoking ends the old. */
export const calendarFeed = table(
	'calendar_feed',
	{
		id: id(),
		municipality: ofMunicipality(),
		person: ref(() => person.id),
		hash: text(),
		at: instant(),
		endedAt: instantOrNone()
	},
	(t) => [
		uniqueIndex('calendar_feed_by_hash').on(t.hash),
		uniqueIndex('calendar_feed_once')
			.on(t.person)
			.where(sql`"endedAt" is null`)
	]
);

export type Shift = typeof shift.$inferSelect;
export type WeeklyRule = typeof weeklyRule.$inferSelect;
export type Campaign = typeof campaign.$inferSelect;
export type Place = typeof place.$inferSelect;
export type SignUp = typeof signUp.$inferSelect;
