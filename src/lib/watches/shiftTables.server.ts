/** The shifts that come of it, who takes which seat, and who came. */
import { sql } from 'drizzle-orm';
import {
	clock,
	code,
	count,
	day,
	id,
	index,
	instant,
	instantOrNone,
	ref,
	refOrNone,
	table,
	textOrNone,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { association, ofMunicipality, person } from '#lib/people/tables.server.ts';
import { campaign, place, weeklyRule } from './planTables.server.ts';
import { programmes } from './programme.ts';
import { attendanceResults, cancelReasons, leaveReasons, signUpKinds } from './shift.ts';

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

export type Shift = typeof shift.$inferSelect;
export type SignUp = typeof signUp.$inferSelect;
