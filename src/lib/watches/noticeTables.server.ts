/** How a person hears of shifts: notices, and a calendar to subscribe to. */
import { sql } from 'drizzle-orm';
import {
	code,
	id,
	index,
	instant,
	instantOrNone,
	ref,
	refOrNone,
	table,
	text,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { ofMunicipality, person } from '#lib/people/tables.server.ts';
import { noticeKinds } from './notice.ts';
import { shift } from './shiftTables.server.ts';

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
