/** What was done, for those who see the table of the measures. */
import { and, asc, between, desc, eq, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { person } from '#lib/people/tables.server.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import type { Kind, Sort } from './outreach.ts';
import { outreach, outreachCancelling, outreachVersion } from './tables.server.ts';

const pageSize = 50;

const written = {
	number: outreachVersion.number,
	sort: outreachVersion.sort,
	place: outreachVersion.place,
	onDay: outreachVersion.onDay,
	untilDay: outreachVersion.untilDay,
	name: outreachVersion.name,
	count: outreachVersion.count
};
const columns = { id: outreach.id, ...written, cancelled: outreachCancelling.reason };
/** One thing as it stands now; `cancelled`: why it counts no more. */
export type Row = Awaited<ReturnType<typeof rowsOf>>[number];

/** What stands, of a kind and a fiscal year, newest first. */
function rowsOf(tx: Reader, municipality: string, kind: Kind, fiscalYear: number, ...more: (SQL | undefined)[]) {
	return tx
		.select(columns)
		.from(outreachVersion)
		.innerJoin(outreach, and(eq(outreach.id, outreachVersion.outreach), eq(outreach.latest, outreachVersion.number)))
		.leftJoin(outreachCancelling, eq(outreachCancelling.outreach, outreach.id))
		.where(
			and(
				eq(outreachVersion.municipality, municipality),
				between(outreachVersion.onDay, fiscalYearStart(fiscalYear), fiscalYearEnd(fiscalYear)),
				eq(outreach.kind, kind),
				...more
			)
		)
		.orderBy(desc(outreachVersion.onDay), desc(outreach.id))
		.$dynamic();
}

function maySee(actor: Actor): void {
	if (!can(actor, 'outreach.see', {})) throw new NotFound();
}

/** One sort of a kind, or what was called off before it was held. */
export type Only = Sort | 'cancelled';
const narrowedTo = (only: Only | undefined): SQL | undefined =>
	only === 'cancelled'
		? and(isNotNull(outreachCancelling.outreach), isNull(outreachVersion.count))
		: only && eq(outreachVersion.sort, only);

/** A page of the list. `before`: the key of the last one of the page before, `day~id`; `next`: the key to go on with. */
export async function outreachPage(
	tx: Reader,
	actor: Actor,
	kind: Kind,
	fiscalYear: number,
	before?: string,
	only?: Only
): Promise<{ rows: Row[]; next: string | undefined }> {
	maySee(actor);
	const [day, id] = before?.split('~') ?? [];
	const further =
		day && id
			? or(lt(outreachVersion.onDay, day), and(eq(outreachVersion.onDay, day), lt(outreach.id, id)))
			: undefined;
	const found = await rowsOf(tx, actor.municipality, kind, fiscalYear, further, narrowedTo(only)).limit(pageSize + 1);
	const rows = found.slice(0, pageSize);
	const last = rows.at(-1);
	return { rows, next: found.length > pageSize && last ? `${last.onDay}~${last.id}` : undefined };
}

/** All of a kind and a fiscal year. */
export async function outreachOf(tx: Reader, actor: Actor, kind: Kind, fiscalYear: number): Promise<Row[]> {
	maySee(actor);
	return rowsOf(tx, actor.municipality, kind, fiscalYear);
}

/** One thing with everything that was ever written of it, the version that stands first. */
export async function oneOutreach(tx: Reader, actor: Actor, id: string) {
	maySee(actor);
	const [one] = await tx
		.select({ kind: outreach.kind, latest: outreach.latest, cancelled: outreachCancelling.reason })
		.from(outreach)
		.leftJoin(outreachCancelling, eq(outreachCancelling.outreach, outreach.id))
		.where(and(eq(outreach.id, id), eq(outreach.municipality, actor.municipality)));
	if (!one) throw new NotFound();
	const versions = await tx
		.select({ ...written, at: outreachVersion.at, by: person.name })
		.from(outreachVersion)
		.innerJoin(person, eq(person.id, outreachVersion.by))
		.where(eq(outreachVersion.outreach, id))
		.orderBy(asc(outreachVersion.number));
	return { id, ...one, versions: versions.toReversed() };
}
