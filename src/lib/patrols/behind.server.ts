/** The rows behind a number of the year: the counted logs, without names of people. Who sees figures need not see people. */
import { and, asc, desc, eq, gte, inArray, lt, lte, or } from 'drizzle-orm';
import { jstDay, jstTime } from '#lib/calendar/day.ts';
import { association } from '#lib/people/tables.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { counted, idsOf, inOneCell, joined, monthsAsSpans, ownBodies } from './counted.server.ts';
import type { Behind, Cursor } from './filter.ts';
import { programmes, type Programme } from './log.ts';
import { logAssociation } from './tables.server.ts';

const rowsAPage = 100;

/** Versions in which the body walked that is asked for; of those a leader may see. */
function walkedByThat(tx: Reader, actor: Actor, body: string) {
	const own = ownBodies(actor);
	return tx
		.select({ version: logAssociation.version })
		.from(logAssociation)
		.where(and(eq(logAssociation.association, body), own && inArray(logAssociation.association, own)));
}

/**
 * Newest first, a page at a time by key. Asked activity by activity, in whose order the index of the year stands, and put together: so a
 * page costs the same however many logs there are.
 */
export async function rowsBehind(tx: Reader, actor: Actor, fiscalYear: number, behind: Behind, after?: Cursor) {
	const found = [];
	for (const one of behind.programmes ?? programmes) {
		const from = counted(tx, actor, fiscalYear, [one]);
		const rows = await tx
			.with(from)
			.select({
				log: from.log,
				version: from.version,
				programme: from.programme,
				departedAt: from.departedAt,
				headcount: from.headcount,
				metres: from.metres
			})
			.from(from)
			.where(
				and(
					behind.association ? inArray(from.version, walkedByThat(tx, actor, behind.association)) : undefined,
					after && lte(from.departedAt, after.departedAt),
					after && or(lt(from.departedAt, after.departedAt), lt(from.log, after.log))
				)
			)
			.orderBy(desc(from.departedAt), desc(from.log))
			.limit(rowsAPage + 1);
		found.push(...rows);
	}
	found.sort((a, b) => b.departedAt.getTime() - a.departedAt.getTime() || (a.log < b.log ? 1 : -1));
	const page = found.slice(0, rowsAPage);
	return { rows: page, next: found.length > rowsAPage ? page.at(-1) : undefined };
}

/** A log as a line of a table for machines. */
export type PlainRow = {
	log: string;
	on: string;
	time: string;
	programme: Programme;
	bodies: string[];
	headcount: number;
	metres: number | null;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What was worked out once is known: forty thousand walks were walked by a few hundred groups, on 366 days. */
function once<K, V>(work: (key: K) => V): (key: K) => V {
	const known = new Map<K, V>();
	return (key) => {
		const found = known.get(key) ?? work(key);
		known.set(key, found);
		return found;
	};
}

/** All of them in their order, a month at a time. Bare rows: with forty thousand of them, naming the fields costs as much as finding them. */
export async function* allBehind(
	tx: Reader,
	actor: Actor,
	fiscalYear: number,
	behind: Behind
): AsyncGenerator<PlainRow[]> {
	const names = new Map(
		(
			await tx
				.select({ id: association.id, name: association.name })
				.from(association)
				.where(eq(association.municipality, actor.municipality))
		).map(({ id, name }) => [id, name])
	);
	const namesOf = once((ids: string) => idsOf(ids).map((id) => names.get(id) ?? ''));
	const dayOf = once((hour: number) => jstDay(new Date(hour * HOUR)));
	const timeOf = once((minute: number) => jstTime(new Date(minute * MINUTE)));
	const from = counted(tx, actor, fiscalYear, behind.programmes);
	const bodies = tx
		.select(joined(logAssociation.association))
		.from(logAssociation)
		.where(eq(logAssociation.version, from.version));
	type Row = [departedAt: number, log: string, Programme, bodies: string, headcount: number, metres: number | null];
	const monthOf = async (span: ReturnType<typeof monthsAsSpans>[number]) =>
		(await tx
			.with(from)
			.select({
				departedAt: from.departedAt,
				log: from.log,
				programme: from.programme,
				bodies: inOneCell(bodies),
				headcount: from.headcount,
				metres: from.metres
			})
			.from(from)
			.where(
				and(
					behind.association ? inArray(from.version, walkedByThat(tx, actor, behind.association)) : undefined,
					span.from && gte(from.departedAt, span.from),
					span.before && lt(from.departedAt, span.before)
				)
			)
			.orderBy(asc(from.departedAt), asc(from.log))
			.values()) as Row[];
	const [first, ...others] = monthsAsSpans(fiscalYear);
	let asked = monthOf(first!);
	for (const span of [...others, undefined]) {
		const rows = await asked;
		// Asked for before this one is put into words: read in the other thread, it comes meanwhile.
		if (span) asked = monthOf(span);
		// Whoever stops early waits for no answer, and so for no failure either.
		asked.catch(() => undefined);
		yield rows.map(([departedAt, log, programme, bodies, headcount, metres]) => ({
			log,
			on: dayOf(Math.floor(departedAt / HOUR)),
			time: timeOf(Math.floor(departedAt / MINUTE) % (24 * 60)),
			programme,
			bodies: namesOf(bodies),
			headcount,
			metres
		}));
	}
}
