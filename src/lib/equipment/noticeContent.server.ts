/** What a mail or push says about a request: the kind of news and the receipt number, nothing of what anybody wrote. */
import { longDate } from '#lib/calendar/era.ts';
import type { Actor } from '#lib/people/permissions.ts';
import type { Content } from '#lib/people/sending.server.ts';
import { db } from '#lib/server/db/index.ts';
import * as m from '#lib/words/messages.js';
import { getLocale } from '#lib/words/runtime.js';
import { noticeWords } from './names.ts';
import { unreadNotice } from './notices.server.ts';

/** Nothing where it is read, settled by a colleague, or no longer this person's to know. */
export async function equipmentContent(actor: Actor, id: string, now: Date): Promise<Content | undefined> {
	const found = await unreadNotice(db, actor, id, now);
	if (!found) return undefined;
	const words = noticeWords(found.kind, found.dueOn ? longDate(found.dueOn, getLocale()) : '');
	return {
		words: m.notices_about({ words, number: found.number }),
		path: `/equipment/requests/${found.request}`
	};
}
