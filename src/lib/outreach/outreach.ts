/**
 * 啓発と連携: what the office did beside patrols. Four kinds that are written down nearly alike, so one description tells what each asks
 * for, and one form, one list and one table serve them all. Pure.
 */
import * as z from 'zod/mini';
import { isDay } from '#lib/calendar/day.ts';
import { foldDigits, typedDay } from '#lib/calendar/typed.ts';

export const kinds = ['event', 'alert', 'material', 'badge'] as const;
export type Kind = (typeof kinds)[number];
export const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text);

/** The sorts of each kind: 講習会・協議会・つどい, what an alert mail was about, 横断幕・のぼり旗・ポスター. */
export const sort = {
	event: ['lecture', 'council', 'gathering'],
	alert: ['suspicious', 'fraud', 'theft', 'other'],
	material: ['banner', 'flag', 'poster'],
	badge: []
} as const satisfies Record<Kind, readonly string[]>;
export const allSorts = [...sort.event, ...sort.alert, ...sort.material] as const;
export type Sort = (typeof allSorts)[number];

/** Where materials hang, in the order the plan names them. */
export const places = ['cityFacility', 'publicBody', 'shops', 'elsewhere'] as const;
export type Place = (typeof places)[number];

/**
 * What each kind asks for beside its day and name. count: 参加者数, 数量; `later`: known only once it was held, and until then the event does
 * not count; `needed`: from one on.
 */
export const shapes: Record<
	Kind,
	{ sorts: readonly Sort[]; place: boolean; until: boolean; count: 'none' | 'later' | 'needed' }
> = {
	event: { sorts: sort.event, place: false, until: false, count: 'later' },
	alert: { sorts: sort.alert, place: false, until: false, count: 'none' },
	material: { sorts: sort.material, place: true, until: true, count: 'needed' },
	badge: { sorts: [], place: false, until: false, count: 'needed' }
};

/** What is written down, whatever its kind. `name`: 件名, 地域, 場所, 渡した相手. */
export type Written = {
	sort: Sort | null;
	place: Place | null;
	onDay: string;
	untilDay: string | null;
	name: string;
	count: number | null;
};

const text = () => z._default(z.string(), '');
const sent = z.object({
	sort: text(),
	place: text(),
	onDay: typedDay(),
	untilDay: text(),
	name: z
		.string('error_required')
		.check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(100, 'error_too_long')),
	count: text()
});

/** The form of a kind: what it does not ask for is not taken. */
export const formOf = (kind: Kind) =>
	z.pipe(
		sent,
		z.transform((typed, context): Written => {
			const { sorts, place, until, count } = shapes[kind];
			const wrong = (field: string, message: string) =>
				context.issues.push({ code: 'custom', message, path: [field], input: typed });
			const chosen = sorts.find((one) => one === typed.sort);
			if (sorts.length > 0 && !chosen) wrong('sort', 'error_required');
			const where = places.find((one) => one === typed.place);
			if (place && !where) wrong('place', 'error_required');
			const last = foldDigits(typed.untilDay);
			if (until && !isDay(last)) wrong('untilDay', last ? 'error_day' : 'error_required');
			else if (until && last < typed.onDay) wrong('untilDay', 'error_outreach_days');
			const digits = foldDigits(typed.count).replace(/[,，]/g, '');
			if (count === 'needed' && !digits) wrong('count', 'error_required');
			else if (count !== 'none' && digits && !/^\d{1,6}$/.test(digits)) wrong('count', 'error_number');
			else if (count === 'needed' && Number(digits) === 0) wrong('count', 'error_outreach_none');
			return {
				sort: chosen ?? null,
				place: (place && where) || null,
				onDay: typed.onDay,
				untilDay: until ? last : null,
				name: typed.name,
				count: count === 'none' || !digits ? null : Number(digits)
			};
		})
	);

/** Adding one, with the id that the page made for it. */
export const addForm = (kind: Kind) => z.intersection(z.object({ id: z.uuid() }), formOf(kind));
/** Correcting one, with the number of the version that was looked at. */
export const correctForm = (kind: Kind) =>
	z.intersection(z.object({ number: z.pipe(z.string(), z.transform(Number)) }), formOf(kind));

/**
 * May this be written down on a day? What is told was done; an event alone may be put down ahead, without those who will come.
 */
export const isAhead = (kind: Kind, written: Pick<Written, 'onDay' | 'count'>, today: string): boolean =>
	written.onDay > today && (kind !== 'event' || written.count !== null);

/** Sorts and places as files and printed lines name them, in every language: they outlive screens. */
export const printedWords: Record<Sort | Place, string> = {
	lecture: '講習会',
	council: '協議会',
	gathering: 'つどい',
	suspicious: '不審者',
	fraud: '特殊詐欺',
	theft: '窃盗',
	other: 'その他',
	banner: '横断幕',
	flag: 'のぼり旗',
	poster: 'ポスター',
	cityFacility: '市施設',
	publicBody: '公共機関',
	shops: '商店会',
	elsewhere: 'その他の場所'
};
