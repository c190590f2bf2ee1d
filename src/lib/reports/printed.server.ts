/** The table as it is printed: of a closed year the one that was frozen, whatever came later; else from the rows. */
import { and, asc, desc, eq } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import type { Snapshot } from './closing.ts';
import type { Table } from './measure.ts';
import type { Values } from './metric.ts';
import { valuesOf } from './metrics.server.ts';
import { firstPlan, tableOf } from './table.server.ts';
import { plan, yearClosing } from './tables.server.ts';
import { typedMetricsOf } from './typed.server.ts';

/** A closing without what it froze. */
export type Closed = { id: string; number: number; at: Date; reason: string | null };

/** The last closing of a year, or undefined while it is open. */
export async function closedAs(tx: Reader, municipality: string, fiscalYear: number): Promise<Closed | undefined> {
	const [found] = await tx
		.select({ id: yearClosing.id, number: yearClosing.number, at: yearClosing.at, reason: yearClosing.reason })
		.from(yearClosing)
		.where(and(eq(yearClosing.municipality, municipality), eq(yearClosing.fiscalYear, fiscalYear)))
		.orderBy(desc(yearClosing.number))
		.limit(1);
	return found;
}

/** What a closing froze: the last one of a year, or that of a number. */
export async function snapshotOf(
	tx: Reader,
	municipality: string,
	fiscalYear: number,
	number?: number
): Promise<Snapshot | undefined> {
	const [found] = await tx
		.select({ snapshot: yearClosing.snapshot })
		.from(yearClosing)
		.where(
			and(
				eq(yearClosing.municipality, municipality),
				eq(yearClosing.fiscalYear, fiscalYear),
				number === undefined ? undefined : eq(yearClosing.number, number)
			)
		)
		.orderBy(desc(yearClosing.number))
		.limit(1);
	return found?.snapshot;
}

const tableIn = (snapshot: Snapshot | undefined, plan: string): Table | undefined =>
	snapshot?.tables.find(({ id }) => id === plan)?.table;

/** A plan's table of a year: as it was closed, or from the rows beside what the year before was closed with. */
export async function printedTable(
	tx: Reader,
	actor: Actor,
	of: { id: string; name: string },
	fiscalYear: number
): Promise<Table> {
	if (!can(actor, 'measure.see', {})) throw new NotFound();
	const { municipality } = actor;
	const frozen = tableIn(await snapshotOf(tx, municipality, fiscalYear), of.id);
	if (frozen) return frozen;
	const last = await snapshotOf(tx, municipality, fiscalYear - 1);
	return tableOf(tx, actor, of, fiscalYear, { before: tableIn(last, of.id), ...(last && { previous: last.values }) });
}

/** The table of the plan that this municipality publishes; without one there is nothing to see. */
export async function publishedTable(tx: Reader, actor: Actor, fiscalYear: number): Promise<Table> {
	const plan = await firstPlan(tx, actor.municipality, 'table');
	if (!plan) throw new NotFound('plan');
	return printedTable(tx, actor, plan, fiscalYear);
}

/** The figures of a year as they are published: frozen with its closing, else from the rows. */
export const printedValues = async (tx: Reader, actor: Actor, fiscalYear: number): Promise<Values> =>
	(await snapshotOf(tx, actor.municipality, fiscalYear))?.values ?? valuesOf(tx, actor, fiscalYear);

/** What the typed figures of a year's table are called: as it was closed, or as they are called now. */
export const printedMetrics = async (tx: Reader, municipality: string, fiscalYear: number) =>
	(await snapshotOf(tx, municipality, fiscalYear))?.typed ?? typedMetricsOf(tx, municipality);

/**
 * Everything the year says now, every plan of the town, each figure counted once. Inside the transaction that closes it is what is frozen;
 * beside a snapshot it tells what has come since.
 */
export async function takeSnapshot(tx: Reader, actor: Actor, fiscalYear: number): Promise<Snapshot> {
	const { municipality } = actor;
	const plans = await tx.select().from(plan).where(eq(plan.municipality, municipality)).orderBy(asc(plan.place));
	const last = await snapshotOf(tx, municipality, fiscalYear - 1);
	const previous = last?.values ?? (await valuesOf(tx, actor, fiscalYear - 1));
	const values = await valuesOf(tx, actor, fiscalYear);
	const tables = [];
	for (const { id, name, kind } of plans) {
		const known = { before: tableIn(last, id), previous, current: values };
		tables.push({ id, kind, table: await tableOf(tx, actor, { id, name }, fiscalYear, known) });
	}
	const typed = (await typedMetricsOf(tx, municipality)).map(({ key, name, unit, basis }) => ({
		...{ key, name, unit, basis }
	}));
	return { tables, typed, values };
}
