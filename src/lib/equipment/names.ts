/** The words for what stands in the store and its ledger. Static calls, so unused ones fall away. */
import * as m from '#lib/words/messages.js';
import type { HandoverState, WayBack } from './handover.ts';
import type { Mode } from './item.ts';
import type { MovementKind } from './movement.ts';
import type { NoticeKind } from './notice.ts';
import type { Deed, State } from './request.ts';

const modeWords: Record<Mode, () => string> = {
	issue: () => m.equipment_mode_issue(),
	loan: () => m.equipment_mode_loan()
};
const movementWords: Record<MovementKind, () => string> = {
	received: () => m.equipment_move_received(),
	issued: () => m.equipment_move_issued(),
	lent: () => m.equipment_move_lent(),
	returned: () => m.equipment_move_returned(),
	discarded: () => m.equipment_move_discarded(),
	lost: () => m.equipment_move_lost(),
	adjusted: () => m.equipment_move_adjusted()
};

export const modeName = (mode: Mode) => modeWords[mode]();
export const movementName = (kind: MovementKind) => movementWords[kind]();
/** ベスト M, or ベスト where it has one size. */
export const itemWithSize = (name: string, size: string) => (size ? `${name} ${size}` : name);

const stateWords: Record<State, () => string> = {
	draft: () => m.requests_state_draft(),
	sent: () => m.requests_state_sent(),
	sentBack: () => m.requests_state_sentBack(),
	prepared: () => m.requests_state_prepared(),
	approved: () => m.requests_state_approved(),
	declined: () => m.requests_state_declined(),
	withdrawn: () => m.requests_state_withdrawn(),
	done: () => m.requests_state_done()
};
const deedWords: Record<Deed, () => string> = {
	draft: () => m.requests_deed_draft(),
	send: () => m.requests_deed_send(),
	sendBack: () => m.requests_deed_sendBack(),
	withdraw: () => m.requests_deed_withdraw(),
	prepare: () => m.requests_deed_prepare(),
	approve: () => m.requests_deed_approve(),
	decline: () => m.requests_deed_decline(),
	allocate: () => m.requests_deed_allocate(),
	release: () => m.requests_deed_release(),
	handOver: () => m.requests_deed_handOver(),
	undoHandOver: () => m.requests_deed_undoHandOver(),
	takeBack: () => m.requests_deed_takeBack(),
	close: () => m.requests_deed_close()
};
export const stateName = (state: State) => stateWords[state]();
export const deedName = (deed: Deed) => deedWords[deed]();

const toldWords: Record<NoticeKind, (day: string) => string> = {
	sent: () => m.notices_sent(),
	withdrawn: () => m.notices_withdrawn(),
	prepared: () => m.notices_prepared(),
	sentBack: () => m.notices_sentBack(),
	approved: () => m.notices_approved(),
	declined: () => m.notices_declined(),
	reserved: () => m.notices_reserved(),
	handedOver: () => m.notices_handedOver(),
	undone: () => m.notices_undone(),
	closed: () => m.notices_closed(),
	dueSoon: (day) => m.notices_dueSoon({ day }),
	overdue: (day) => m.notices_overdue({ day })
};
/** What a notice says. `day` is the day of a loan, in words. */
export const noticeWords = (kind: NoticeKind, day: string) => toldWords[kind](day);

const handoverWords: Record<HandoverState, () => string> = {
	booked: () => m.handovers_state_booked(),
	unclear: () => m.handovers_state_unclear(),
	dropped: () => m.handovers_state_dropped(),
	undone: () => m.handovers_state_undone()
};
const wayBackWords: Record<WayBack, () => string> = {
	returned: () => m.handovers_way_returned(),
	wornOut: () => m.handovers_way_wornOut(),
	broken: () => m.handovers_way_broken(),
	lost: () => m.handovers_way_lost()
};
export const handoverName = (state: HandoverState) => handoverWords[state]();
export const wayBackName = (way: WayBack) => wayBackWords[way]();
