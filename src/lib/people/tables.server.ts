/** Who there is: the municipality, its sections, the bodies, the people and what they may do until when. */
import {
	code,
	count,
	countOrNone,
	day,
	dayOrNone,
	flag,
	id,
	index,
	instant,
	json,
	primaryKey,
	ref,
	refOrNone,
	table,
	text,
	textOrNone,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { associationKinds } from './association.ts';
import { roles } from './permissions.ts';
import type { MunicipalitySettings } from './municipality.ts';

export const municipality = table('municipality', {
	id: id(),
	name: text(),
	/** Host name that leads here; null where one municipality is all there is. */
	host: textOrNone(),
	settings: json<MunicipalitySettings>(),
	/** True only for the invented town: its people sign in by button and need no second factor. */
	demo: flag(),
	createdAt: instant()
});

/** Every row carries its municipality; reads and verbs filter by the actor's. */
export const ofMunicipality = () => ref(() => municipality.id);

export const section = table(
	'section',
	{ id: id(), municipality: ofMunicipality(), /** `safety`, `guidance`, or a code of the city's own. */ code: text() },
	(t) => [uniqueIndex('section_once').on(t.municipality, t.code)]
);

/** Sections change their names between years: the name with the highest `fromFiscalYear` ≤ the year is valid. */
export const sectionName = table(
	'section_name',
	{ id: id(), municipality: ofMunicipality(), section: ref(() => section.id), name: text(), fromFiscalYear: count() },
	(t) => [uniqueIndex('section_name_once').on(t.section, t.fromFiscalYear)]
);

/** A school, standing for its school district too. */
export const school = table('school', { id: id(), municipality: ofMunicipality(), name: text(), kana: text() }, (t) => [
	uniqueIndex('school_once').on(t.municipality, t.name)
]);

/** 町会・自治会 and every other kind of body. Counts are what eligibility rules ask for. */
export const association = table(
	'association',
	{
		id: id(),
		municipality: ofMunicipality(),
		kind: code(associationKinds),
		name: text(),
		kana: text(),
		/** Towns (町丁目) it covers, as words. */
		towns: text(),
		memberCount: countOrNone(),
		/** How many of the members live in the municipality. */
		residentCount: countOrNone(),
		foundedOn: dayOrNone(),
		/** Registered with the city as a body that may ask for equipment. */
		registeredOn: dayOrNone(),
		/** Contact printed on papers; seen by its leaders and staff. */
		contactPhone: textOrNone(),
		note: textOrNone(),
		createdAt: instant()
	},
	(t) => [
		uniqueIndex('association_once').on(t.municipality, t.name),
		index('association_by_kana').on(t.municipality, t.kana)
	]
);

/** Ending a body is a row with a reason; what it did stays. */
export const associationEnding = table('association_ending', {
	association: ref(() => association.id).primaryKey(),
	municipality: ofMunicipality(),
	endedOn: day(),
	reason: text(),
	at: instant()
});

/** Associations and school districts meet many to many. */
export const associationSchool = table(
	'association_school',
	{ municipality: ofMunicipality(), association: ref(() => association.id), school: ref(() => school.id) },
	(t) => [primaryKey({ columns: [t.association, t.school] }), index('association_school_by_school').on(t.school)]
);

/** A person exists by name first; an account comes when they claim the entry. */
export const person = table(
	'person',
	{ id: id(), municipality: ofMunicipality(), name: text(), kana: text(), phone: textOrNone(), createdAt: instant() },
	(t) => [index('person_by_kana').on(t.municipality, t.kana)]
);

export const membership = table(
	'membership',
	{
		id: id(),
		municipality: ofMunicipality(),
		person: ref(() => person.id),
		association: ref(() => association.id),
		/** 班長 and the like, as the body calls it. */
		duty: textOrNone(),
		joinedOn: day(),
		/** Null while the membership lasts; the reason stands in `membership_ending`. Kept here so that "once while it lasts" is an index. */
		endedOn: dayOrNone()
	},
	(t) => [
		index('membership_by_association').on(t.association, t.endedOn),
		index('membership_by_person').on(t.person, t.endedOn)
	]
);

export const membershipEnding = table('membership_ending', {
	membership: ref(() => membership.id).primaryKey(),
	municipality: ofMunicipality(),
	reason: text(),
	by: refOrNone(() => person.id),
	at: instant()
});

/** A role with its reach: exactly one of association, section, school is set, or none for the whole municipality. Volunteers need no row: membership makes them. */
export const roleGrant = table(
	'role_grant',
	{
		id: id(),
		municipality: ofMunicipality(),
		person: ref(() => person.id),
		role: code(roles),
		association: refOrNone(() => association.id),
		section: refOrNone(() => section.id),
		school: refOrNone(() => school.id),
		fromOn: day(),
		/** Last day of the role; by default 31 March. */
		untilOn: day(),
		grantedBy: refOrNone(() => person.id),
		at: instant()
	},
	(t) => [
		index('role_grant_by_person').on(t.person, t.untilOn),
		index('role_grant_by_association').on(t.association, t.role)
	]
);

/** A role taken back or handed over before its last day. */
export const roleEnding = table('role_ending', {
	grant: ref(() => roleGrant.id).primaryKey(),
	municipality: ofMunicipality(),
	reason: text(),
	/** The grant of the one who took over. */
	successor: refOrNone(() => roleGrant.id),
	by: refOrNone(() => person.id),
	at: instant()
});
