/** The words of the codes that only the register shows. */
import * as m from '#lib/words/messages.js';
import type { Purpose } from './consent.ts';
import type { plateConditions, plateKinds } from './plate.ts';
import type { Deed, Way } from './pocket.ts';

type PlateKind = (typeof plateKinds)[number];
type PlateCondition = (typeof plateConditions)[number];

const toWords: Record<Purpose, () => string> = {
	public: () => m.register_to_public(),
	district: () => m.register_to_district(),
	contact: () => m.register_to_contact()
};
const wayWords: Record<Way, () => string> = {
	host: () => m.register_way_host(),
	school: () => m.register_way_school(),
	pta: () => m.register_way_pta(),
	leader: () => m.register_way_leader(),
	office: () => m.register_way_office()
};
const plateWords: Record<PlateKind, () => string> = {
	plate: () => m.register_plate_plate(),
	sticker: () => m.register_plate_sticker(),
	flag: () => m.register_plate_flag()
};
const conditionWords: Record<PlateCondition, () => string> = {
	good: () => m.register_condition_good(),
	faded: () => m.register_condition_faded(),
	broken: () => m.register_condition_broken(),
	lost: () => m.register_condition_lost()
};
const deedWords: Record<Deed, () => string> = {
	apply: () => m.register_did_apply(),
	explain: () => m.register_did_explain(),
	register: () => m.register_did_register(),
	change: () => m.register_did_change(),
	pause: () => m.register_did_pause(),
	resume: () => m.register_did_resume(),
	end: () => m.register_did_end(),
	decline: () => m.register_did_decline(),
	plate: () => m.register_did_plate(),
	plateBack: () => m.register_did_plateBack(),
	consent: () => m.register_did_consent(),
	withdraw: () => m.register_did_withdraw(),
	confirm: () => m.register_did_confirm()
};

/** Who is told by this consent, in two words. */
export const toWhom = (purpose: Purpose) => toWords[purpose]();
export const wayName = (way: Way) => wayWords[way]();
export const plateName = (kind: PlateKind) => plateWords[kind]();
export const conditionName = (condition: PlateCondition) => conditionWords[condition]();
export const deedName = (deed: Deed) => deedWords[deed]();
