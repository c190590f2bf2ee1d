/** The words of the codes of a record that a child ran in. */
import * as m from '#lib/words/messages.js';
import type { Contact, Grade, Happening, Reporter, Taker, Trait } from './runIn.ts';

const happeningWords: Record<Happening, () => string> = {
	spoken: () => m.runin_happened_spoken(),
	followed: () => m.runin_happened_followed(),
	grabbed: () => m.runin_happened_grabbed(),
	photographed: () => m.runin_happened_photographed(),
	ill: () => m.runin_happened_ill(),
	injured: () => m.runin_happened_injured(),
	lost: () => m.runin_happened_lost(),
	otherThing: () => m.runin_happened_otherThing()
};
const traitWords: Record<Trait, () => string> = {
	man: () => m.runin_trait_man(),
	woman: () => m.runin_trait_woman(),
	several: () => m.runin_trait_several(),
	onFoot: () => m.runin_trait_onFoot(),
	bicycle: () => m.runin_trait_bicycle(),
	motorbike: () => m.runin_trait_motorbike(),
	car: () => m.runin_trait_car(),
	near: () => m.runin_trait_near()
};
const gradeWords: Record<Grade, () => string> = {
	preschool: () => m.runin_grade_preschool(),
	lower: () => m.runin_grade_lower(),
	middle: () => m.runin_grade_middle(),
	upper: () => m.runin_grade_upper(),
	older: () => m.runin_grade_older(),
	unknown: () => m.runin_grade_unknown()
};
const contactWords: Record<Contact, () => string> = {
	police: () => m.runin_contact_police(),
	ambulance: () => m.runin_contact_ambulance(),
	guardian: () => m.runin_contact_guardian(),
	school: () => m.runin_contact_school(),
	office: () => m.runin_contact_office()
};
const takerWords: Record<Taker, () => string> = {
	guardian: () => m.runin_taker_guardian(),
	police: () => m.runin_taker_police(),
	ambulance: () => m.runin_taker_ambulance(),
	school: () => m.runin_taker_school(),
	alone: () => m.runin_taker_alone(),
	otherPerson: () => m.runin_taker_otherPerson()
};
const reporterWords: Record<Reporter, () => string> = {
	host: () => m.runin_reporter_host(),
	volunteer: () => m.runin_reporter_volunteer(),
	office: () => m.runin_reporter_office()
};

export const happeningName = (code: Happening) => happeningWords[code]();
export const traitName = (code: Trait) => traitWords[code]();
export const gradeName = (code: Grade) => gradeWords[code]();
export const contactName = (code: Contact) => contactWords[code]();
export const takerName = (code: Taker) => takerWords[code]();
export const reporterName = (code: Reporter) => reporterWords[code]();

const sentences: Record<string, () => string> = {
	error_runin_what: () => m.error_runin_what(),
	error_runin_ahead: () => m.error_runin_ahead(),
	error_day: () => m.error_day(),
	error_time: () => m.error_time(),
	error_number: () => m.error_number(),
	error_too_long: () => m.error_too_long()
};
/** The sentence of an error that the form finds by itself. */
export const runInSentence = (key: string): string => (sentences[key] ?? m.error_input)();
