/** The words of a list's fields, and of what was noticed while reading it. */
import * as m from '#lib/words/messages.js';
import type { ListField } from './listFields.ts';

const day = (name: () => string) => () => m.register_hours_of({ day: name() });
const fieldWords: Record<ListField, () => string> = {
	number: m.register_number,
	name: m.register_name,
	kana: m.register_kana,
	contact: m.register_contact,
	kind: m.register_kind,
	town: m.register_town,
	address: m.register_address,
	building: m.lists_building,
	phone: m.register_phone,
	school: m.register_school,
	hours: m.register_hours,
	days: m.lists_days,
	from: m.lists_from,
	to: m.lists_to,
	hours1: day(() => '月'),
	hours2: day(() => '火'),
	hours3: day(() => '水'),
	hours4: day(() => '木'),
	hours5: day(() => '金'),
	hours6: day(() => '土'),
	hours0: day(() => '日'),
	closed: m.register_closed,
	plate: m.lists_plate,
	appliedOn: m.register_applied_on,
	explainedOn: m.register_explained_on,
	registeredOn: m.register_registered_on,
	endedOn: m.register_ended_on,
	state: m.register_state,
	lat: m.register_lat,
	lng: m.register_lng,
	note: m.register_note,
	public: () => m.register_agreed({ to: m.register_to_public() }),
	district: () => m.register_agreed({ to: m.register_to_district() }),
	agreedContact: () => m.register_agreed({ to: m.register_to_contact() })
};
export const fieldName = (field: ListField) => fieldWords[field]();
