import * as z from 'zod/mini';
import { jstDay } from '#lib/calendar/day.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { feedOf, makeFeed, revokeFeed } from '#lib/watches/feeds.server.ts';

export const load = async (event) => {
	const feed = await feedOf(db, requireActor(event));
	return { since: feed && jstDay(feed.at) };
};

export const actions = {
	make: form(z.object({}), async (tx, actor, _, event) => {
		const token = await makeFeed(tx, actor, new Date());
		return { address: `${event.url.origin}/api/v1/calendar/${token}.ics` };
	}),
	revoke: form(z.object({}), async (tx, actor) => {
		await revokeFeed(tx, actor, new Date());
		return { revoked: true };
	})
};
