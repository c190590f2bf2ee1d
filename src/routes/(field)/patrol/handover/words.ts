/** What is said at a field of this form. */
import * as m from '#lib/words/messages.js';

const sentences: Record<string, () => string> = {
	error_required: m.error_required,
	error_day: m.error_day,
	error_too_long: m.error_too_long,
	error_equipment_pieces: m.error_equipment_pieces,
	error_equipment_many: m.error_equipment_many,
	error_equipment_nothing_handed: m.error_equipment_nothing_handed,
	error_equipment_future: m.error_equipment_future,
	error_equipment_before_decision: m.error_equipment_before_decision,
	error_equipment_due: m.error_equipment_due
};

export const sentenceOf = (key: string): string => (sentences[key] ?? m.error_input)();
