/** Mail and push as this server is set up: what it offers, and the job that empties the outbox. */
import { eq } from 'drizzle-orm';
import { equipmentContent } from '#lib/equipment/noticeContent.server.ts';
import { ownContent } from '#lib/people/ownContent.server.ts';
import type { Ways } from '#lib/people/messages.server.ts';
import { sendDue, type Senders } from '#lib/people/sending.server.ts';
import { municipality } from '#lib/people/tables.server.ts';
import { db } from '#lib/server/db/index.ts';
import type { Env } from '#lib/server/env.ts';
import type { Job } from '#lib/server/jobs.ts';
import { mailer } from '#lib/server/mail.ts';
import { pusher } from '#lib/server/push.ts';
import { runInContent } from '#lib/pockets/runInContent.server.ts';
import { watchContent } from '#lib/watches/noticeContent.server.ts';
import * as m from '#lib/words/messages.js';

/** What the settings open. The host for tests is taken in the invented town only. */
export const waysOf = (env: Env): Ways => ({
	mail: env.SMTP_URL !== undefined,
	push: env.VAPID_PUBLIC_KEY
		? { key: env.VAPID_PUBLIC_KEY, extra: env.DEMO ? env.PUSH_TEST_HOST : undefined }
		: undefined
});

/** The letter around a sentence. */
export const letter: Senders['letter'] = (words, link) => ({
	subject: m.notices_mail_subject(),
	text: `${words}\n\n${link}\n\n${m.notices_mail_foot()}\n${new URL('/notices/receiving', link).href}\n`
});

export function sendersOf(env: Env): Senders {
	const {
		SMTP_URL,
		MAIL_FROM,
		VAPID_PUBLIC_KEY: publicKey,
		VAPID_PRIVATE_KEY: privateKey,
		VAPID_SUBJECT: subject
	} = env;
	return {
		mail: SMTP_URL && MAIL_FROM ? mailer(SMTP_URL, MAIL_FROM) : undefined,
		push: publicKey && privateKey && subject ? pusher({ subject, publicKey, privateKey }) : undefined,
		contents: {
			equipment: (actor, id, _way, now) => equipmentContent(actor, id, now),
			watches: watchContent,
			runIns: (actor, id, _way, now) => runInContent(actor, id, now),
			person: ownContent
		},
		title: () => m.app_name(),
		letter,
		origin: async (id) => {
			const [here] = await db.select({ host: municipality.host }).from(municipality).where(eq(municipality.id, id));
			return here?.host ? `${new URL(env.ORIGIN).protocol}//${here.host}` : env.ORIGIN;
		}
	};
}

/** Looks into the outbox every quarter of a minute; none where the server has no way to send. */
export function messagesJobs(env: Env): Job[] {
	const { mail, push } = waysOf(env);
	if (!mail && !push) return [];
	const senders = sendersOf(env);
	return [
		{
			name: 'people.messages',
			cron: '*/15 * * * * *',
			dueAfterHours: 1,
			quiet: true,
			run: (now) => sendDue(senders, now)
		}
	];
}
