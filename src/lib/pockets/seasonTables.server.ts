/** 継続確認: the yearly round through the school districts, the answers, and the links hosts answer by. */
import { sql } from 'drizzle-orm';
import {
	code,
	codeOrNone,
	count,
	day,
	dayOrNone,
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
import { ofMunicipality, person, school } from '#lib/people/tables.server.ts';
import { asides, asideEnds, methods, results } from './confirmation.ts';
import { pocket } from './pocketTables.server.ts';

/** The round of one school district in a fiscal year. */
export const pocketSeason = table(
	'pocket_season',
	{
		id: id(),
		municipality: ofMunicipality(),
		fiscalYear: count(),
		school: ref(() => school.id),
		openedOn: day(),
		/** Closed with its plates returned, in one step. */
		closedOn: dayOrNone(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [uniqueIndex('pocket_season_once').on(t.municipality, t.fiscalYear, t.school)]
);

/** One answer. Several may come for a year (a postcard after a visit); the last one holds. */
export const pocketConfirmation = table(
	'pocket_confirmation',
	{
		/** Made where it was written down: sent twice it is one answer. */
		id: id(),
		municipality: ofMunicipality(),
		pocket: ref(() => pocket.id),
		fiscalYear: count(),
		method: code(methods),
		result: code(results),
		words: textOrNone(),
		on: day(),
		/** Nobody: the host, by the link. */
		by: refOrNone(() => person.id),
		at: instant()
	},
	(t) => [index('pocket_confirmation_by_pocket').on(t.pocket, t.fiscalYear, t.id)]
);

/**
 * What somebody brought who went round, and what does not hold by itself: somebody else had answered otherwise before, or home or
 * round were over when it arrived. The office looks at it and takes it, or leaves it; it stays in either case.
 */
export const pocketAside = table(
	'pocket_aside',
	{
		/** Made where it was written down: sent twice it is one. */
		id: id(),
		municipality: ofMunicipality(),
		pocket: ref(() => pocket.id),
		fiscalYear: count(),
		why: code(asides),
		method: code(methods),
		result: code(results),
		words: textOrNone(),
		on: day(),
		by: ref(() => person.id),
		at: instant(),
		settled: codeOrNone(asideEnds),
		settledBy: refOrNone(() => person.id),
		settledAt: instantOrNone()
	},
	(t) => [
		index('pocket_aside_by_pocket').on(t.pocket, t.fiscalYear, t.id),
		index('pocket_aside_open')
			.on(t.municipality, t.fiscalYear)
			.where(sql`"settledAt" is null`)
	]
);

/** The personal link of a host. Only its hash is kept; a new one replaces the old. */
export const pocketLink = table(
	'pocket_link',
	{
		id: id(),
		municipality: ofMunicipality(),
		pocket: ref(() => pocket.id),
		fiscalYear: count(),
		hash: text(),
		at: instant(),
		untilOn: day()
	},
	(t) => [uniqueIndex('pocket_link_hash').on(t.hash), uniqueIndex('pocket_link_once').on(t.pocket, t.fiscalYear)]
);
