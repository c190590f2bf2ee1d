/** Names of the room's codes in the language of the screen. For pages only. */
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/messages.js';
import type { PlaceKind } from './place.ts';
import type { Programme } from './programme.ts';
import type { AttendanceResult, CancelReason, ShiftStatus } from './shift.ts';

const programmes: Record<Programme, () => string> = {
	cityCar: m.watches_programme_cityCar,
	cityCarSchool: m.watches_programme_cityCarSchool,
	volunteerPatrol: m.watches_programme_volunteerPatrol,
	schoolWatch: m.watches_programme_schoolWatch,
	greeting: m.watches_programme_greeting,
	joint: m.watches_programme_joint,
	business: m.watches_programme_business,
	nagara: m.watches_programme_nagara
};
export const programmeName = (programme: Programme) => programmes[programme]();

type Look = { word: () => string; tone: 'neutral' | 'success' | 'warning' | 'error' | 'info'; icon: IconName };
const statuses: Record<ShiftStatus, Look> = {
	open: { word: m.watches_status_open, tone: 'warning', icon: 'people' },
	settled: { word: m.watches_status_settled, tone: 'success', icon: 'check' },
	done: { word: m.watches_status_done, tone: 'neutral', icon: 'done' },
	cancelled: { word: m.watches_status_cancelled, tone: 'error', icon: 'close' },
	unmanned: { word: m.watches_status_unmanned, tone: 'neutral', icon: 'minus' }
};
/** Word, colour and picture of a status. */
export const statusLook = (status: ShiftStatus) => ({ ...statuses[status], word: statuses[status].word() });

const reasons: Record<CancelReason, () => string> = {
	storm: m.watches_reason_storm,
	heat: m.watches_reason_heat,
	schoolClosed: m.watches_reason_schoolClosed,
	other: m.watches_reason_other
};
/** 荒天 — with what was written beside it. */
export const reasonName = (reason: CancelReason, words?: string | null) => {
	const name = reasons[reason]();
	if (!words) return name;
	return reason === 'other' ? words : `${name} ${words}`;
};

const results: Record<AttendanceResult, () => string> = {
	present: m.watches_result_present,
	excused: m.watches_result_excused,
	missed: m.watches_result_missed
};
export const resultName = (result: AttendanceResult) => results[result]();

const kinds: Record<PlaceKind, () => string> = { post: m.watches_kind_post, route: m.watches_kind_route };
export const kindName = (kind: PlaceKind) => kinds[kind]();

/** "2人（あと1人で確定）" or "3人（定員6人）". */
export const peopleWords = (one: { joined: number; minimum: number; capacity: number }) =>
	one.joined < one.minimum
		? m.watches_people_minimum({ joined: one.joined, lacking: one.minimum - one.joined })
		: m.watches_people_enough({ joined: one.joined, capacity: one.capacity });
