/** One row of a city's list as a home of the register: what it says, what is wrong in which field, and what was noticed. Pure. */
import { foldDigits } from '#lib/calendar/typed.ts';
import { writtenDay } from '#lib/calendar/written.ts';
import { metresBetween } from '#lib/map/length.ts';
import {
	schoolFold,
	tidy,
	writtenAddress,
	writtenKana,
	writtenKind,
	writtenName,
	writtenPhone,
	writtenState,
	writtenYes
} from './listCells.ts';
import type { ListField, ListLine, Mapping } from './listFields.ts';
import { writtenDays, writtenHours, writtenTime } from './listHours.ts';
import { purposes, type Purpose } from './consent.ts';
import { addressFold } from './fold.ts';
import { weekdays } from './hours.ts';
import { boxOf } from './hoursForm.ts';
import { pocketForm, type PocketForm, type State } from './pocket.ts';

/** What is true of the town whatever the row. */
export type ListTown = {
	city: string;
	today: string;
	center: { lat: number; lng: number };
	/** Metres around the middle in which a home of this town may stand. */
	reach: number;
	schools: readonly { id: string; name: string }[];
	isTown: (name: string) => boolean;
};

/** A field of the list, and a key of the words. `said`: what stood there. */
export type Told = { field: ListField; code: string; said: string };

export type Entry = {
	line: number;
	name: string;
	/** Not registered any more: the row does not come in. */
	over: boolean;
	errors: Told[];
	hints: Told[];
	home?: {
		form: PocketForm;
		number: number | undefined;
		state: Exclude<State, 'ended' | 'declined' | 'explained'>;
		appliedOn: string;
		explainedOn: string | null;
		registeredOn: string | null;
		plate: string;
		note: string;
		/** What was expressly agreed to, in the words of the list. */
		agreed: { purpose: Purpose; text: string }[];
	};
};

/** Reads rows by a mapping. */
export function rowReader(heads: readonly string[], mapping: Mapping, town: ListTown) {
	const at = new Map(mapping.columns.flatMap((field, n) => (field ? [[field, n] as const] : [])));
	const schools = new Map(town.schools.map(({ id, name }) => [schoolFold(name), id]));

	return ({ line, cells }: ListLine): Entry => {
		const errors: Told[] = [];
		const hints: Told[] = [];
		const raw = (field: ListField) => (at.has(field) ? (cells[at.get(field)!] ?? '') : '');
		const cell = (field: ListField) => tidy(raw(field));
		const bad = (field: ListField, code: string) => void errors.push({ field, code, said: cell(field) });
		const noticed = (field: ListField, code: string, said = cell(field)) => void hints.push({ field, code, said });

		const kind = cell('kind') === '' ? mapping.kind || undefined : writtenKind(cell('kind'));
		if (!kind) bad('kind', 'error_lists_kind');
		const { name, kana, others } = writtenName(raw('name'), kind);
		if (others.length > 0) noticed('name', 'lists_hint_persons', others.join('、'));
		const sorted = writtenKana(cell('kana') || kana);
		if (sorted === undefined) noticed('kana', 'lists_hint_kana');

		const phone = writtenPhone(raw('phone'));
		if (!phone) bad('phone', 'error_phone');
		if (phone?.more) noticed('phone', 'lists_hint_phones');
		if (phone?.zero) noticed('phone', 'lists_hint_zero');

		// A list with a column of towns may repeat them in its addresses, or not.
		const isThere = addressFold(cell('address')).includes(addressFold(cell('town')));
		const whole = isThere ? cell('address') : cell('town') + cell('address');
		const split = writtenAddress(whole, town.city, town.isTown);
		const street = split.town ? split : { town: cell('town'), address: cell('address') };
		if (cell('address') && !street.town) bad('address', 'error_lists_town');

		const named = cell('school');
		const school = named ? schools.get(schoolFold(named)) : mapping.school;
		if (!school) bad('school', named ? 'error_lists_school' : 'error_required');

		const hours: Record<string, string> = {};
		const kept: string[] = [];
		for (const day of weekdays) {
			const field = `hours${day}` as const;
			const [span] = (cell(field) && writtenHours(cell(field), [day], 'none')) || [];
			if (span) [hours[boxOf('from', day)], hours[boxOf('to', day)]] = [span.from, span.to];
			else if (cell(field) && !/^[-×ー✕休]/.test(cell(field))) kept.push(cell(field));
		}
		const days = writtenDays(cell('days'));
		const [from, to] = [writtenTime(cell('from')), writtenTime(cell('to'))];
		const text = cell('hours') || (from && to ? `${from}-${to}` : [cell('from'), cell('to')].filter(Boolean).join('-'));
		const spans = text ? writtenHours(text, days, mapping.days) : [];
		for (const one of spans ?? [])
			for (const day of one.days) [hours[boxOf('from', day)], hours[boxOf('to', day)]] = [one.from, one.to];
		if (!spans || (cell('days') && !days)) kept.push([cell('days'), text].filter(Boolean).join(' '));
		if (kept.length > 0) noticed('hours', 'lists_hint_hours', kept.join(' '));

		const place = placeOf(raw('lat'), raw('lng'), town);
		if (typeof place === 'string')
			errors.push({ field: 'lat', code: place, said: `${cell('lat')} ${cell('lng')}`.trim() });

		const on = (field: 'appliedOn' | 'explainedOn' | 'registeredOn' | 'endedOn') => {
			if (cell(field) === '') return null;
			const day = writtenDay(cell(field));
			if (!day) bad(field, 'error_day');
			else if (day > town.today) bad(field, 'error_pockets_future');
			return day ?? null;
		};
		const state = writtenState(cell('state'));
		if (!state) bad('state', 'error_lists_state');
		const endedOn = on('endedOn');
		const registered = on('registeredOn') ?? (mapping.registeredOn || null);
		const [applied, explained] = [on('appliedOn'), on('explainedOn')];
		if (state !== 'applied' && !cell('registeredOn') && !registered) bad('registeredOn', 'error_required');
		if (registered && explained && explained > registered) bad('explainedOn', 'error_lists_order');

		const digits = foldDigits(cell('number')).replace(/^no\.?/i, '');
		const number = digits === '' ? undefined : Number(digits);
		if (number !== undefined && !(Number.isInteger(number) && number >= 1 && number <= 9_999_999))
			bad('number', 'error_number');

		const agreed = purposes.flatMap((purpose) => {
			const field = purpose === 'contact' ? 'agreedContact' : purpose;
			const said = writtenYes(raw(field));
			if (said === undefined) bad(field, 'error_lists_yes');
			return said ? [{ purpose, text: `${heads[at.get(field)!] ?? ''}: ${cell(field)}` }] : [];
		});
		const [plate, note] = [cell('plate'), raw('note').trim()];
		if (plate.length > 20) bad('plate', 'error_too_long');
		if (note.length > 1500) bad('note', 'error_too_long');

		const closed = [cell('closed'), ...kept].filter(Boolean).join(' / ');
		const parsed = pocketForm.safeParse({
			kind: kind ?? 'home',
			name,
			kana: sorted ?? '',
			contact: [cell('contact'), ...others].filter(Boolean).join('、'),
			town: street.town || '―',
			address: [street.address, cell('building')].filter(Boolean).join(' '),
			school: school ?? '-',
			phone: phone?.phone ?? '',
			lat: typeof place === 'object' ? String(place.lat) : '',
			lng: typeof place === 'object' ? String(place.lng) : '',
			closed,
			...hours
		});
		for (const { path, message } of parsed.error?.issues ?? []) {
			const field = fieldOf[String(path[0])] ?? (String(path[0]) as ListField);
			if (!errors.some((one) => one.field === field))
				bad(field, message.startsWith('error_') ? message : 'error_input');
		}
		const over = state === 'over' || endedOn !== null;
		const entry = { line, name: name || cell('name'), over, errors, hints };
		if (!parsed.data || errors.length > 0 || !state || state === 'over') return entry;
		const isIn = state !== 'applied';
		const more = phone?.more ? [`${heads[at.get('phone')!] ?? ''}: ${cell('phone')}`] : [];
		return {
			...entry,
			home: {
				form: parsed.data,
				number: isIn ? number : undefined,
				state: isIn ? (state === 'paused' ? 'paused' : 'registered') : 'applied',
				appliedOn: applied ?? explained ?? registered ?? town.today,
				explainedOn: explained ?? (isIn ? registered : null),
				registeredOn: isIn ? registered : null,
				plate: isIn ? plate : '',
				note: [note, ...more].filter(Boolean).join('\n'),
				agreed
			}
		};
	};
}

const fieldOf: Record<string, ListField> = { lat: 'lat', lng: 'lat', closed: 'hours', town: 'town' };

/** A place, nothing, or a key of the words of what is wrong with it. */
function placeOf(lat: string, lng: string, town: ListTown): { lat: number; lng: number } | undefined | string {
	const [a, b] = [foldDigits(lat), foldDigits(lng)];
	if ((a === '' && b === '') || (Number(a) === 0 && Number(b) === 0)) return undefined;
	const [y, x] = [Number(a || NaN), Number(b || NaN)];
	if (!Number.isFinite(y) || !Number.isFinite(x)) return 'error_lists_place';
	const far = (at: readonly [number, number]) => metresBetween([town.center.lat, town.center.lng], at) > town.reach;
	if (!far([y, x])) return { lat: y, lng: x };
	return Math.abs(x) <= 90 && !far([x, y]) ? 'error_lists_swapped' : 'error_lists_far';
}
