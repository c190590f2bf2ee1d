/** Being told outside the app: by mail, and by push on a device. Pure. */
import * as z from 'zod/mini';

export const messageWays = ['mail', 'push'] as const;
export type MessageWay = (typeof messageWays)[number];

/** What people are spoken to in. */
export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

/** Whose words a message carries. The words themselves are made when it is sent. */
export const messageRooms = ['equipment', 'watches', 'runIns', 'person'] as const;
export type MessageRoom = (typeof messageRooms)[number];

const MINUTE = 60_000;
/** Minutes to wait after the first, second … try that did not get through. */
const waits = [1, 5, 15, 60, 180, 360, 720];
export const MOST_TRIES = 8;

/** When it is tried again after so many tries. */
export const nextTry = (tries: number, now: Date): Date =>
	new Date(now.getTime() + waits[Math.min(Math.max(tries, 1), waits.length) - 1]! * MINUTE);

/** A mail address as it is kept. Full-width letters are folded; no line break gets as far as a header. */
export const mailForm = z.object({
	address: z.pipe(
		z.string('error_required').check(
			z.overwrite((typed) => typed.normalize('NFKC').trim()),
			z.minLength(1, 'error_required'),
			z.maxLength(254, 'error_too_long'),
			z.regex(z.regexes.email, 'error_notices_address')
		),
		z.string()
	)
});

/** The six digits of the mail that asks whether the address is right. */
export const codeForm = z.object({
	code: z.string('error_required').check(
		z.overwrite((typed) => typed.normalize('NFKC').replace(/\s/g, '')),
		z.minLength(1, 'error_required'),
		z.regex(/^\d{6}$/, 'error_notices_code')
	)
});

const key = (bytes: number) =>
	z.string('error_input').check(z.regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}=*$`), 'error_input'));
/** What a browser hands out when a person lets us push to it. */
export const pushForm = z.object({
	endpoint: z.string('error_input').check(z.maxLength(1000, 'error_input'), z.url('error_input')),
	p256dh: key(65),
	auth: key(16)
});
export type Push = z.output<typeof pushForm>;

/** A browser's new subscription in the place of the one that has this id. */
export const renewForm = z.extend(pushForm, {
	old: z.string('error_input').check(z.regex(/^[0-9a-f]{64}$/, 'error_input'))
});

/** The services of the browsers: nobody makes us call another machine by handing in its address. */
const services =
	/^(fcm\.googleapis\.com|updates\.push\.services\.mozilla\.com|([a-z0-9-]+\.)*push\.apple\.com|([a-z0-9-]+\.)*notify\.windows\.com)$/;

/** May we push there? `extra` is a host with its port that tests listen on. */
export function isPushService(endpoint: string, extra?: string): boolean {
	if (!URL.canParse(endpoint)) return false;
	const { protocol, host, hostname, port, username, password } = new URL(endpoint);
	if (username || password) return false;
	if (extra !== undefined && host === extra) return true;
	return protocol === 'https:' && port === '' && services.test(hostname);
}
