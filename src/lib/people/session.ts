/** How long a sign-in lasts, and how a device is called. Pure. */

/** How a person came in: id and password, a leader's one-time code, a button of the demo town, or a one-time link. */
export const signInWays = ['password', 'code', 'demo', 'link'] as const;
export type SignInWay = (typeof signInWays)[number];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Limits per class of account: volunteers and leaders keep their device, staff sit at shared desks. */
export const limits = {
	volunteer: { idle: 30 * DAY, absolute: 90 * DAY },
	staff: { idle: 30 * MINUTE, absolute: 12 * 60 * MINUTE }
} as const;

/** `lastSeenAt` is written when it is older than this. */
export const SEEN_EVERY = MINUTE;

/** Is a session of these instants over at `now`? */
export function isOver(at: { createdAt: Date; lastSeenAt: Date }, staff: boolean, now: Date): boolean {
	const limit = staff ? limits.staff : limits.volunteer;
	return (
		now.getTime() - at.lastSeenAt.getTime() >= limit.idle || now.getTime() - at.createdAt.getTime() >= limit.absolute
	);
}

const devices: [RegExp, string][] = [
	[/iPhone|iPod/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/Android.*Mobile/, 'Android の電話'],
	[/Android/, 'Android のタブレット'],
	[/CrOS/, 'Chromebook'],
	[/Windows/, 'Windows のパソコン'],
	[/Macintosh/, 'Mac'],
	[/Linux/, 'Linux のパソコン']
];
const browsers: [RegExp, string][] = [
	[/ Line\//, 'LINE'],
	[/Edg(A|iOS)?\//, 'Edge'],
	[/SamsungBrowser\//, 'Samsung ブラウザー'],
	[/Firefox\/|FxiOS\//, 'Firefox'],
	[/Chrome\/|CriOS\//, 'Chrome'],
	[/Safari\//, 'Safari']
];

/** A device in words, from the browser's own description: 「iPhone の Safari」. */
export function deviceLabel(userAgent: string | null): string {
	const device = devices.find(([sign]) => sign.test(userAgent ?? ''))?.[1];
	const browser = browsers.find(([sign]) => sign.test(userAgent ?? ''))?.[1];
	if (device && browser) return `${device} の ${browser}`;
	return device ?? browser ?? '不明な端末';
}
