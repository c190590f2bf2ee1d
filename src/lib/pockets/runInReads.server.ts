/** What guidance clerks see of the records that a child ran in. Each look is in the trail. */
import { and, asc, count, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import { person } from '#lib/people/tables.server.ts';
import { alias } from '#lib/server/db/columns.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound } from '#lib/server/errors.ts';
import { findRunIn } from './runIns.server.ts';
import { pocket, runIn, runInContact } from './tables.server.ts';

/** Closed ones of a list, the newest. */
const MOST_CLOSED = 100;

/** Open ones first, each newest on top. The look is written down. */
export async function runInsOf(tx: Tx, actor: Actor) {
	if (!can(actor, 'runIn.see', {})) throw new NotFound('runIn');
	const lines = (open: boolean, limit: number) =>
		tx
			.select({
				id: runIn.id,
				at: runIn.at,
				reportedAt: runIn.reportedAt,
				reporter: runIn.reporter,
				area: runIn.area,
				happened: runIn.happened,
				handedTo: runIn.handedTo,
				closedAt: runIn.closedAt,
				emptiedAt: runIn.emptiedAt
			})
			.from(runIn)
			.where(and(eq(runIn.municipality, actor.municipality), open ? isNull(runIn.closedAt) : isNotNull(runIn.closedAt)))
			.orderBy(desc(runIn.at), desc(runIn.id))
			.limit(limit);
	const all = [...(await lines(true, 500)), ...(await lines(false, MOST_CLOSED))];
	await record(tx, actor, 'runIn.look', 'runIns', 'list', { count: all.length });
	return all;
}
export type RunInLine = Awaited<ReturnType<typeof runInsOf>>[number];

/** One record with its calls and who wrote what. The look is written down. */
export async function runInPage(tx: Tx, actor: Actor, id: string) {
	const found = await findRunIn(tx, actor, id);
	const closer = alias(person, 'closer');
	const [names] = await tx
		.select({ by: person.name, closedBy: closer.name, home: pocket.name, number: pocket.number })
		.from(runIn)
		.leftJoin(person, eq(person.id, runIn.by))
		.leftJoin(closer, eq(closer.id, runIn.closedBy))
		.leftJoin(pocket, eq(pocket.id, runIn.pocket))
		.where(eq(runIn.id, id));
	const calls = await tx
		.select({ id: runInContact.id, kind: runInContact.kind, at: runInContact.at, by: person.name })
		.from(runInContact)
		.leftJoin(person, eq(person.id, runInContact.by))
		.where(eq(runInContact.runIn, id))
		.orderBy(asc(runInContact.at), asc(runInContact.id));
	await record(tx, actor, 'runIn.look', 'runIn', id);
	const { by: _by, closedBy: _closedBy, municipality: _municipality, ...row } = found;
	return { ...row, by: names?.by ?? null, closedBy: names?.closedBy ?? null, home: names?.home ?? null, calls };
}

/** How many are still worked on, for the desk of the office: a number, no content. */
export async function openRunIns(reader: Reader, actor: Actor): Promise<number> {
	if (!can(actor, 'runIn.see', {})) return 0;
	const [found] = await reader
		.select({ n: count() })
		.from(runIn)
		.where(and(eq(runIn.municipality, actor.municipality), isNull(runIn.closedAt), isNull(runIn.emptiedAt)));
	return found?.n ?? 0;
}
