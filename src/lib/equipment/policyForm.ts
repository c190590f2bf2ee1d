/** The rules of the city (支給基準) as a form: every rule a box, left empty where the city does not have it. Pure, and back again. */
import * as z from 'zod/mini';
import { isDay } from '#lib/calendar/day.ts';
import { foldDigits } from '#lib/calendar/typed.ts';
import { MOST_PIECES } from './item.ts';
import type { Basis, Cap, ItemPolicy, Policy } from './policy.ts';

export const bases = ['fixed', 'members', 'activeMembers', 'peoplePerPatrol'] as const satisfies Basis[];
export const caps = ['perRequest', 'perFiscalYear', 'perLifetime'] as const;
/** Rows of the table of points; more than any city has. */
export const POINT_ROWS = 6;
/** Stands for 「すべての品目」 among the items. */
export const EVERY = 'every';

/** Name of a box of an item: a cap, its basis, or what else belongs to it. */
export const itemBox = (
	item: string,
	of: (typeof caps)[number] | `${(typeof caps)[number]}:basis` | 'wornOut' | 'points' | 'own'
) => `i:${item}:${of}`;
export const pointBox = (row: number, of: 'from' | 'points') => `points:${row}:${of}`;

type Bounds = { least?: number; most: number; wrong: string; decimals?: boolean };
/** A number as typed, full-width digits understood; nothing typed: the rule is not there. */
const number = ({ least = 0, most, wrong, decimals = false }: Bounds) =>
	z.pipe(
		z.pipe(
			z.optional(z.string()),
			z.transform((text) => foldDigits(text ?? '').replace(/[,，%％]/g, ''))
		),
		z.pipe(
			z.string().check(
				z.regex(decimals ? /^(\d{1,6}(\.\d{1,2})?)?$/ : /^\d{0,6}$/, wrong),
				z.refine((text) => text === '' || (Number(text) >= least && Number(text) <= most), wrong)
			),
			z.transform((text): number | undefined => (text === '' ? undefined : Number(text)))
		)
	);
const flag = z.pipe(
	z.optional(z.string()),
	z.transform((text) => text !== undefined)
);

/** `5/1`, `5月1日`, `05-01` → `05-01`. */
const monthDay = z.pipe(
	z.pipe(
		z.optional(z.string()),
		z.transform((text) => {
			const typed = foldDigits(text ?? '').replace('／', '/');
			const [, month, day] = /^(\d{1,2})(?:[/.-]|月)(\d{1,2})日?$/.exec(typed) ?? [];
			return month && day ? `${month.padStart(2, '0')}-${day.padStart(2, '0')}` : typed;
		})
	),
	// 2024 has a 29 February.
	z.string().check(z.refine((text) => text === '' || isDay(`2024-${text}`), 'error_equipment_month_day'))
);

const fields = z.object({
	registered: flag,
	minMembers: number({ most: 9999, wrong: 'error_equipment_pieces' }),
	patrolsPerMonth: number({ most: 999, wrong: 'error_equipment_number', decimals: true }),
	patrolsOverMonths: number({ least: 1, most: 12, wrong: 'error_equipment_months' }),
	residentsShare: number({ most: 100, wrong: 'error_equipment_percent', decimals: true }),
	residentsMore: z._default(z.enum(['more', 'least'], 'error_choose'), 'least'),
	windowFrom: monthDay,
	windowTo: monthDay,
	coolDownYears: number({ least: 1, most: 50, wrong: 'error_equipment_pieces' }),
	coolDownOf: z._default(z.enum(['fiscalYears', 'years'], 'error_choose'), 'fiscalYears'),
	money: z._default(z.string().check(z.trim(), z.maxLength(500, 'error_too_long')), ''),
	oneMayDoBoth: flag
});
const pieces = number({ most: MOST_PIECES, wrong: 'error_equipment_pieces' });
const basis = z._default(z.enum(bases, 'error_choose'), 'fixed');

type Values = Record<string, string | string[]>;
type Wrong = (box: string, message: string) => void;

/** One box by itself; what is wrong is said at it. */
function read<S extends z.ZodMiniType>(schema: S, values: Values, box: string, wrong: Wrong): z.output<S> | undefined {
	const found = schema.safeParse(values[box]);
	if (!found.success) wrong(box, found.error.issues[0]?.message ?? 'error_input');
	return found.data;
}

function pointsIn(values: Values, wrong: Wrong) {
	const rows = Array.from({ length: POINT_ROWS }, (_, n) => {
		const [from, points] = (['from', 'points'] as const).map((of) => read(pieces, values, pointBox(n, of), wrong));
		if (from === undefined && points === undefined) return [];
		if (from === undefined) wrong(pointBox(n, 'from'), 'error_required');
		if (points === undefined) wrong(pointBox(n, 'points'), 'error_required');
		return [{ fromMembers: from ?? 0, points: points ?? 0 }];
	}).flat();
	return rows.toSorted((a, b) => a.fromMembers - b.fromMembers);
}

/** The rules of one item; undefined where it has none of its own. */
function itemIn(values: Values, item: string, wrong: Wrong): ItemPolicy | undefined {
	const limits = caps.flatMap((by): [string, Cap][] => {
		const n = read(pieces, values, itemBox(item, by), wrong);
		const of = read(basis, values, itemBox(item, `${by}:basis`), wrong);
		return n === undefined ? [] : [[by, { basis: of ?? 'fixed', pieces: n }]];
	});
	const wornOut = values[itemBox(item, 'wornOut')] !== undefined;
	const points = read(pieces, values, itemBox(item, 'points'), wrong);
	const found: ItemPolicy = {
		...Object.fromEntries(limits),
		...(wornOut && { wornOut }),
		...(points !== undefined && { points })
	};
	const own = values[itemBox(item, 'own')] !== undefined;
	return own || Object.keys(found).length > 0 ? found : undefined;
}

function itemsIn(values: Values, wrong: Wrong): Pick<Policy, 'items' | 'everyItem'> {
	const ids = new Set(Object.keys(values).flatMap((box) => /^i:([^:]{1,64}):/.exec(box)?.[1] ?? []));
	const found = [...ids].flatMap((id): [string, ItemPolicy][] => {
		const rules = itemIn(values, id, wrong);
		return rules ? [[id, rules]] : [];
	});
	const everyItem = found.find(([id]) => id === EVERY)?.[1];
	const items = found.filter(([id]) => id !== EVERY);
	return { ...(everyItem && { everyItem }), ...(items.length > 0 && { items: Object.fromEntries(items) }) };
}

/** Rules that belong together must both be there. */
function rulesOf(typed: z.output<typeof fields>, wrong: Wrong): Policy {
	const { patrolsPerMonth: perMonth, patrolsOverMonths: overMonths, windowFrom: from, windowTo: to } = typed;
	if (perMonth !== undefined && overMonths === undefined) wrong('patrolsOverMonths', 'error_required');
	if (from && !to) wrong('windowTo', 'error_required');
	if (to && !from) wrong('windowFrom', 'error_required');
	return {
		...(typed.registered && { registered: true }),
		...(typed.minMembers !== undefined && { minMembers: typed.minMembers }),
		...(perMonth !== undefined && overMonths !== undefined && { patrols: { perMonth, overMonths } }),
		...(typed.residentsShare !== undefined && {
			residents: { share: Number((typed.residentsShare / 100).toFixed(4)), more: typed.residentsMore === 'more' }
		}),
		...(from && to && { window: { from, to } }),
		...(typed.coolDownYears !== undefined && { coolDown: { years: typed.coolDownYears, of: typed.coolDownOf } }),
		...(typed.money && { money: typed.money })
	};
}

export const policyForm = z.pipe(
	z.record(z.string(), z.union([z.string(), z.array(z.string())])),
	z.transform((values, payload): { policy: Policy; oneMayDoBoth: boolean; seen?: string } => {
		const wrong: Wrong = (box, message) =>
			void payload.issues.push({ code: 'custom', message, path: [box], input: values });
		const typed = fields.safeParse(values);
		for (const one of typed.error?.issues ?? []) wrong(String(one.path[0]), one.message);
		const points = pointsIn(values, wrong);
		const items = itemsIn(values, wrong);
		const policy = {
			...(typed.data && rulesOf(typed.data, wrong)),
			...(points.length > 0 && { points }),
			...items
		};
		const seen = typeof values['seen'] === 'string' && { seen: values['seen'] };
		return { policy, oneMayDoBoth: typed.data?.oneMayDoBoth ?? false, ...seen };
	})
);

/** `05-01` as people type it: 5/1. */
const typedMonthDay = (text: string) => text.split('-').map(Number).join('/');

/** What the boxes show. A box that is not here is empty, a tick that is not here is off. */
export function boxesOf({ policy, oneMayDoBoth }: { policy: Policy; oneMayDoBoth: boolean }): Record<string, string> {
	const { patrols, residents, window, coolDown, points = [], items = {}, everyItem } = policy;
	const all = { ...items, ...(everyItem && { [EVERY]: everyItem }) };
	return {
		...(policy.registered && { registered: 'on' }),
		...(policy.minMembers !== undefined && { minMembers: String(policy.minMembers) }),
		...(patrols && { patrolsPerMonth: String(patrols.perMonth), patrolsOverMonths: String(patrols.overMonths) }),
		...(residents && {
			residentsShare: String(Number((residents.share * 100).toFixed(2))),
			residentsMore: residents.more ? 'more' : 'least'
		}),
		...(window && { windowFrom: typedMonthDay(window.from), windowTo: typedMonthDay(window.to) }),
		...(coolDown && { coolDownYears: String(coolDown.years), coolDownOf: coolDown.of }),
		...(policy.money && { money: policy.money }),
		...(oneMayDoBoth && { oneMayDoBoth: 'on' }),
		...Object.fromEntries(
			points.flatMap((row, n) => [
				[pointBox(n, 'from'), String(row.fromMembers)],
				[pointBox(n, 'points'), String(row.points)]
			])
		),
		...Object.fromEntries(Object.entries(all).flatMap(([id, rules]) => itemBoxes(id, rules)))
	};
}

const itemBoxes = (id: string, rules: ItemPolicy): [string, string][] => [
	[itemBox(id, 'own'), 'on'],
	...caps.flatMap((by): [string, string][] => {
		const cap = rules[by];
		return cap
			? [
					[itemBox(id, by), String(cap.pieces)],
					[itemBox(id, `${by}:basis`), cap.basis]
				]
			: [];
	}),
	...(rules.wornOut ? [[itemBox(id, 'wornOut'), 'on'] as [string, string]] : []),
	...(rules.points === undefined ? [] : [[itemBox(id, 'points'), String(rules.points)] as [string, string]])
];
