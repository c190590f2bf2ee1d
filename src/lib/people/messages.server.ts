/** The outbox of mail and push: written with what it is about, claimed before each try, settled after it. */
import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, notInArray, or } from 'drizzle-orm';
import { newId } from '#lib/server/db/ids.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { MOST_TRIES, nextTry, type MessageRoom } from './message.ts';
import { mailbox, message, pushSubscription, session, type Message } from './tables.server.ts';

/** Which ways this server has. None until the house is opened: nothing is put where nobody fetches it. */
export type Ways = { mail: boolean; push: { key: string; extra?: string | undefined } | undefined };
let ways: Ways = { mail: false, push: undefined };
export const openWays = (open: Ways): void => void (ways = open);
export const openedWays = (): Ways => ways;

type About = { municipality: string; room: MessageRoom; now: Date };

/** Puts messages into the outbox for the people who have an address or a device, one per way. Nothing leaves here. */
export async function post(
	tx: Tx,
	{ municipality, room, now }: About,
	told: readonly { person: string; thing: string }[],
	unconfirmed = false
): Promise<void> {
	if ((!ways.mail && !ways.push) || told.length === 0) return;
	const people = told.map((one) => one.person);
	const things = new Map(told.map((one) => [one.person, one.thing]));
	const row = (way: 'mail' | 'push', person: string, subscription: string | null) => ({
		id: newId(now.getTime()),
		municipality,
		person,
		way,
		subscription,
		room,
		thing: things.get(person)!,
		tries: 0,
		nextAt: now,
		at: now
	});
	const boxes = ways.mail
		? await tx
				.select({ person: mailbox.person })
				.from(mailbox)
				.where(and(inArray(mailbox.person, people), unconfirmed ? undefined : isNotNull(mailbox.confirmedAt)))
		: [];
	const devices =
		ways.push && !unconfirmed
			? await tx
					.select({ person: pushSubscription.person, id: pushSubscription.id })
					.from(pushSubscription)
					.innerJoin(session, eq(session.id, pushSubscription.session))
					.where(inArray(pushSubscription.person, people))
			: [];
	const rows = [
		...boxes.map((one) => row('mail', one.person, null)),
		...devices.map((one) => row('push', one.person, one.id))
	];
	if (rows.length > 0) await tx.insert(message).values(rows);
}

const open = () => and(isNull(message.doneAt), isNull(message.failedAt));

/**
 * Takes some of what is due. Each row's next try is set before anything is sent: a second sender does not find it, and where this
 * process dies in between it is sent again after the wait. So it arrives at least once; twice only where the process died after the
 * other side had taken it and before that was written down.
 */
export async function claim(tx: Tx, now: Date, most: number): Promise<Message[]> {
	const due = and(open(), lte(message.nextAt, now));
	// Died during its last try.
	await tx
		.update(message)
		.set({ failedAt: now, error: 'cut' })
		.where(and(due, eq(message.tries, MOST_TRIES)));
	const rows = await tx.select().from(message).where(due).orderBy(asc(message.nextAt), asc(message.id)).limit(most);
	const claimed = rows.map((row) => ({ ...row, tries: row.tries + 1, nextAt: nextTry(row.tries + 1, now) }));
	for (const { id, tries, nextAt } of claimed)
		await tx
			.update(message)
			.set({ tries, nextAt })
			.where(and(eq(message.id, id), open()));
	return claimed;
}

/** sent · idle: there is nothing to say any more · gone: the device does not want it any more · failed: with a code, tried again. */
export type Outcome = { is: 'sent' | 'idle' | 'gone' } | { is: 'failed'; error: string };

/** Writes down what came of a try. */
export async function settle(tx: Tx, of: Message, outcome: Outcome, now: Date): Promise<void> {
	if (outcome.is === 'gone' && of.subscription)
		await tx.delete(pushSubscription).where(eq(pushSubscription.id, of.subscription));
	const failed =
		outcome.is === 'failed' ? { error: outcome.error } : { error: outcome.is === 'sent' ? null : outcome.is };
	const over = outcome.is === 'gone' || (outcome.is === 'failed' && of.tries >= MOST_TRIES);
	const done = outcome.is === 'sent' || outcome.is === 'idle';
	await tx
		.update(message)
		.set({ ...failed, ...(done && { doneAt: now }), ...(over && { failedAt: now }) })
		.where(and(eq(message.id, of.id), open()));
}

const DAY = 86_400_000;
const KEPT_DAYS = 35;

/** Removes what is over: settled messages, devices whose sign-in is gone, addresses nobody has confirmed. Returns how many. */
export async function sweepMessages(tx: Tx, now: Date): Promise<number> {
	const before = (days: number) => new Date(now.getTime() - days * DAY);
	const signedIn = tx.select({ id: session.id }).from(session);
	const gone = [
		await tx
			.delete(message)
			.where(and(lt(message.at, before(KEPT_DAYS)), or(isNotNull(message.doneAt), isNotNull(message.failedAt)))),
		await tx.delete(pushSubscription).where(notInArray(pushSubscription.session, signedIn)),
		await tx.delete(mailbox).where(and(isNull(mailbox.confirmedAt), lt(mailbox.at, before(1))))
	];
	return gone.reduce((sum, one) => sum + one.changes, 0);
}
