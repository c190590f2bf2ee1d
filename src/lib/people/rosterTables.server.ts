/** People by name first: whose roster they are on, and which roles they hold until when. */
import {
	code,
	day,
	dayOrNone,
	id,
	index,
	instant,
	ref,
	refOrNone,
	table,
	text,
	textOrNone
} from '#lib/server/db/columns.ts';
import { offerAnswers } from './handover.ts';
import { roles } from './permissions.ts';
import { ofMunicipality, section, school, association } from './townTables.server.ts';

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
