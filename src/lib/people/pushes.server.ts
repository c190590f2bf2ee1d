/** Devices to which a person lets us push. */
import { and, desc, eq } from 'drizzle-orm';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { isPushService, type Language, type Push } from './message.ts';
import { openedWays } from './messages.server.ts';
import type { Actor } from './permissions.ts';
import { hashed } from './sessions.server.ts';
import { message, pushSubscription, session } from './tables.server.ts';

/** Most devices of one person. */
const MOST = 5;

const mine = (actor: Actor) =>
	and(eq(pushSubscription.person, actor.person), eq(pushSubscription.municipality, actor.municipality));

/** The devices on which the person is signed in and lets us push, the latest first. */
export const pushesOf = (reader: Reader, actor: Actor) =>
	reader
		.select({ id: pushSubscription.id, device: session.device, at: pushSubscription.at })
		.from(pushSubscription)
		.innerJoin(session, eq(session.id, pushSubscription.session))
		.where(mine(actor))
		.orderBy(desc(pushSubscription.at));

/** Lets us push to this browser, for as long as the person is signed in on it. Whoever had it before has it no more. */
export async function addPush(
	tx: Tx,
	actor: Actor,
	cookie: string,
	push: Push,
	now: Date,
	locale: Language = 'ja'
): Promise<void> {
	const way = openedWays().push;
	if (!way) throw new NotFound('push');
	if (!isPushService(push.endpoint, way.extra)) throw new RuleBroken('error_notices_service');
	const id = hashed(push.endpoint);
	const others = (await pushesOf(tx, actor)).filter((one) => one.id !== id);
	for (const old of others.slice(MOST - 1)) await tx.delete(pushSubscription).where(eq(pushSubscription.id, old.id));
	const { municipality, person } = actor;
	const row = { municipality, person, session: hashed(cookie), ...push, at: now, locale };
	await tx
		.insert(pushSubscription)
		.values({ id, ...row })
		.onConflictDoUpdate({ target: pushSubscription.id, set: row });
	await record(tx, actor, 'person.addPush', 'person', person);
}

/** Which subscription we know of the browser with this sign-in. */
export async function pushHereOf(reader: Reader, actor: Actor, cookie: string): Promise<string | null> {
	const [found] = await reader
		.select({ id: pushSubscription.id })
		.from(pushSubscription)
		.where(and(mine(actor), eq(pushSubscription.session, hashed(cookie))))
		.orderBy(desc(pushSubscription.at))
		.limit(1);
	return found?.id ?? null;
}

/**
 * The browser has replaced the subscription `old` by another: what we were let to stays as it was, and what waits goes to the new one.
 * Only on the sign-in to which the old one belonged.
 */
export async function renewPush(
	tx: Tx,
	actor: Actor,
	cookie: string,
	{ old, ...push }: Push & { old: string },
	now: Date
): Promise<void> {
	const [known] = await tx
		.select({ locale: pushSubscription.locale })
		.from(pushSubscription)
		.where(and(mine(actor), eq(pushSubscription.id, old), eq(pushSubscription.session, hashed(cookie))));
	if (!known) throw new NotFound('push');
	// Before the new one comes: no other device of theirs is to make room for it.
	await tx.delete(pushSubscription).where(eq(pushSubscription.id, old));
	await addPush(tx, actor, cookie, push, now, known.locale);
	const renewed = hashed(push.endpoint);
	await tx.update(message).set({ subscription: renewed }).where(eq(message.subscription, old));
}

/** No more pushes to one of the person's devices. */
export async function removePush(tx: Tx, actor: Actor, id: string): Promise<void> {
	const done = await tx.delete(pushSubscription).where(and(eq(pushSubscription.id, id), mine(actor)));
	if (done.changes !== 1) throw new NotFound('push');
	await record(tx, actor, 'person.removePush', 'person', actor.person);
}
