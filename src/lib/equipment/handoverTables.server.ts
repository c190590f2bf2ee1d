/** Hand-overs, and what became of the pieces afterwards. */
import {
	code,
	count,
	day,
	dayOrNone,
	foreignKey,
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
import { association, ofMunicipality, person } from '#lib/people/tables.server.ts';
import { handoverStates, wayBacks } from './handover.ts';
import { item } from './itemTables.server.ts';
import { request } from './requestTables.server.ts';

/** 受渡し: what was handed over to whom, at the counter or at the store room. */
export const handover = table(
	'handover',
	{
		/** Made with the form or on the phone: sent twice it is one hand-over. */
		id: id(),
		municipality: ofMunicipality(),
		request: ref(() => request.id),
		state: code(handoverStates),
		/** Decides the fiscal year it counts in. */
		onDay: day(),
		fiscalYear: count(),
		/** Who took it, by name, and by hand where they signed: an SVG path. */
		receivedBy: text(),
		signature: textOrNone(),
		/** Loans come back by this day. */
		dueOn: dayOrNone(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [
		index('handover_by_request').on(t.request),
		index('handover_by_year').on(t.municipality, t.fiscalYear, t.state),
		index('handover_by_state').on(t.municipality, t.state, t.dueOn)
	]
);
export type Handover = typeof handover.$inferSelect;

export const handoverLine = table(
	'handover_line',
	{
		handover: ref(() => handover.id),
		item: ref(() => item.id),
		size: text(),
		municipality: ofMunicipality(),
		pieces: count(),
		/** Of these, how many came back or are gone: kept by `handed_back`. */
		back: count()
	},
	(t) => [primaryKey({ columns: [t.handover, t.item, t.size] }), index('handover_line_by_item').on(t.item)]
);

/** 返納・交換・亡失・破損: what became of pieces that had been handed over. */
export const handedBack = table(
	'handed_back',
	{
		id: id(),
		municipality: ofMunicipality(),
		handover: ref(() => handover.id),
		item: ref(() => item.id),
		size: text(),
		kind: code(wayBacks),
		pieces: count(),
		onDay: day(),
		reason: text(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [
		index('handed_back_by_line').on(t.handover, t.item, t.size),
		foreignKey({
			columns: [t.handover, t.item, t.size],
			foreignColumns: [handoverLine.handover, handoverLine.item, handoverLine.size]
		})
	]
);

/** 実績報告: what a body did with it in a fiscal year. `walked` is what the confirmed logs said on the day of sending. */
export const usageReport = table(
	'usage_report',
	{
		id: id(),
		municipality: ofMunicipality(),
		association: ref(() => association.id),
		fiscalYear: count(),
		words: text(),
		walked: json<{ runs: number; personTimes: number; metres: number; photos: number }>(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [uniqueIndex('usage_report_once').on(t.association, t.fiscalYear)]
);
