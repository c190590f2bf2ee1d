/** A request for equipment (申請): its states, the allowed moves, its form. Pure. */
import * as z from 'zod/mini';
import { eraYear } from '#lib/calendar/era.ts';
import { pieces } from './item.ts';

/**
 * draft 下書き · sent 申請済 · sentBack 差戻し · prepared 決裁待ち · approved 支給決定 · declined 不支給決定 · withdrawn 取下げ · done 完了
 * (all of it handed over, or the rest given up).
 */
export const states = ['draft', 'sent', 'sentBack', 'prepared', 'approved', 'declined', 'withdrawn', 'done'] as const;
export type State = (typeof states)[number];

/** What people do to a request, as the timeline tells it. */
export const deeds = [
	'draft',
	'send',
	'sendBack',
	'withdraw',
	'prepare',
	'approve',
	'decline',
	'allocate',
	'release',
	'handOver',
	'undoHandOver',
	'takeBack',
	'close'
] as const;
export type Deed = (typeof deeds)[number];

/** deed → from which states → to which. A deed that is not here does not change the state. */
export const moves: Partial<Record<Deed, { from: readonly State[]; to: State }>> = {
	send: { from: ['draft', 'sentBack'], to: 'sent' },
	sendBack: { from: ['sent', 'prepared'], to: 'sentBack' },
	withdraw: { from: ['draft', 'sent', 'sentBack', 'prepared'], to: 'withdrawn' },
	prepare: { from: ['sent', 'prepared'], to: 'prepared' },
	approve: { from: ['prepared'], to: 'approved' },
	decline: { from: ['prepared'], to: 'declined' },
	close: { from: ['approved'], to: 'done' },
	undoHandOver: { from: ['approved', 'done'], to: 'approved' }
};

/** May this be done to a request in this state? */
export const canMove = (deed: Deed, state: State): boolean => moves[deed]?.from.includes(state) ?? false;

/** The leader may still write in it. */
export const isOpen = (state: State): boolean => canMove('send', state);

/** 令和6-防資-003. */
export const receiptNumber = (fiscalYear: number, no: number): string =>
	`${eraYear(fiscalYear).replace(/年度$/, '')}-防資-${String(no).padStart(3, '0')}`;

/** Most lines of one request: every item of a large store in every size. */
const MOST_LINES = 60;
const longest = { plan: 1000, words: 500 };

/** Name of the box in which pieces of an item and size are typed. */
export const boxOf = (item: string, size: string) => `n:${item}:${size}`;

/** The boxes of pieces among what a form sent, that have something in them. */
export function boxesIn(values: Record<string, unknown>) {
	return Object.entries(values).flatMap(([name, value]) => {
		const [, item, size] = /^n:([^:]{1,64}):(.{0,10})$/s.exec(name) ?? [];
		if (item === undefined || size === undefined || typeof value !== 'string' || value.trim() === '') return [];
		return [{ name, item, size, value: value.trim() }];
	});
}

export type Asked = { item: string; size: string; pieces: number };

/** Lines of boxes `n:<item>:<size>`. An empty box, or a zero, asks for nothing. `errors` is by name of the box. */
export function askedIn(values: Record<string, unknown>): { lines: Asked[]; errors: Record<string, string> } {
	const lines: Asked[] = [];
	const errors: Record<string, string> = {};
	for (const { name, item, size, value } of boxesIn(values)) {
		const found = pieces(0).safeParse(value);
		if (!found.success) errors[name] = found.error.issues[0]?.message ?? 'error_input';
		else if (found.data > 0) lines.push({ item, size, pieces: found.data });
	}
	if (lines.length > MOST_LINES) errors['form'] = 'error_equipment_lines';
	return { lines, errors };
}

/** Pieces of each item in all its sizes, as far as the boxes can be read. */
export function piecesByItem(values: Record<string, unknown>): Record<string, number> {
	const sums: Record<string, number> = {};
	for (const { item, pieces } of askedIn(values).lines) sums[item] = (sums[item] ?? 0) + pieces;
	return sums;
}

const uuid = z
	.string('error_input')
	.check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'error_input'));
/** The id a form carries, made with the page: sent twice it is one thing. */
export const madeWithForm = uuid;

/** The words of a request. The boxes stand beside it (`askedIn`). */
export const requestForm = z.object({
	id: uuid,
	association: z.string('error_required').check(z.minLength(1, 'error_required'), z.maxLength(64, 'error_input')),
	plan: z._default(z.string().check(z.trim(), z.maxLength(longest.plan, 'error_too_long')), ''),
	/** Ticked: the names of the roster go with it. */
	roster: z.optional(z.string()),
	/** Which button was pressed. */
	as: z.enum(['draft', 'send'], 'error_input')
});
export type RequestForm = z.output<typeof requestForm>;

/** Why: for sending back, declining, giving up, overriding. */
export const reasonForm = z.object({
	reason: z
		.string('error_required')
		.check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(longest.words, 'error_too_long'))
});
/** A word with it, if one likes. */
export const wordsOrNone = z._default(z.string().check(z.trim(), z.maxLength(longest.words, 'error_too_long')), '');

/** How far the hand-over of an approved request has come. `lacking`: approved, but nothing to reserve yet (取り寄せ待ち). */
export function progressOf(lines: readonly { approved: number | null; allocated: number; handed: number }[]) {
	const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((total, line) => total + of(line), 0);
	const approved = sum((line) => line.approved ?? 0);
	const allocated = sum((line) => line.allocated);
	const handed = sum((line) => line.handed);
	return { approved, allocated, handed, lacking: approved - allocated - handed };
}
