/** What a mail or push says about a watch: the kind of news. Who and where stands on the page, for those who may see it. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import type { Content } from '#lib/people/sending.server.ts';
import { db } from '#lib/server/db/index.ts';
import * as m from '#lib/words/messages.js';
import { notice } from './tables.server.ts';

/** Nothing where it is read or taken back. */
export async function watchContent(actor: Actor, id: string): Promise<Content | undefined> {
	const [found] = await db
		.select({ kind: notice.kind })
		.from(notice)
		.where(
			and(
				eq(notice.id, id),
				eq(notice.person, actor.person),
				eq(notice.municipality, actor.municipality),
				isNull(notice.readAt)
			)
		);
	if (!found) return undefined;
	if (found.kind === 'cancelled') return { words: m.notices_watch_cancelled(), path: '/notices' };
	if (found.kind === 'helpWanted') return { words: m.notices_watch_helpWanted(), path: '/notices' };
	return { words: m.notices_watch_other(), path: '/notices' };
}
