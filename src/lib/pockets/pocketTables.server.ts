/** The register of refuge homes: what each is, what its host agreed to, its plate, its history. */
import { sql } from 'drizzle-orm';
import {
	code,
	codeOrNone,
	count,
	countOrNone,
	day,
	dayOrNone,
	degreesOrNone,
	id,
	index,
	instant,
	instantOrNone,
	json,
	jsonOrNone,
	ref,
	refOrNone,
	table,
	text,
	textOrNone,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { ofMunicipality, person, school } from '#lib/people/tables.server.ts';
import { purposes } from './consent.ts';
import type { Hours } from './hours.ts';
import { pocketImport } from './importTables.server.ts';
import { plateConditions, plateKinds } from './plate.ts';
import { deeds, endings, kinds, states, ways } from './pocket.ts';

/** One refuge home. Its state follows the table of moves in `pocket.ts` and is written together with a row of its history. */
export const pocket = table(
	'pocket',
	{
		/** Made with the form: sent twice it is one application. */
		id: id(),
		municipality: ofMunicipality(),
		/** Number in the register, given at registration, never given again. */
		number: countOrNone(),
		state: code(states),
		kind: code(kinds),
		name: text(),
		kana: text(),
		contact: textOrNone(),
		town: text(),
		address: text(),
		/** Folded for finding the same one twice; nothing else reads them. */
		phoneFold: textOrNone(),
		addressFold: text(),
		phone: textOrNone(),
		school: ref(() => school.id),
		/** Both or neither: a home may come in without a place, which is then set by hand. */
		lat: degreesOrNone(),
		lng: degreesOrNone(),
		hours: json<Hours>(),
		closed: textOrNone(),
		/** For the office only. */
		note: textOrNone(),
		way: code(ways),
		appliedOn: day(),
		explainedOn: dayOrNone(),
		registeredOn: dayOrNone(),
		/** No longer registered from this day on. */
		endedOn: dayOrNone(),
		ending: codeOrNone(endings),
		changedAt: instant(),
		/** The list it came in with. */
		import: refOrNone(() => pocketImport.id)
	},
	(t) => [
		uniqueIndex('pocket_numbered_once').on(t.municipality, t.number),
		index('pocket_by_state').on(t.municipality, t.state, t.kana),
		index('pocket_by_school').on(t.school, t.state),
		index('pocket_by_point').on(t.municipality, t.state, t.lat, t.lng),
		index('pocket_by_phone').on(t.municipality, t.phoneFold),
		index('pocket_by_address').on(t.municipality, t.addressFold),
		index('pocket_by_import').on(t.import),
		index('pocket_by_days').on(t.municipality, t.registeredOn, t.endedOn)
	]
);
export type Pocket = typeof pocket.$inferSelect;

/** What a host agreed to, in which words. Taken back, the row keeps both days; agreed again is a new row. */
export const pocketConsent = table(
	'pocket_consent',
	{
		id: id(),
		municipality: ofMunicipality(),
		pocket: ref(() => pocket.id),
		purpose: code(purposes),
		version: text(),
		text: text(),
		givenOn: day(),
		by: refOrNone(() => person.id),
		at: instant(),
		withdrawnOn: dayOrNone(),
		withdrawnAt: instantOrNone()
	},
	(t) => [
		index('pocket_consent_by_pocket').on(t.pocket),
		uniqueIndex('pocket_consent_once')
			.on(t.pocket, t.purpose)
			.where(sql`${t.withdrawnAt} IS NULL`)
	]
);

/** The plate at the door. */
export const pocketPlate = table(
	'pocket_plate',
	{
		id: id(),
		municipality: ofMunicipality(),
		pocket: ref(() => pocket.id),
		kind: code(plateKinds),
		number: text(),
		issuedOn: day(),
		condition: code(plateConditions),
		returnedOn: dayOrNone()
	},
	(t) => [index('pocket_plate_by_pocket').on(t.pocket)]
);

/** The history of a pocket: who did what, in which words. Append-only. `facts`: codes, days and the boxes that changed, as they were. */
export const pocketDeed = table(
	'pocket_deed',
	{
		id: id(),
		municipality: ofMunicipality(),
		pocket: ref(() => pocket.id),
		deed: code(deeds),
		on: day(),
		words: textOrNone(),
		facts: jsonOrNone<Record<string, string>>(),
		/** Nobody: the host, without an account. */
		by: refOrNone(() => person.id),
		at: instant()
	},
	(t) => [index('pocket_deed_by_pocket').on(t.pocket, t.id)]
);

/** The number of registered pockets on 31 March, as it was counted that day; figures of a closed year rest on it. */
export const pocketSnapshot = table(
	'pocket_snapshot',
	{
		id: id(),
		municipality: ofMunicipality(),
		fiscalYear: count(),
		school: ref(() => school.id),
		count: count(),
		unconfirmed: count(),
		at: instant()
	},
	(t) => [uniqueIndex('pocket_snapshot_once').on(t.municipality, t.fiscalYear, t.school)]
);
