/** 啓発と連携: events, alerts sent, materials hung up, badges handed out. What was written stays beside what corrects it. */
import {
	code,
	codeOrNone,
	count,
	countOrNone,
	day,
	dayOrNone,
	id,
	index,
	instant,
	ref,
	table,
	text,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { ofMunicipality, person } from '#lib/people/tables.server.ts';
import { allSorts, kinds, places } from './outreach.ts';

/** One thing done. What it says is in its versions. */
export const outreach = table('outreach', {
	id: id(),
	municipality: ofMunicipality(),
	kind: code(kinds),
	/** The number of the version that stands; it only counts up. */
	latest: count()
});

/** What was written of it. Append-only: a correction is a version more. */
export const outreachVersion = table(
	'outreach_version',
	{
		id: id(),
		municipality: ofMunicipality(),
		outreach: ref(() => outreach.id),
		/** From 1 on: of two corrections at once, the second finds its number taken. */
		number: count(),
		sort: codeOrNone(allSorts),
		/** Where materials hang. */
		place: codeOrNone(places),
		onDay: day(),
		/** The last day materials hang. */
		untilDay: dayOrNone(),
		/** 件名, 地域, 場所 or 渡した相手. */
		name: text(),
		/** 参加者数 or 数量; null of an event that was not held yet, and of an alert. */
		count: countOrNone(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [
		uniqueIndex('outreach_version_once').on(t.outreach, t.number),
		index('outreach_version_by_day').on(t.municipality, t.onDay, t.outreach)
	]
);

/** 中止, or written down by mistake: it counts no more, and is corrected no more. */
export const outreachCancelling = table('outreach_cancelling', {
	outreach: ref(() => outreach.id).primaryKey(),
	municipality: ofMunicipality(),
	reason: text(),
	by: ref(() => person.id),
	at: instant()
});
