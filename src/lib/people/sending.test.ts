/** Mail and push with the libraries that send them, against a mail server and a push service of our own. */
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { desc, eq } from 'drizzle-orm';
import webpush from 'web-push';
import { ask, now, of, openStore, people, stocked, verdicts } from '../../../tests/store.ts';
import { prepare } from '#lib/equipment/decisions.server.ts';
import { equipmentNoticesOf, readEquipmentNotices } from '#lib/equipment/notices.server.ts';
import { requestPage } from '#lib/equipment/requestReads.server.ts';
import { sendBack } from '#lib/equipment/requests.server.ts';
import { closeDatabase, connections, db, openDatabase, transaction } from '#lib/server/db/index.ts';
import { checkEnv, type Env } from '#lib/server/env.ts';
import { mailServer, subjectOf, wordsOf, type MailServer } from '../../../tests/smtp.ts';
import { pushService, type PushService } from '../../../tests/push-service.ts';
import { sendersOf, waysOf } from '../../send-messages.ts';
import { confirmMailbox, forgetMailbox, mailboxOf, postTrial, setMailbox } from './mailboxes.server.ts';
import { isPushService, MOST_TRIES, nextTry, type Language } from './message.ts';
import { claim, openWays, sweepMessages } from './messages.server.ts';
import type { Actor } from './permissions.ts';
import { addPush, pushesOf, pushHereOf, removePush, renewPush } from './pushes.server.ts';
import { sendDue } from './sending.server.ts';
import { renewSession, signIn, signOut } from './sessions.server.ts';
import { accountDisabling, mailbox, message, pushSubscription } from './tables.server.ts';

openStore();
let smtp: MailServer;
let pushes: PushService;
let env: Env;
const vapid = webpush.generateVAPIDKeys();
beforeAll(async () => {
	smtp = await mailServer();
	pushes = await pushService();
	env = checkEnv({
		ORIGIN: 'https://mimamori.example.jp',
		DEMO: '1',
		SMTP_URL: smtp.url,
		MAIL_FROM: 'みまもり <town@example.jp>',
		VAPID_PUBLIC_KEY: vapid.publicKey,
		VAPID_PRIVATE_KEY: vapid.privateKey,
		VAPID_SUBJECT: 'mailto:town@example.jp',
		PUSH_TEST_HOST: pushes.host
	});
});
afterAll(async () => {
	openWays({ mail: false, push: undefined });
	await smtp.close();
	await pushes.close();
});
beforeEach(async () => {
	openWays(waysOf(env));
	smtp.mails.length = smtp.answers.length = 0;
	pushes.words.length = pushes.answers.length = 0;
	await transaction(async (tx) => {
		for (const table of [message, mailbox, pushSubscription, accountDisabling]) await tx.delete(table);
	});
});

const send = (at = now, of = env) => sendDue(sendersOf(of), at);
const later = (minutes: number, from = now) => new Date(from.getTime() + minutes * 60_000);
const ADDRESS = 'leader@example.jp';
const codeIn = () => /(\d{6})/.exec(wordsOf(smtp.mails.at(-1)!))![1]!;
const latest = async () => (await db.select().from(message).orderBy(desc(message.id)).limit(1))[0]!;

/** Somebody with a confirmed address. */
async function withMail(actor: Actor, address = ADDRESS, language: Language = 'ja'): Promise<void> {
	await transaction((tx) => setMailbox(tx, actor, address, now, language));
	await send();
	expect(await transaction((tx) => confirmMailbox(tx, actor, codeIn(), now))).toBe(true);
	smtp.mails.length = 0;
}
/** Somebody who is signed in on a device and lets us push to it. Returns what the cookie holds. */
async function withDevice(actor: Actor, name: string, language: Language = 'ja'): Promise<string> {
	const device = pushes.device(name);
	return transaction(async (tx) => {
		const cookie = await signIn(tx, actor, 'iPhone の Safari', 'password', now);
		await addPush(tx, actor, cookie, device, now, language);
		return cookie;
	});
}
/** A request that was sent back: news for the leader. Returns its id. */
async function news(reason = '秘密の理由'): Promise<string> {
	const item = await stocked(5);
	const id = await ask([of(item, 1)]);
	await transaction((tx) => sendBack(tx, people.safety, id, reason, now));
	return id;
}
const numberOf = async (id: string) =>
	(await equipmentNoticesOf(db, people.leader, now, 500)).find((one) => one.request === id)!.number;

describe('an address', () => {
	it('gets nothing but a code until the code was typed, and then what there is to tell', async () => {
		await transaction((tx) => setMailbox(tx, people.leader, ADDRESS, now));
		await news();
		await send();
		expect(smtp.mails).toHaveLength(1);
		expect(smtp.mails[0]!.to).toBe(ADDRESS);
		const code = codeIn();
		const wrong = code === '000000' ? '000001' : '000000';
		expect(await transaction((tx) => confirmMailbox(tx, people.leader, wrong, now))).toBe(false);
		expect(await transaction((tx) => confirmMailbox(tx, people.leader, code, now))).toBe(true);
		expect(await mailboxOf(db, people.leader)).toEqual({ address: ADDRESS, confirmed: true, language: 'ja' });
		const id = await news();
		await send();
		expect(smtp.mails).toHaveLength(2);
		expect(wordsOf(smtp.mails[1]!)).toContain(`https://mimamori.example.jp/equipment/requests/${id}`);
	});
	it('does not open to guessing, nor after a day, nor to another person’s code', async () => {
		await transaction((tx) => setMailbox(tx, people.leader, ADDRESS, now));
		await send();
		const code = codeIn();
		expect(await transaction((tx) => confirmMailbox(tx, people.leader, code, later(24 * 60)))).toBe(false);
		for (let n = 0; n < 4; n++)
			expect(await transaction((tx) => confirmMailbox(tx, people.leader, '9999999', now))).toBe(false);
		expect(await transaction((tx) => confirmMailbox(tx, people.leader, code, now))).toBe(false);
		await transaction((tx) => setMailbox(tx, people.safety, 'clerk@example.jp', now));
		await expect(transaction((tx) => confirmMailbox(tx, people.approver, code, now))).rejects.toThrow('mailbox');
		expect(await transaction((tx) => confirmMailbox(tx, people.safety, code, now))).toBe(false);
	});
	it('is not flooded from here', async () => {
		const all = await Promise.allSettled(
			Array.from({ length: 14 }, (_, n) =>
				transaction((tx) => setMailbox(tx, people.leader, `victim${n}@example.jp`, now))
			)
		);
		expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(10);
		await expect(transaction((tx) => postTrial(tx, people.leader, now))).rejects.toMatchObject({
			code: 'error_notices_enough'
		});
		await send();
		// They all ask for the address as it is now.
		expect(new Set(smtp.mails.map((one) => one.to)).size).toBe(1);
	});
	it('is forgotten when asked to: what still waits is not sent', async () => {
		await withMail(people.leader);
		await news();
		await transaction((tx) => forgetMailbox(tx, people.leader));
		expect(await send()).toMatchObject({ sent: 0, idle: 1 });
		expect(smtp.mails).toEqual([]);
	});
});

describe('what leaves the house', () => {
	it('is a sentence with the receipt number and a link: nobody’s name, nobody’s words, the same by mail and push', async () => {
		await withMail(people.leader);
		await withDevice(people.leader, 'phone');
		const id = await news();
		expect(await send()).toEqual({ sent: 2, idle: 0, gone: 0, failed: 0 });
		const words = wordsOf(smtp.mails[0]!);
		const sentence = `資機材の申請が差し戻されました。直してもう一度送ってください（${await numberOf(id)}）`;
		expect(words.split(/\r?\n/).filter(Boolean)).toEqual([
			sentence,
			`https://mimamori.example.jp/equipment/requests/${id}`,
			'このメールには返信できません。受け取りをやめるときはこちら：',
			'https://mimamori.example.jp/notices/receiving'
		]);
		expect(smtp.mails[0]!.data).toMatch(/^Auto-Submitted: auto-generated/m);
		expect(pushes.words).toEqual([
			{
				device: 'phone',
				text: JSON.stringify({ title: 'みまもりポケット', words: sentence, path: `/equipment/requests/${id}` }),
				signedFor: `http://${pushes.host}`,
				ttl: '86400'
			}
		]);
		expect(JSON.stringify(await db.select().from(message))).not.toMatch(/秘密|leader@|差し戻/);
	});
	it('speaks the language in which each way was set up, the code too, many at once', async () => {
		await transaction((tx) => setMailbox(tx, people.leader, ADDRESS, now, 'en'));
		await send();
		expect(subjectOf(smtp.mails[0]!)).toBe('Mimamori Pocket: there is news');
		expect(wordsOf(smtp.mails[0]!)).toMatch(/^The number that confirms your mail address is \d{6}\./);
		expect(wordsOf(smtp.mails[0]!)).not.toMatch(/\p{Script=Hiragana}/u);
		expect(await transaction((tx) => confirmMailbox(tx, people.leader, codeIn(), now))).toBe(true);
		await withMail(people.safety, 'clerk@example.jp');
		await withDevice(people.leader, 'german', 'en');
		await withDevice(people.leader, 'phone');
		smtp.mails.length = 0;
		const item = await stocked(5);
		const id = await ask([of(item, 1)]);
		const number = (await requestPage(db, people.safety, id)).number;
		expect(await send()).toMatchObject({ sent: 1 });
		expect(subjectOf(smtp.mails[0]!)).toBe('【みまもりポケット】お知らせがあります');
		await transaction((tx) => sendBack(tx, people.safety, id, 'x', now));
		expect(await send()).toMatchObject({ sent: 3, failed: 0 });
		const english = `Your request for equipment was sent back. Please mend it and send it again (${number})`;
		expect(subjectOf(smtp.mails[1]!)).toBe('Mimamori Pocket: there is news');
		expect(wordsOf(smtp.mails[1]!).split(/\r?\n/)[0]).toBe(english);
		const said = Object.fromEntries(pushes.words.map((one) => [one.device, JSON.parse(one.text) as object]));
		expect(said).toMatchObject({
			german: { title: 'Mimamori Pocket', words: english },
			phone: { title: 'みまもりポケット', words: expect.stringContaining('差し戻されました') as string }
		});
		// Set up anew in another language, it is that one from now on.
		await withDevice(people.leader, 'german');
		await withMail(people.leader);
		await news();
		pushes.words.length = 0;
		expect(await send()).toMatchObject({ failed: 0 });
		expect(subjectOf(smtp.mails.at(-1)!)).toBe('【みまもりポケット】お知らせがあります');
		expect(pushes.words.every((one) => one.text.includes('みまもりポケット'))).toBe(true);
	});
	it('leaves once, however often and by however many it is looked for', async () => {
		await withMail(people.leader);
		await news();
		await Promise.all([send(), send(), send()]);
		await send(later(24 * 60));
		expect(smtp.mails).toHaveLength(1);
	});
	it('does not leave when it is read before, settled by a colleague, undone, or the account is closed', async () => {
		await withMail(people.leader);
		await news();
		const unread = (await equipmentNoticesOf(db, people.leader, now, 500)).map((one) => one.id);
		await transaction((tx) => readEquipmentNotices(tx, people.leader, unread, now));
		expect(await send()).toMatchObject({ sent: 0, idle: 1 });
		await withMail(people.safety, 'clerk@example.jp');
		const item = await stocked(5);
		const id = await ask([of(item, 1)]);
		const other: Actor = { ...people.safety, person: people.approver.person };
		await transaction((tx) => prepare(tx, other, id, verdicts([of(item, 1)]), now));
		expect(await send()).toMatchObject({ sent: 0, idle: 1 });
		const before = await db.$count(message);
		const undone = transaction(async (tx) => {
			await sendBack(tx, other, id, 'x', now);
			throw new Error('cut');
		});
		await expect(undone).rejects.toThrow('cut');
		expect(await db.$count(message)).toBe(before);
		await news();
		const { municipality, person } = people.leader;
		await transaction((tx) => tx.insert(accountDisabling).values({ person, municipality, reason: 'x', at: now }));
		// The leader's, and the clerk's of the same request, which is settled.
		expect(await send()).toMatchObject({ sent: 0, idle: 2 });
	});
	it('is not even written where the server has no way to send', async () => {
		await withMail(people.leader);
		const before = await db.$count(message);
		openWays({ mail: false, push: undefined });
		await news();
		expect(await db.$count(message)).toBe(before);
		await expect(transaction((tx) => setMailbox(tx, people.leader, ADDRESS, now))).rejects.toThrow('mail');
	});
});

describe('a mail server that does not take it', () => {
	it.each(['451 later', '554 never'])('is asked again, each time after longer: %s', async (answer) => {
		await withMail(people.leader);
		await news();
		smtp.answers.push(answer, answer);
		expect(await send()).toMatchObject({ failed: 1 });
		expect(await latest()).toMatchObject({ tries: 1, error: answer.slice(0, 3), doneAt: null, failedAt: null });
		expect(await send(later(0.9))).toMatchObject({ failed: 0, sent: 0 });
		expect(await send(later(1))).toMatchObject({ failed: 1 });
		expect(await send(later(5.9))).toMatchObject({ failed: 0, sent: 0 });
		expect(await send(later(6))).toMatchObject({ sent: 1 });
		expect(await latest()).toMatchObject({ tries: 3, error: null, failedAt: null });
		expect(smtp.mails).toHaveLength(1);
	});
	it('is given up after eight tries within two days', async () => {
		await withMail(people.leader);
		await news();
		const away = { ...env, SMTP_URL: 'smtp://127.0.0.1:1' };
		let at = now;
		for (let n = 1; n <= MOST_TRIES; n++) {
			expect(await send(at, away)).toMatchObject({ failed: 1 });
			const row = await latest();
			expect(row).toMatchObject({ tries: n, error: 'ESOCKET' });
			expect(row.failedAt === null).toBe(n < MOST_TRIES);
			at = nextTry(n, at);
		}
		expect(await send(later(60 * 24 * 30))).toMatchObject({ sent: 0, failed: 0 });
		expect(smtp.mails).toEqual([]);
	});
	it('holds up neither writers nor the push beside it', async () => {
		await withMail(people.leader);
		await withDevice(people.leader, 'phone');
		await news();
		const slow = await mailServer();
		slow.answers.push('silence');
		const sending = send(now, { ...env, SMTP_URL: slow.url });
		await expect.poll(() => pushes.words.length).toBe(1);
		await expect.poll(() => slow.tries()).toBe(1);
		// The letter hangs; the house goes on writing.
		await stocked(5);
		await slow.close();
		expect(await sending).toMatchObject({ sent: 1, failed: 1 });
	});
});

describe('a device', () => {
	it('that is gone is not asked again, and the person’s other device still is', async () => {
		await withDevice(people.leader, 'old');
		await withDevice(people.leader, 'new');
		await news();
		pushes.answers.push(410);
		expect(await send()).toEqual({ sent: 1, idle: 0, gone: 1, failed: 0 });
		expect(await pushesOf(db, people.leader)).toHaveLength(1);
		const tries = pushes.tries();
		await send(later(24 * 60));
		expect(pushes.tries()).toBe(tries);
		await news();
		expect(await send()).toMatchObject({ sent: 1, gone: 0 });
	});
	it.each([429, 500, 400])('whose service answers %d is asked again', async (status) => {
		await withDevice(people.leader, `d${status}`);
		await news();
		pushes.answers.push(status);
		expect(await send()).toMatchObject({ failed: 1 });
		expect(await latest()).toMatchObject({ error: String(status), tries: 1 });
		expect(await send(later(1))).toMatchObject({ sent: 1 });
		expect(pushes.words).toHaveLength(1);
	});
	it('is not looked for where a redirect leads', async () => {
		await withDevice(people.leader, 'redirected');
		const elsewhere = pushes.device('elsewhere');
		await news();
		pushes.answers.push({ status: 307, location: elsewhere.endpoint });
		expect(await send()).toMatchObject({ failed: 1 });
		expect(pushes.words).toEqual([]);
	});
	it('is told only while its owner is signed in there, and has one owner', async () => {
		const cookie = await withDevice(people.leader, 'shared');
		await news();
		await transaction((tx) => signOut(tx, cookie));
		expect(await send()).toMatchObject({ idle: 1, sent: 0 });
		expect(await transaction((tx) => sweepMessages(tx, now))).toBe(1);
		const again = await withDevice(people.leader, 'shared');
		// A new password gives the device a new id: it goes on being told.
		expect(await transaction((tx) => renewSession(tx, people.leader, again))).toBeDefined();
		await news();
		expect(await send()).toMatchObject({ sent: 1 });
		await news();
		const endpoint = `http://${pushes.host}/shared`;
		const keys = pushes.device('shared');
		await transaction(async (tx) => {
			const theirs = await signIn(tx, people.volunteer, 'iPhone の Safari', 'code', now);
			await addPush(tx, people.volunteer, theirs, { ...keys, endpoint }, now);
		});
		expect(await send()).toMatchObject({ idle: 1, sent: 0 });
		expect(await pushesOf(db, people.leader)).toEqual([]);
		const [id] = (await pushesOf(db, people.volunteer)).map((one) => one.id);
		await expect(transaction((tx) => removePush(tx, people.leader, id!))).rejects.toThrow('push');
		await transaction((tx) => removePush(tx, people.volunteer, id!));
		expect(await pushesOf(db, people.volunteer)).toEqual([]);
	});
	it('whose browser replaced its subscription is told there, what waits too, in its language', async () => {
		const cookie = await withDevice(people.leader, 'before', 'en');
		await news();
		const [old] = (await pushesOf(db, people.leader)).map((one) => one.id);
		const renewed = { old: old!, ...pushes.device('after') };
		const renew = (actor: Actor, held: string, form = renewed) =>
			transaction((tx) => renewPush(tx, actor, held, form, now));
		// Not by another person, another sign-in of the same person, of another device, or to another machine.
		const elsewhere = await withDevice(people.leader, 'elsewhere');
		const theirs = await withDevice(people.volunteer, 'theirs');
		for (const [actor, held] of [
			[people.volunteer, theirs],
			[people.volunteer, cookie],
			[people.leader, elsewhere],
			[people.leader, '']
		] as const)
			await expect(renew(actor, held)).rejects.toThrow('push');
		await expect(renew(people.leader, cookie, { ...renewed, endpoint: 'https://127.0.0.1/x' })).rejects.toMatchObject({
			code: 'error_notices_service'
		});
		expect(await pushHereOf(db, people.leader, cookie)).toBe(old);
		await renew(people.leader, cookie);
		expect(await pushesOf(db, people.leader)).toHaveLength(2);
		expect(await pushHereOf(db, people.leader, cookie)).not.toBe(old);
		expect(await send()).toMatchObject({ sent: 1, idle: 0 });
		const after = pushes.words.find((one) => one.device === 'after');
		expect(after?.text).toContain('Mimamori Pocket');
		expect(pushes.words.some((one) => one.device === 'before')).toBe(false);
		// Told twice: the old one is not known any more.
		await expect(renew(people.leader, cookie)).rejects.toThrow('push');
	});
	it('of staff is told no longer than a staff member’s sign-in lasts', async () => {
		await withDevice(people.safety, 'desk');
		const item = await stocked(5);
		await ask([of(item, 1)]);
		expect(await send(later(12 * 60))).toMatchObject({ idle: 1, sent: 0 });
	});
	it('is one of five at most', async () => {
		let cookie = '';
		for (let n = 0; n < 7; n++) cookie = await withDevice(people.leader, `many${n}`);
		const five = (await pushesOf(db, people.leader)).map((one) => one.id);
		expect(five).toHaveLength(5);
		// A browser that replaces its own takes nobody's place.
		const old = (await pushHereOf(db, people.leader, cookie))!;
		await transaction((tx) => renewPush(tx, people.leader, cookie, { old, ...pushes.device('renewed') }, now));
		const after = (await pushesOf(db, people.leader)).map((one) => one.id);
		expect(after).toHaveLength(5);
		expect(after.filter((one) => five.includes(one)).toSorted()).toEqual(five.filter((one) => one !== old).toSorted());
	});
	it.each([
		'http://fcm.googleapis.com/x',
		'https://fcm.googleapis.com:8443/x',
		'https://fcm.googleapis.com.example.jp/x',
		'https://127.0.0.1/x',
		'https://[::1]/x',
		'https://169.254.169.254/latest',
		'https://localhost/x',
		'https://user:pass@fcm.googleapis.com/x',
		'https://examplepush.apple.com/x',
		'ftp://web.push.apple.com/x',
		'file:///etc/passwd',
		'x'
	])('is no other machine: %s', async (endpoint) => {
		expect(isPushService(endpoint)).toBe(false);
		const keys = { ...pushes.device('x'), endpoint };
		await expect(transaction((tx) => addPush(tx, people.leader, 'cookie', keys, now))).rejects.toMatchObject({
			code: 'error_notices_service'
		});
	});
	it.each([
		'https://fcm.googleapis.com/fcm/send/abc',
		'https://updates.push.services.mozilla.com/wpush/v2/x',
		'https://web.push.apple.com/x',
		'https://wns2-ln2p.notify.windows.com/w/?token=x'
	])('is one of the browsers’ services: %s', (endpoint) => expect(isPushService(endpoint)).toBe(true));
	it('outside of the invented town is nothing for tests', () => {
		expect(waysOf({ ...env, DEMO: false }).push?.extra).toBeUndefined();
	});
});

describe('a process that dies', () => {
	it('between the claim and the sending: it is sent after the wait, once', async () => {
		await withMail(people.leader);
		await news();
		expect(await transaction((tx) => claim(tx, now, 8))).toHaveLength(1);
		expect(await send(later(0.9))).toMatchObject({ sent: 0, failed: 0 });
		expect(await send(later(1))).toMatchObject({ sent: 1 });
		expect(smtp.mails).toHaveLength(1);
	});
	it('while the mail server has it and has not answered: killed, started again, sent', async () => {
		await withMail(people.leader);
		await news();
		smtp.answers.push('silence');
		const tried = smtp.tries();
		const { file } = connections();
		closeDatabase();
		const child = spawn(process.execPath, ['tests/send-and-die.ts', file, smtp.url, String(now.getTime())], {
			stdio: ['ignore', 'ignore', 'inherit']
		});
		const gone = new Promise((done) => child.once('exit', (_code, signal) => done(signal)));
		await expect.poll(() => smtp.tries(), { timeout: 30_000 }).toBe(tried + 1);
		child.kill('SIGKILL');
		expect(await gone).toBe('SIGKILL');
		openDatabase(file);
		expect(await latest()).toMatchObject({ tries: 1, doneAt: null, failedAt: null });
		expect(await send()).toMatchObject({ sent: 0 });
		expect(await send(later(1))).toMatchObject({ sent: 1 });
		expect(smtp.mails).toHaveLength(1);
	}, 60_000);
	it('during its last try: it is not tried for ever', async () => {
		await withMail(people.leader);
		await news();
		let at = now;
		for (let n = 1; n <= MOST_TRIES; n++) {
			expect(await transaction((tx) => claim(tx, at, 8))).toHaveLength(1);
			at = nextTry(n, at);
		}
		expect(await send(at)).toMatchObject({ sent: 0 });
		expect(await latest()).toMatchObject({ error: 'cut', tries: MOST_TRIES });
		expect((await latest()).failedAt).not.toBeNull();
	});
});

it('what is over is swept after five weeks, an address without its code after a day', async () => {
	await withMail(people.leader);
	await transaction((tx) => setMailbox(tx, people.safety, 'clerk@example.jp', now));
	await news();
	await send();
	const rows = await db.$count(message);
	expect(await transaction((tx) => sweepMessages(tx, later(60 * 23)))).toBe(0);
	expect(await transaction((tx) => sweepMessages(tx, later(60 * 25)))).toBe(1);
	expect(await transaction((tx) => sweepMessages(tx, later(60 * 24 * 36)))).toBe(rows);
	expect(await db.$count(message)).toBe(0);
	expect(await mailboxOf(db, people.leader)).toMatchObject({ confirmed: true });
	const left = await db.select().from(mailbox).where(eq(mailbox.person, people.safety.person));
	expect(left).toEqual([]);
});
