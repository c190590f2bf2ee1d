/** What a mail or push says when a child ran in: that a record came. Nothing of what stands in it. */
import type { Actor } from '#lib/people/permissions.ts';
import type { Content } from '#lib/people/sending.server.ts';
import { db } from '#lib/server/db/index.ts';
import * as m from '#lib/words/messages.js';
import { unreadRunInNotice } from './runInNotices.server.ts';

/** Nothing where it is read, settled by a colleague, or no longer this person's to know. */
export async function runInContent(actor: Actor, id: string, now: Date): Promise<Content | undefined> {
	const found = await unreadRunInNotice(db, actor, id, now);
	return found && { words: m.runin_arrived(), path: `/pockets/run-ins/${found.runIn}` };
}
