/** A refuge home (カンガルーのポケット, こども110番の家 …): what it is, its life, its form. Pure. */
import * as z from 'zod/mini';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { foldDigits, typedDay } from '#lib/calendar/typed.ts';
import { kana, phoneOrNone, words, wordsOrNone } from '#lib/people/member.ts';
import { hoursErrors, hoursIn } from './hoursForm.ts';
import { kinds } from './kinds.ts';

export { kinds, type Kind } from './kinds.ts';

/**
 * applied 申込 · explained 説明済 · registered 登録 · paused 休止 · ended 登録解除 · declined 不登録 (before it was registered).
 */
export const states = ['applied', 'explained', 'registered', 'paused', 'ended', 'declined'] as const;
export type State = (typeof states)[number];

/** What happens to a pocket, as its history tells it. */
export const deeds = [
	'apply',
	'explain',
	'register',
	'change',
	'pause',
	'resume',
	'end',
	'decline',
	'plate',
	'plateBack',
	'consent',
	'withdraw',
	'confirm'
] as const;
export type Deed = (typeof deeds)[number];

/** deed → from which states → to which. A deed that is not here leaves the state as it is. */
export const moves: Partial<Record<Deed, { from: readonly State[]; to: State }>> = {
	explain: { from: ['applied'], to: 'explained' },
	// The briefing is a duty (DOMAIN: 確認(訪問・説明) comes before 登録): nobody is registered who was not told.
	register: { from: ['explained'], to: 'registered' },
	pause: { from: ['registered'], to: 'paused' },
	resume: { from: ['paused'], to: 'registered' },
	end: { from: ['registered', 'paused'], to: 'ended' },
	decline: { from: ['applied', 'explained'], to: 'declined' }
};

/** May this be done to a pocket in this state? */
export const canMove = (deed: Deed, state: State): boolean => moves[deed]?.from.includes(state) ?? false;

/** It is over: nothing is written in it any more, but that its plate came back. */
export const isOver = (state: State): boolean => state === 'ended' || state === 'declined';

/** Why a registration ends: 転居 · 高齢・辞退 · 閉店 · 宛先不明 · 学区の終了 · 登録の誤り(重複など) · その他. */
export const endings = ['moved', 'withdrew', 'closed', 'unreachable', 'districtClosed', 'mistake', 'other'] as const;
export type Ending = (typeof endings)[number];

/** How an application came: by the host on the public form, on paper through school, PTA or leader, or to the office. */
export const ways = ['host', 'school', 'pta', 'leader', 'office'] as const;
export type Way = (typeof ways)[number];

/**
 * Registered on this day? The day it is registered counts, the day it ends does not: what ends on 31 March is not in the number
 * of that 31 March.
 */
export const registeredOnDay = (
	pocket: { registeredOn: string | null; endedOn: string | null },
	day: string
): boolean =>
	pocket.registeredOn !== null && pocket.registeredOn <= day && (pocket.endedOn === null || pocket.endedOn > day);

/** First and last day of a fiscal year, between which what is new and what ended is counted. */
export const yearOf = (fiscalYear: number) => ({ from: fiscalYearStart(fiscalYear), to: fiscalYearEnd(fiscalYear) });

/** A place may be set later, by the office: an application on paper has an address and no map. */
const degreesOf = (box: string, from: number, to: number) =>
	z.pipe(
		z.pipe(
			z._default(z.string(), ''),
			z.transform((text) => (foldDigits(text) === '' ? null : Number(foldDigits(text))))
		),
		z.nullable(z.number(box).check(z.minimum(from, box), z.maximum(to, box)))
	);

const fields = {
	kind: z.enum(kinds, 'error_choose'),
	name: words(80),
	kana: kana(),
	/** Whom one asks for there. */
	contact: wordsOrNone(60),
	/** 町丁目, by which a home is counted where its place is not shown. */
	town: words(40),
	address: words(120),
	school: z.string('error_choose').check(z.minLength(1, 'error_choose'), z.maxLength(64, 'error_input')),
	phone: phoneOrNone(),
	lat: degreesOf('error_pockets_point', 20, 46),
	lng: degreesOf('error_pockets_point', 122, 154),
	/** Words of the host about days on which nobody is there. */
	closed: wordsOrNone(120)
};

/** The boxes of a pocket. The hours stand in boxes of their own (`from:1`, `to:1` for Monday …). */
export const pocketForm = z.pipe(
	z.pipe(
		z.looseObject(fields).check((ctx) => {
			if ((ctx.value.lat === null) !== (ctx.value.lng === null))
				ctx.issues.push({ code: 'custom', input: ctx.value, path: ['lat'], message: 'error_pockets_point' });
			for (const [box, message] of Object.entries(hoursErrors(ctx.value)))
				ctx.issues.push({ code: 'custom', input: ctx.value, path: [box], message });
		}),
		z.transform((value) => ({ value, hours: hoursIn(value) }))
	),
	z.transform(({ value, hours }) => {
		const { kind, name, kana, contact, town, address, school, phone, lat, lng, closed } = value;
		return { kind, name, kana, contact, town, address, school, phone, lat, lng, closed, hours };
	})
);
export type PocketForm = z.output<typeof pocketForm>;

/** A day on which something happened, not in the future: the verb compares with today. */
export const onDay = z.object({ on: typedDay() });
