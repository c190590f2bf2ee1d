/** Requests for equipment: what is asked and decided, and who did what when. */
import {
	bytes,
	code,
	count,
	countOrNone,
	dayOrNone,
	flag,
	id,
	index,
	instant,
	instantOrNone,
	json,
	jsonOrNone,
	primaryKey,
	ref,
	refOrNone,
	table,
	text,
	textOrNone,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { association, ofMunicipality, person } from '#lib/people/tables.server.ts';
import { item } from './itemTables.server.ts';
import type { Check, Policy } from './policy.ts';
import { deeds, states } from './request.ts';

/** The city's rules (支給基準). The last row holds; the older ones say what held when something was decided. */
export const equipmentPolicy = table(
	'equipment_policy',
	{
		id: id(),
		municipality: ofMunicipality(),
		policy: json<Policy>(),
		/** One person may check and decide: for offices of one. */
		oneMayDoBoth: flag(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [index('equipment_policy_by_time').on(t.municipality, t.at)]
);

/** One request (申請). Its state follows the table of moves in `request.ts` and is written together with a row of the timeline. */
export const request = table(
	'request',
	{
		/** Made with the form: sent twice it is one request. */
		id: id(),
		municipality: ofMunicipality(),
		association: ref(() => association.id),
		state: code(states),
		/** 令和6-防資-003: fiscal year of the first sending, and its place in it without gaps. */
		receiptYear: countOrNone(),
		receiptNo: countOrNone(),
		/** What for, when and where they mean to patrol (活動計画). */
		plan: text(),
		/** Names on the roster at the time of sending, where it was attached. */
		roster: jsonOrNone<string[]>(),
		/** What the leader saw of the rules when sending. */
		checks: jsonOrNone<Check[]>(),
		/** Who prepared the decision; somebody else decides. */
		preparedBy: refOrNone(() => person.id),
		/** Why it is granted although a rule is not met (市長が特に認めた場合). */
		override: textOrNone(),
		createdBy: ref(() => person.id),
		changedAt: instant(),
		sentAt: instantOrNone(),
		decidedOn: dayOrNone()
	},
	(t) => [
		uniqueIndex('request_numbered_once').on(t.municipality, t.receiptYear, t.receiptNo),
		index('request_by_state').on(t.municipality, t.state, t.changedAt),
		index('request_by_change').on(t.municipality, t.changedAt),
		index('request_by_body').on(t.association, t.changedAt)
	]
);
export type Request = typeof request.$inferSelect;

/** What is asked of one item and size, and what became of it. handed + allocated ≤ approved ≤ asked, held by the database. */
export const requestLine = table(
	'request_line',
	{
		request: ref(() => request.id),
		item: ref(() => item.id),
		size: text(),
		municipality: ofMunicipality(),
		asked: count(),
		/** Proposed by the clerk; null before. */
		suggested: countOrNone(),
		/** Decided; null before. */
		approved: countOrNone(),
		/** Why it is not what was asked. */
		reason: textOrNone(),
		/** Reserved and not yet handed over. */
		allocated: count(),
		handed: count()
	},
	(t) => [primaryKey({ columns: [t.request, t.item, t.size] }), index('request_line_by_item').on(t.item, t.size)]
);
export type RequestLine = typeof requestLine.$inferSelect;

/** The timeline: who did what, in which words. Append-only. */
export const requestDeed = table(
	'request_deed',
	{
		id: id(),
		municipality: ofMunicipality(),
		request: ref(() => request.id),
		deed: code(deeds),
		words: textOrNone(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [index('request_deed_by_request').on(t.request, t.id)]
);

/** A file sent with a request: PDF or picture. */
export const attachment = table(
	'request_attachment',
	{
		id: id(),
		municipality: ofMunicipality(),
		request: ref(() => request.id),
		name: text(),
		type: text(),
		bytes: bytes(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [index('request_attachment_by_request').on(t.request)]
);
