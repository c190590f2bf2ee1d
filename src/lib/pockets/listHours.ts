/** Hours as people write them into one cell: 月〜金 9時〜17時半, 平日9:00-17:00 土10:00-12:00. Pure. */
import type { Mapping } from './listFields.ts';

const order = '日月火水木金土';
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const workdays = [1, 2, 3, 4, 5];

const plainOf = (text: string) =>
	text
		.normalize('NFKC')
		.replace(/[〜~～−–—‐ーｰ]/g, '-')
		.replace(/から/g, '-')
		.replace(/まで/g, '')
		.replace(/[\s、,]+/g, ' ')
		.trim();

/** Weekdays of 月〜金, 月・水・金, 平日, 土日, 毎日; undefined where it is no weekdays. */
export function writtenDays(text: string): number[] | undefined {
	const plain = plainOf(text).replace(/曜日?|\s|・|\/|\(|\)/g, '');
	if (plain === '') return undefined;
	if (/^(毎日|全日|年中無休|無休)$/.test(plain)) return everyDay;
	const rest = plain
		.replace(/平日/g, '月-金')
		.replace(/土日祝?/g, '土日')
		.replace(/祝日?/g, '');
	if (!/^([日月火水木金土](-[日月火水木金土])?)+$/.test(rest)) return undefined;
	const days = new Set<number>();
	for (const [, from = '', to] of rest.matchAll(/([日月火水木金土])(?:-([日月火水木金土]))?/g)) {
		const first = order.indexOf(from);
		const last = to ? order.indexOf(to) : first;
		for (let n = 0; n <= (last - first + 7) % 7; n++) days.add((first + n) % 7);
	}
	return [...days].sort();
}

/** 9, 9:00, 9時, 9時半, 午後5時 as `HH:MM`; 24 is the last minute of the day. */
export function writtenTime(text: string): string | undefined {
	const [, noon, hour, sign, minutes] =
		/^(午前|午後|am|pm)?(\d{1,2})(?:(:|時)(\d{1,2}|半)?分?)?(?::\d{2})?$/i.exec(plainOf(text).replace(/\s/g, '')) ?? [];
	if (hour === undefined || (sign === ':' && minutes === undefined)) return undefined;
	const h = Number(hour) + (/午後|pm/i.test(noon ?? '') && Number(hour) < 12 ? 12 : 0);
	const min = minutes === '半' ? 30 : Number(minutes ?? 0);
	if (h === 24 && min === 0) return '23:59';
	return h < 24 && min < 60 ? `${String(h).padStart(2, '0')}:${String(min).padStart(2, '0')}` : undefined;
}

const clock = '(?:午前|午後|AM|PM)?\\d{1,2}(?:[:時](?:\\d{1,2}|半)?分?)?(?::\\d{2})?';
const span = new RegExp(`([^\\d午AP]*)(${clock})\\s*-\\s*(${clock})`, 'gi');

type Span = { days: number[]; from: string; to: string };

/**
 * The spans of a cell. `days`: those of another column, or undefined where there are none; then `unsaid` tells what a time without
 * weekdays means. Undefined where the cell says something that is no span: then its words are kept as words.
 */
export function writtenHours(text: string, days: number[] | undefined, unsaid: Mapping['days']): Span[] | undefined {
	const otherwise = days ?? { none: undefined, week: workdays, all: everyDay }[unsaid];
	const plain = plainOf(text)
		.replace(/^24時間(営業)?$/, '毎日 0:00-24:00')
		.replace(/^(終日|いつでも)$/, '0:00-24:00');
	const spans: Span[] = [];
	let rest = plain;
	for (const [all, before = '', start = '', end = ''] of plain.matchAll(span)) {
		const said = before.replace(/[\s:/;()・]/g, '');
		const on = said === '' ? otherwise : writtenDays(said);
		const [from, to] = [writtenTime(start), writtenTime(end)];
		if (!on || from === undefined || to === undefined || from >= to) return undefined;
		// Two spans of one day have no boxes of their own: the words say it better.
		if (spans.some((one) => one.days.some((day) => on.includes(day)))) return undefined;
		spans.push({ days: on, from, to });
		rest = rest.replace(all, '');
	}
	return spans.length > 0 && rest.replace(/[\s()/;.。]/g, '') === '' ? spans : undefined;
}
