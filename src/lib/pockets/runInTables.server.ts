/** A child ran in. Guidance clerks alone read these tables; nothing of their content is in trail, notices, logs or exports. */
import { sql } from 'drizzle-orm';
import {
	code,
	codeOrNone,
	countOrNone,
	id,
	index,
	instant,
	instantOrNone,
	jsonOrNone,
	ref,
	refOrNone,
	table,
	textOrNone,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { ofMunicipality, person } from '#lib/people/tables.server.ts';
import { pocket } from './pocketTables.server.ts';
import { contacts, grades, reporters, takers, type Happening, type Trait } from './runIn.ts';

/** One record. When its time is over (`emptiedAt`) everything but that it was, and when, is gone. */
export const runIn = table(
	'run_in',
	{
		/** Made on the phone: however often it arrives it is one. */
		id: id(),
		municipality: ofMunicipality(),
		/** The home the child ran to, where it was one. */
		pocket: refOrNone(() => pocket.id),
		at: instant(),
		reportedAt: instant(),
		reporter: code(reporters),
		/** Nobody: the host, without an account. */
		by: refOrNone(() => person.id),
		area: textOrNone(),
		happened: jsonOrNone<Happening[]>(),
		suspect: jsonOrNone<Trait[]>(),
		/** What the suspicious person looked like. */
		description: textOrNone(),
		/** About how old, and how many. No name is asked for. */
		grade: codeOrNone(grades),
		children: countOrNone(),
		words: textOrNone(),
		handedTo: codeOrNone(takers),
		handedAt: instantOrNone(),
		/** What the office makes of it in the end. */
		review: textOrNone(),
		closedAt: instantOrNone(),
		closedBy: refOrNone(() => person.id),
		emptiedAt: instantOrNone()
	},
	(t) => [
		index('run_in_by_time').on(t.municipality, t.at),
		index('run_in_by_pocket').on(t.pocket),
		index('run_in_to_empty')
			.on(t.municipality, t.reportedAt)
			.where(sql`"emptiedAt" is null`)
	]
);
export type RunIn = typeof runIn.$inferSelect;

/** Who was called, and when. Append-only; goes with the content of its record. */
export const runInContact = table(
	'run_in_contact',
	{
		id: id(),
		municipality: ofMunicipality(),
		runIn: ref(() => runIn.id),
		kind: code(contacts),
		at: instant(),
		by: refOrNone(() => person.id)
	},
	(t) => [index('run_in_contact_by_record').on(t.runIn, t.at)]
);

/** お知らせ to a clerk: that there is one. It carries no words. */
export const runInNotice = table(
	'run_in_notice',
	{
		id: id(),
		municipality: ofMunicipality(),
		person: ref(() => person.id),
		runIn: ref(() => runIn.id),
		at: instant(),
		readAt: instantOrNone()
	},
	(t) => [index('run_in_notice_by_person').on(t.person, t.at), uniqueIndex('run_in_notice_once').on(t.runIn, t.person)]
);
