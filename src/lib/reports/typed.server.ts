/** Figures that no row of ours can tell: typed by the section that owns them, each saving a row of its own. */
import { and, asc, eq } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { typedFigure, typedMetric } from './tables.server.ts';
import { boxOf, type Typed } from './typed.ts';

/** What stands for a year: the last saving of each figure. */
async function standing(tx: Reader, municipality: string, fiscalYear: number): Promise<Map<string, number>> {
	const rows = await tx
		.select({ metric: typedFigure.metric, value: typedFigure.value })
		.from(typedFigure)
		.where(and(eq(typedFigure.municipality, municipality), eq(typedFigure.fiscalYear, fiscalYear)))
		.orderBy(asc(typedFigure.id));
	const last = new Map(rows.map(({ metric, value }) => [metric, value]));
	return new Map([...last].filter((one): one is [string, number] => one[1] !== null));
}

/** The typed figures a municipality keeps. */
export const typedMetricsOf = (tx: Reader, municipality: string) =>
	tx.select().from(typedMetric).where(eq(typedMetric.municipality, municipality)).orderBy(asc(typedMetric.id));

/** The typed figures of a year by their keys. What nobody typed is not among them. */
export async function typedValues(
	tx: Reader,
	municipality: string,
	fiscalYear: number
): Promise<Record<string, number>> {
	const values = await standing(tx, municipality, fiscalYear);
	const metrics = await typedMetricsOf(tx, municipality);
	return Object.fromEntries(
		metrics.flatMap(({ id, key }) => (values.has(id) ? [[key, values.get(id)!] as const] : []))
	);
}

/** The figures this person types, with what stands for the year and for the one before it. */
export async function typedFigures(tx: Reader, actor: Actor, fiscalYear: number) {
	const [now, before] = [
		await standing(tx, actor.municipality, fiscalYear),
		await standing(tx, actor.municipality, fiscalYear - 1)
	];
	const own = (await typedMetricsOf(tx, actor.municipality)).filter(
		({ section, untilYear }) => (untilYear === null || fiscalYear <= untilYear) && can(actor, 'cell.edit', { section })
	);
	return own.map(({ id, name, unit, basis }) => ({
		...{ id, name, unit, basis },
		value: now.get(id) ?? null,
		before: before.get(id) ?? null
	}));
}

/**
 * Saves the figures that differ from what stands. One of another section does not exist; one that somebody else changed since it was seen
 * is refused at its box, and nothing is written.
 */
export async function typeFigures(
	tx: Tx,
	actor: Actor,
	fiscalYear: number,
	sent: readonly Typed[],
	now: Date
): Promise<void> {
	const own = new Map((await typedFigures(tx, actor, fiscalYear)).map((one) => [one.id, one.value]));
	for (const { metric, value, seen } of sent) {
		const stands = own.get(metric);
		if (stands === undefined) throw new NotFound('typed_metric');
		if (stands === value) continue;
		if (stands !== seen) throw new RuleBroken('error_figure_saved', boxOf(metric), { value: stands ?? '—' });
		await tx
			.insert(typedFigure)
			.values({ id: newId(), municipality: actor.municipality, metric, fiscalYear, value, by: actor.person, at: now });
		await record(tx, actor, 'figure.type', 'typed_metric', metric, { fiscalYear, value });
	}
}
