/** A child ran in (駆け込み): what is written down about it. The most sensitive record of the house. Pure. */
import * as z from 'zod/mini';

/** Kind of the op a phone sends. */
export const runInKind = 'pocket.runIn';

/** 声かけ · つきまとい · 腕をつかまれた等 · 写真を撮られた · 体調不良 · けが · 迷子 · その他. */
export const happenings = [
	'spoken',
	'followed',
	'grabbed',
	'photographed',
	'ill',
	'injured',
	'lost',
	'otherThing'
] as const;
export type Happening = (typeof happenings)[number];

/** What was seen of somebody suspicious. */
export const traits = ['man', 'woman', 'several', 'onFoot', 'bicycle', 'motorbike', 'car', 'near'] as const;
export type Trait = (typeof traits)[number];

/** About how old: never who. */
export const grades = ['preschool', 'lower', 'middle', 'upper', 'older', 'unknown'] as const;
export type Grade = (typeof grades)[number];

/** Who was called: 110 · 119 · 保護者 · 学校 · 指導室. */
export const contacts = ['police', 'ambulance', 'guardian', 'school', 'office'] as const;
export type Contact = (typeof contacts)[number];

/** To whom the child went from here. */
export const takers = ['guardian', 'police', 'ambulance', 'school', 'alone', 'otherPerson'] as const;
export type Taker = (typeof takers)[number];

export const reporters = ['host', 'volunteer', 'office'] as const;
export type Reporter = (typeof reporters)[number];

/** So long the content is kept where the city has set nothing. */
export const RUN_IN_DAYS = 365;

const day = z.iso.date();
const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const words = (most: number) => z.string().check(z.maxLength(most));

/** What a phone sends: op `pocket.runIn`. A fact that happened: little is asked, so that it can always be stored. */
export const runInPayload = z.strictObject({
	pocket: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
	/** The number on the plate of the home, where whoever writes has no more than that. */
	number: z.optional(z.int().check(z.minimum(1), z.maximum(999_999))),
	/** Typed day and time, JST: they never shift. */
	on: day,
	time: clock,
	where: words(120),
	happened: z.array(z.enum(happenings)).check(z.minLength(1), z.maxLength(happenings.length)),
	suspect: z.array(z.enum(traits)).check(z.maxLength(traits.length)),
	description: words(200),
	grade: z.enum(grades),
	children: z.int().check(z.minimum(1), z.maximum(50)),
	words: words(1000),
	/** Calls that were made already, by the time on the phone's clock. */
	called: z.array(z.strictObject({ kind: z.enum(contacts), on: day, time: clock })).check(z.maxLength(20)),
	handed: z.optional(z.strictObject({ to: z.enum(takers), on: day, time: clock }))
});
export type RunInPayload = z.output<typeof runInPayload>;
