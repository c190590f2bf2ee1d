/** How people get in: accounts, devices that are signed in, codes and links, and what they agreed to. */
import {
	code,
	count,
	flag,
	id,
	index,
	instant,
	instantOrNone,
	ref,
	refOrNone,
	table,
	text,
	textOrNone,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { signInWays } from './session.ts';
import { association, ofMunicipality } from './townTables.server.ts';
import { person } from './rosterTables.server.ts';

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
