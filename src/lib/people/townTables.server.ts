/** The town: municipality, sections, schools, and the associations of every kind. */
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
	table,
	text,
	textOrNone,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { associationKinds } from './association.ts';
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
		/** Day of the memorandum (覚書) with a business that patrols. */
		memorandumOn: dayOrNone(),
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
