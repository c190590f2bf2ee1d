/** What each city sets for itself. Everything a city may call or do otherwise is here, never a constant in code. */
import * as z from 'zod/mini';
import { foldDigits } from '#lib/calendar/typed.ts';
import { foldPhone, words } from './member.ts';

export type MunicipalitySettings = {
	/** 全国地方公共団体コード, six digits; open data carry it. */
	cityCode?: string | undefined;
	/** Name of the refuge programme: カンガルーのポケット, こども110番の家 … */
	pocketName: string;
	/** The number of refuge homes is printed without those nobody has confirmed in the year's round. */
	leaveOutUnconfirmed?: boolean;
	/** How far from a school route an open refuge home may be, in metres; 200 where nothing is set. */
	gapMetres?: number;
	/** Days for which the record that a child ran in keeps its content; a year where nothing is set. */
	runInDays?: number;
	/** Name of the city's own patrol cars' crew. */
	cityCarName: string;
	/** Name of the greeting campaign. */
	greetingName: string;
	/** Months of the campaigns, 1–12. */
	campaignMonths: number[];
	map: { tiles: string; attribution: string; lat: number; lng: number; zoom: number };
	/** Middles of 町丁目, where a map opens for a home whose place is not known. */
	towns?: { name: string; lat: number; lng: number }[];
	/** Phone numbers shown on the home screen. */
	phones: { name: string; number: string }[];
	timeZone: 'Asia/Tokyo';
};

/** Where a new installation begins. */
export const firstSettings: MunicipalitySettings = {
	pocketName: 'こども110番の家',
	cityCarName: '青色防犯パトロール隊',
	greetingName: 'あいさつ運動',
	campaignMonths: [5, 6, 10, 11],
	map: {
		tiles: 'https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png',
		attribution: '地理院タイル',
		lat: 35.6895,
		lng: 139.6917,
		zoom: 13
	},
	phones: [],
	timeZone: 'Asia/Tokyo'
};

const decimal = (from: number, to: number) =>
	z.pipe(
		z.pipe(
			z.string(),
			z.transform((text) => Number(foldDigits(text) || NaN))
		),
		z.number('error_number').check(z.minimum(from, 'error_number'), z.maximum(to, 'error_number'))
	);

const whole = (from: number, to: number) =>
	z.pipe(decimal(from, to), z.int('error_number').check(z.minimum(from, 'error_number')));

/** `地域安全課 042-000-0001`, one a line. */
const phoneLines = z.pipe(
	z.pipe(
		z.string(),
		z.transform((text) =>
			text
				.split('\n')
				.map((line) => line.trim())
				.filter(Boolean)
				.map((line) => {
					const [, name, typed] = /^(.+?)[\s\u3000:：,、]+([\d０-９\-－()（） ]+)$/.exec(line) ?? [];
					return { name: name ?? '', number: (typed && foldPhone(typed)) || '' };
				})
		)
	),
	z.array(z.object({ name: z.string(), number: z.string() })).check(
		z.maxLength(6, 'error_phones'),
		z.refine((all) => all.every((one) => one.name && one.number), 'error_phones')
	)
);

/** `本町一丁目 35.6992 139.5091`, one a line. */
const townLines = z.pipe(
	z.pipe(
		z._default(z.string(), ''),
		z.transform((text) =>
			text
				.split('\n')
				.map((line) => line.trim())
				.filter(Boolean)
				.map((line) => {
					const [name = '', lat = '', lng = '', more] = line.split(/[\s\u3000,、]+/);
					return { name, lat: Number(foldDigits(lat) || NaN), lng: Number(more ? NaN : foldDigits(lng) || NaN) };
				})
		)
	),
	z
		.array(
			z.object({
				name: z.string().check(z.minLength(1, 'error_towns'), z.maxLength(40, 'error_towns')),
				lat: z.number('error_towns').check(z.minimum(20, 'error_towns'), z.maximum(46, 'error_towns')),
				lng: z.number('error_towns').check(z.minimum(122, 'error_towns'), z.maximum(154, 'error_towns'))
			})
		)
		.check(z.maxLength(1000, 'error_towns'))
);

/** The settings as the form of the administrator sends them. */
export const settingsForm = z.object({
	name: words(40),
	cityCode: z.pipe(
		z.pipe(
			z._default(z.string(), ''),
			z.transform((text) => foldDigits(text) || undefined)
		),
		z.optional(z.string().check(z.regex(/^\d{6}$/, 'error_city_code')))
	),
	pocketName: words(40),
	leaveOutUnconfirmed: z.pipe(
		z.optional(z.string()),
		z.transform((ticked) => ticked !== undefined)
	),
	runInDays: z.optional(whole(30, 1825)),
	gapMetres: z.optional(whole(50, 1000)),
	cityCarName: words(40),
	greetingName: words(40),
	campaignMonths: z.pipe(
		z._default(z.array(z.string()), []),
		z.transform((months) => months.map(Number).filter((month) => month >= 1 && month <= 12))
	),
	tiles: z.string().check(
		z.regex(/^https:\/\/[^\s"'<>]+$/, 'error_tiles'),
		z.refine((url) => ['{z}', '{x}', '{y}'].every((part) => url.includes(part)), 'error_tiles')
	),
	attribution: words(120),
	lat: decimal(20, 46),
	lng: decimal(122, 154),
	zoom: decimal(5, 18),
	phones: phoneLines,
	towns: townLines
});
export type SettingsInput = z.output<typeof settingsForm>;

export const yearForm = z.object({
	section: z.string(),
	name: words(40),
	fromFiscalYear: z.pipe(
		z.pipe(
			z.string(),
			z.transform((text) => Number(foldDigits(text)))
		),
		z.int('error_number').check(z.minimum(2000, 'error_number'), z.maximum(2100, 'error_number'))
	)
});
export const sectionForm = z.object({ id: z.uuid('error_input'), name: words(40) });
/** A name of a section that was entered by mistake. */
export const sectionNameForm = z.object({
	section: z.string(),
	fromFiscalYear: z.pipe(z.string(), z.transform(Number))
});
export const schoolForm = z.object({ name: words(40), kana: words(80) });
