/** Being told outside the app: addresses, devices, and the one outbox for mail and push. */
import { sql } from 'drizzle-orm';
import {
	code,
	count,
	id,
	index,
	instant,
	instantOrNone,
	ref,
	table,
	text,
	textOrNone
} from '#lib/server/db/columns.ts';
import { languages, messageRooms, messageWays } from './message.ts';
import { person } from './rosterTables.server.ts';
import { ofMunicipality } from './townTables.server.ts';

/** A person's mail address. Nothing but the code goes there until the person has typed the code. */
export const mailbox = table('mailbox', {
	person: ref(() => person.id).primaryKey(),
	municipality: ofMunicipality(),
	address: text(),
	at: instant(),
	confirmedAt: instantOrNone(),
	/** Hash of the code that was mailed last, how long it holds, and how often a wrong one was typed. */
	codeHash: textOrNone(),
	codeUntil: instantOrNone(),
	wrong: count(),
	/** Mails come in the language in which the address was given. */
	locale: code(languages).default('ja')
});

/** A browser to which a person lets us push. `id` is the hash of the endpoint: on a shared phone it has one owner, the last. */
export const pushSubscription = table(
	'push_subscription',
	{
		id: id(),
		municipality: ofMunicipality(),
		person: ref(() => person.id),
		/** The sign-in on this device (`session.id`). When that is gone, nothing is pushed to it. */
		session: text(),
		endpoint: text(),
		p256dh: text(),
		auth: text(),
		at: instant(),
		/** As of the page on which the person let us push. */
		locale: code(languages).default('ja')
	},
	(t) => [index('push_subscription_by_person').on(t.person), index('push_subscription_by_session').on(t.session)]
);

/** The outbox. A row says whom, how and about which thing; the words are made when it is sent, for what the person may see then. */
export const message = table(
	'message',
	{
		id: id(),
		municipality: ofMunicipality(),
		person: ref(() => person.id),
		way: code(messageWays),
		/** The device, for a push. */
		subscription: textOrNone(),
		room: code(messageRooms),
		thing: text(),
		tries: count(),
		/** Not before. Moved on before each try, so that no two senders take the same row. */
		nextAt: instant(),
		at: instant(),
		doneAt: instantOrNone(),
		failedAt: instantOrNone(),
		/** Of the last try that did not get through. */
		error: textOrNone()
	},
	(t) => [
		index('message_due')
			.on(t.nextAt)
			.where(sql`"doneAt" is null and "failedAt" is null`),
		index('message_by_person').on(t.person, t.room, t.at),
		index('message_by_time').on(t.at)
	]
);
export type Message = typeof message.$inferSelect;
