/**
 * Sends what lies in the outbox: outside of every transaction, a few at a time, and never for long. The words are those of the language
 * in which the person asked to be told.
 */
import { and, eq } from 'drizzle-orm';
import { db, transaction } from '#lib/server/db/index.ts';
import type { SendMail } from '#lib/server/mail.ts';
import { speakingIn } from '#lib/server/http/words.ts';
import type { SendPush } from '#lib/server/push.ts';
import { isPushService, type MessageRoom, type MessageWay } from './message.ts';
import { claim, openedWays, settle, type Outcome } from './messages.server.ts';
import { isStaff, type Actor } from './permissions.ts';
import { limits } from './session.ts';
import { actorOf } from './sessions.server.ts';
import { mailbox, pushSubscription, session, type Message } from './tables.server.ts';

/** A sentence without names, and where it leads. */
export type Content = { words: string; path: string };
/** Per room: what a message says to this person now, or nothing when it is read, settled, or theirs no more. */
export type Contents = Record<
	MessageRoom,
	(actor: Actor, thing: string, way: MessageWay, now: Date) => Promise<Content | undefined>
>;
export type Senders = {
	mail: SendMail | undefined;
	push: SendPush | undefined;
	contents: Contents;
	/** What stands over a push: the name of the app, in the language that is spoken. */
	title: () => string;
	/** The letter around the sentence, in the language that is spoken. `link` is a whole address. */
	letter: (words: string, link: string) => { subject: string; text: string };
	origin: (municipality: string) => Promise<string>;
};

const AT_ONCE = 8;
/** The other jobs wait for this one. */
const MOST_MS = 30_000;

/** Sends what is due. Returns how many of each outcome. */
export async function sendDue(senders: Senders, now: Date): Promise<Record<string, number>> {
	const counts: Record<Outcome['is'], number> = { sent: 0, idle: 0, gone: 0, failed: 0 };
	const began = performance.now();
	while (performance.now() - began < MOST_MS) {
		const claimed = await transaction((tx) => claim(tx, now, AT_ONCE));
		if (claimed.length === 0) break;
		await Promise.all(
			claimed.map(async (one) => {
				const outcome = await sendOne(senders, one, now).catch((thrown): Outcome => failure(thrown));
				await transaction((tx) => settle(tx, one, outcome, now));
				counts[outcome.is]++;
			})
		);
	}
	return counts;
}

/** A code and nothing else: what a server answers may quote the address. */
function failure(thrown: unknown): Outcome {
	const { responseCode, code, name } = thrown as { responseCode?: unknown; code?: unknown; name?: unknown };
	const said = [responseCode, code, name].find((one) => /^[A-Za-z0-9_]{1,40}$/.test(String(one ?? '')));
	return { is: 'failed', error: String(said ?? 'unknown') };
}

async function sendOne(senders: Senders, of: Message, now: Date): Promise<Outcome> {
	const actor = await actorOf(db, of.municipality, of.person, now);
	if (!actor) return { is: 'idle' };
	return of.way === 'mail' ? byMail(senders, of, actor, now) : byPush(senders, of, actor, now);
}

async function byMail(
	{ mail, letter, origin, contents }: Senders,
	of: Message,
	actor: Actor,
	now: Date
): Promise<Outcome> {
	const [box] = await db.select().from(mailbox).where(eq(mailbox.person, of.person));
	const asks = of.room === 'person' && of.thing === 'confirm';
	if (!mail || !box || (!box.confirmedAt && !asks)) return { is: 'idle' };
	const made = await speakingIn(box.locale, async () => {
		const content = await contents[of.room](actor, of.thing, 'mail', now);
		return content && letter(content.words, new URL(content.path, await origin(of.municipality)).href);
	});
	if (!made) return { is: 'idle' };
	await mail({ to: box.address, ...made });
	return { is: 'sent' };
}

async function byPush({ push, title, contents }: Senders, of: Message, actor: Actor, now: Date): Promise<Outcome> {
	const [device] = await db
		.select({ to: pushSubscription, since: session.createdAt })
		.from(pushSubscription)
		.innerJoin(session, eq(session.id, pushSubscription.session))
		.where(and(eq(pushSubscription.id, of.subscription ?? ''), eq(pushSubscription.person, of.person)));
	// Signed out there, or somebody else's device by now.
	if (!push || !device) return { is: 'idle' };
	const longest = limits[isStaff(actor) ? 'staff' : 'volunteer'].absolute;
	if (now.getTime() - device.since.getTime() >= longest) return { is: 'idle' };
	const made = await speakingIn(device.to.locale, async () => {
		const content = await contents[of.room](actor, of.thing, 'push', now);
		return content && { title: title(), ...content };
	});
	if (!made) return { is: 'idle' };
	if (!isPushService(device.to.endpoint, openedWays().push?.extra)) return { is: 'gone' };
	return { is: await push(device.to, JSON.stringify(made)) };
}
