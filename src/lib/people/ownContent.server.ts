/** Messages about being told itself: the code that confirms an address, and a trial. */
import { eq } from 'drizzle-orm';
import { db } from '#lib/server/db/index.ts';
import * as m from '#lib/words/messages.js';
import { newMailCode } from './mailboxes.server.ts';
import type { MessageWay } from './message.ts';
import type { Actor } from './permissions.ts';
import type { Content } from './sending.server.ts';
import { mailbox } from './tables.server.ts';

const path = '/notices/receiving';

/** Each try to mail the code makes a new one, so that none rests in the outbox. */
export async function ownContent(
	actor: Actor,
	thing: string,
	way: MessageWay,
	now: Date
): Promise<Content | undefined> {
	if (thing === 'trial') return { words: m.notices_trial(), path };
	const [box] = await db.select().from(mailbox).where(eq(mailbox.person, actor.person));
	if (thing !== 'confirm' || way !== 'mail' || !box || box.confirmedAt) return undefined;
	return { words: m.notices_code_mail({ code: await newMailCode(box, now) }), path };
}
