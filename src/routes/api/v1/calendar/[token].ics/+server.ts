import { error } from '@sveltejs/kit';
import { db } from '#lib/server/db/index.ts';
import { answer, sentence } from '#lib/server/http/answers.ts';
import { calendarOf } from '#lib/watches/feed.server.ts';
import { watchesOfFeed } from '#lib/watches/feeds.server.ts';
import { programmeName, reasonName } from '#lib/watches/words.ts';
import * as m from '#lib/words/messages.js';

/** The calendar of whoever made this address. No session: the token is the key, and revoking it locks. */
export const GET = async (event) => {
	const here = event.locals.municipality ?? error(404, sentence('error_not_found'));
	const watches = await watchesOfFeed(db, here.id, event.params.token, new Date()).catch(answer);
	const events = watches.map((one) => {
		const names = { programme: programmeName(one.programme), place: one.place };
		return {
			id: one.id,
			startsAt: one.startsAt,
			endsAt: one.endsAt,
			title: one.reason ? m.watches_feed_cancelled_event(names) : m.watches_feed_event(names),
			where: one.meetingSpot ? `${one.place} (${one.meetingSpot})` : one.place,
			words: [one.reason && reasonName(one.reason), one.note, `${event.url.origin}/shifts/${one.id}`]
				.filter(Boolean)
				.join('\n'),
			cancelled: one.reason !== null,
			changedAt: one.cancelledAt ?? one.joinedAt
		};
	});
	return new Response(calendarOf(m.watches_feed_name(), events, event.url.host), {
		headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-store' }
	});
};
