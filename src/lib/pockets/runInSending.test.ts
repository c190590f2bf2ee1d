/** That a child ran in reaches the guidance office by mail and push at once, and not a word of it leaves the house. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import webpush from 'web-push';
import { instantOf } from '#lib/calendar/day.ts';
import { confirmMailbox, setMailbox } from '#lib/people/mailboxes.server.ts';
import { openWays } from '#lib/people/messages.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { addPush } from '#lib/people/pushes.server.ts';
import { sendDue } from '#lib/people/sending.server.ts';
import { signIn } from '#lib/people/sessions.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { checkEnv, type Env } from '#lib/server/env.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, seedPeople, town } from '../../../tests/people.ts';
import { pushService, type PushService } from '../../../tests/push-service.ts';
import { mailServer, wordsOf, type MailServer } from '../../../tests/smtp.ts';
import { sendersOf, waysOf } from '../../send-messages.ts';
import { reportRunIn } from './runIns.server.ts';

const now = instantOf('2026-11-22', '16:00');
const secret = 'ひみつ𠮷';
let smtp: MailServer;
let pushes: PushService;
let env: Env;
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, '2026-11-22'));
	[smtp, pushes] = [await mailServer(), await pushService()];
	const keys = webpush.generateVAPIDKeys();
	env = checkEnv({
		ORIGIN: 'https://mimamori.example.jp',
		DEMO: '1',
		SMTP_URL: smtp.url,
		MAIL_FROM: 'みまもり <town@example.jp>',
		VAPID_PUBLIC_KEY: keys.publicKey,
		VAPID_PRIVATE_KEY: keys.privateKey,
		VAPID_SUBJECT: 'mailto:town@example.jp',
		PUSH_TEST_HOST: pushes.host
	});
	openWays(waysOf(env));
}, 60_000);
afterAll(async () => {
	openWays({ mail: false, push: undefined });
	close();
	await smtp.close();
	await pushes.close();
});

const send = () => sendDue(sendersOf(env), now);
async function reached(actor: Actor, device: string): Promise<void> {
	await transaction((tx) => setMailbox(tx, actor, `${device}@example.jp`, now));
	await send();
	const code = /(\d{6})/.exec(wordsOf(smtp.mails.at(-1)!))![1]!;
	expect(await transaction((tx) => confirmMailbox(tx, actor, code, now))).toBe(true);
	await transaction(async (tx) => {
		const cookie = await signIn(tx, actor, 'Safari', 'password', now);
		await addPush(tx, actor, cookie, pushes.device(device), now);
	});
}

it('the clerk is told by mail and on the device, everybody else of nothing, and no content goes along', async () => {
	for (const who of ['guidance', 'safety', 'leader'] as const)
		await reached((await actorFor(db, who, '2026-11-22'))!, who);
	smtp.mails.length = 0;
	const id = newId();
	const told = {
		...{
			on: '2026-11-22',
			time: '15:40',
			where: `${secret}の角`,
			happened: ['grabbed' as const],
			suspect: ['car' as const]
		},
		...{ description: `${secret}の車`, grade: 'lower' as const, children: 1, words: `${secret}と言った`, called: [] }
	};
	await transaction((tx) => reportRunIn(tx, { municipality: town.municipality }, id, 'host', told, now));
	await send();
	expect(smtp.mails.map((one) => one.to)).toEqual(['guidance@example.jp']);
	expect(pushes.words.map((one) => one.device)).toEqual(['guidance']);
	const mail = `${smtp.mails[0]!.data} ${wordsOf(smtp.mails[0]!)}`;
	expect(mail).toContain(`/pockets/run-ins/${id}`);
	expect(wordsOf(smtp.mails[0]!)).toContain('かけこみの記録が届きました');
	for (const text of [mail, pushes.words[0]!.text])
		expect(text).not.toMatch(new RegExp([secret, '15:40', 'grabbed', '腕', '車', '男', 'の角'].join('|')));
	// Sent again by the host: nobody is called twice.
	await transaction((tx) => reportRunIn(tx, { municipality: town.municipality }, id, 'host', told, now));
	await send();
	expect([smtp.mails.length, pushes.words.length]).toEqual([1, 1]);
});
