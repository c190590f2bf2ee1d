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
	instantOrNone,
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
import { offerAnswers } from './handover.ts';
import { signInWays } from './session.ts';
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
		/**
		 * The day from which it no longer holds: a member while joinedOn ≤ day < endedOn. Null while the membership lasts; the
		 * reason stands in `membership_ending`. Kept here so that "once while it lasts" is an index.
		 */
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
		index('role_grant_by_association').on(t.association, t.role),
		index('role_grant_by_role').on(t.municipality, t.role)
	]
);

/** A role taken back or handed over before its last day. */
export const roleEnding = table('role_ending', {
	grant: ref(() => roleGrant.id).primaryKey(),
	municipality: ofMunicipality(),
	/** First day without the role. */
	fromOn: day(),
	reason: text(),
	/** The grant of the one who took over. */
	successor: refOrNone(() => roleGrant.id),
	by: refOrNone(() => person.id),
	at: instant()
});

/** A leader offers the role to a successor; it moves when the successor accepts. */
export const roleOffer = table(
	'role_offer',
	{
		id: id(),
		municipality: ofMunicipality(),
		grant: ref(() => roleGrant.id),
		successor: ref(() => person.id),
		/** First day of the successor. */
		fromOn: day(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [index('role_offer_by_grant').on(t.grant), index('role_offer_by_successor').on(t.successor)]
);

/** What became of an offer: one answer, once. */
export const roleOfferAnswer = table('role_offer_answer', {
	offer: ref(() => roleOffer.id).primaryKey(),
	municipality: ofMunicipality(),
	answer: code(offerAnswers),
	/** The grant of the successor, when accepted. */
	grant: refOrNone(() => roleGrant.id),
	at: instant()
});

/** Sign-in by id and password: leaders and staff. A volunteer who came in by code needs none. */
export const account = table(
	'account',
	{
		person: ref(() => person.id).primaryKey(),
		municipality: ofMunicipality(),
		/** As compared: NFKC, lower case. */
		loginId: text(),
		/** The argon2id string; null until the person sets a password by a one-time link. */
		password: textOrNone(),
		passwordAt: instantOrNone(),
		createdAt: instant()
	},
	(t) => [uniqueIndex('account_once').on(t.municipality, t.loginId)]
);

/** An account that may not be used now. Lifting it removes the row; both stand in the trail. */
export const accountDisabling = table('account_disabling', {
	person: ref(() => person.id).primaryKey(),
	municipality: ofMunicipality(),
	reason: text(),
	by: refOrNone(() => person.id),
	at: instant()
});

/** A device that is signed in. `id` is the SHA-256 of what the cookie holds, so the table opens no door. */
export const session = table(
	'session',
	{
		id: id(),
		municipality: ofMunicipality(),
		person: ref(() => person.id),
		/** In words: iPhone の Safari. */
		device: text(),
		/** How the person came in. */
		way: code(signInWays),
		createdAt: instant(),
		/** Written at most once a minute. */
		lastSeenAt: instant(),
		/** The absolute end. */
		expiresAt: instant()
	},
	(t) => [index('session_by_person').on(t.person), index('session_by_expiry').on(t.expiresAt)]
);

/** A browser on which this account has signed in before: a stranger's wrong guesses do not slow it down. */
export const knownDevice = table(
	'known_device',
	{ id: id(), municipality: ofMunicipality(), person: ref(() => person.id), at: instant() },
	(t) => [index('known_device_by_person').on(t.person)]
);

/** Between the password and the second factor: a few minutes, one browser. `id` is the hash of what its cookie holds. */
export const signInStep = table(
	'sign_in_step',
	{
		id: id(),
		municipality: ofMunicipality(),
		person: ref(() => person.id),
		/** The second factor was right, too; the recovery codes are on screen. */
		passed: flag(),
		expiresAt: instant()
	},
	(t) => [index('sign_in_step_by_expiry').on(t.expiresAt)]
);

/** TOTP (RFC 6238) of a staff account. Not in force until the first right code has confirmed it. */
export const secondFactor = table('second_factor', {
	person: ref(() => person.id).primaryKey(),
	municipality: ofMunicipality(),
	/** Base32. */
	secret: text(),
	confirmedAt: instantOrNone(),
	/** The last 30-second step used: the same code never opens twice. */
	lastStep: count()
});

/** Codes on paper for a lost phone. Only hashes rest here. */
export const recoveryCode = table(
	'recovery_code',
	{ id: id(), municipality: ofMunicipality(), person: ref(() => person.id), usedAt: instantOrNone() },
	(t) => [index('recovery_code_by_person').on(t.person)]
);

/** A link by which a person sets a new password, once. `id` is the hash of its token. */
export const passwordLink = table(
	'password_link',
	{
		id: id(),
		municipality: ofMunicipality(),
		person: ref(() => person.id),
		by: refOrNone(() => person.id),
		expiresAt: instant(),
		usedAt: instantOrNone()
	},
	(t) => [index('password_link_by_person').on(t.person)]
);

/** The link to the first setup, printed in the terminal. There is no municipality yet. `id` is the hash of its token. */
export const setupLink = table('setup_link', { id: id(), createdAt: instant(), usedAt: instantOrNone() });

/** A code by which a named member claims the entry on a device. Shown once; only its hash rests here. */
export const invitation = table(
	'invitation',
	{
		id: id(),
		municipality: ofMunicipality(),
		association: ref(() => association.id),
		person: ref(() => person.id),
		codeHash: text(),
		by: ref(() => person.id),
		at: instant(),
		expiresAt: instant(),
		usedAt: instantOrNone(),
		revokedAt: instantOrNone()
	},
	(t) => [
		uniqueIndex('invitation_code_once').on(t.codeHash),
		index('invitation_by_person').on(t.person),
		index('invitation_by_association').on(t.association)
	]
);

/** What a person agreed to: date, version and the text itself. Append-only. */
export const consent = table(
	'consent',
	{
		id: id(),
		municipality: ofMunicipality(),
		person: ref(() => person.id),
		/** What it is about: `membership`; other rooms add theirs. */
		purpose: text(),
		version: text(),
		text: text(),
		at: instant()
	},
	(t) => [index('consent_by_person').on(t.person, t.purpose)]
);

/** A consent taken back. */
export const consentWithdrawal = table('consent_withdrawal', {
	consent: ref(() => consent.id).primaryKey(),
	municipality: ofMunicipality(),
	at: instant()
});
