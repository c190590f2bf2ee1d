/** The words for what stands in the store and its ledger. Static calls, so unused ones fall away. */
import * as m from '#lib/words/messages.js';
import type { Mode } from './item.ts';
import type { MovementKind } from './movement.ts';

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
