/** Which figures are typed, and where every figure is printed. */
import { and, asc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { section } from '#lib/people/tables.server.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { figuresIn } from './line.ts';
import type { PlanKind } from './measure.ts';
import { isMetric } from './metric.ts';
import type { FigureInput } from './plan.ts';
import { isThere, mayEditPlans } from './plans.server.ts';
import { seenOf } from './seen.server.ts';
import { measure, measureSection, placement, plan, typedFigure, typedMetric } from './tables.server.ts';
import { typedMetricsOf } from './typed.server.ts';

/** A place where a figure is printed: 施策16 of a plan. */
export type Use = { plan: string; kind: PlanKind; measure: string; number: number; words: string };

/** Where each figure is printed, by its key: every line that names it or hangs on it. */
export async function usesOf(tx: Reader, actor: Actor): Promise<Map<string, Use[]>> {
	mayEditPlans(actor);
	const rows = await tx
		.select({
			...{ plan: plan.name, kind: plan.kind, measure: measure.id, number: measure.number },
			...{ words: placement.words, hangsOn: placement.hangsOn }
		})
		.from(placement)
		.innerJoin(measureSection, eq(measureSection.id, placement.cell))
		.innerJoin(measure, eq(measure.id, measureSection.measure))
		.innerJoin(plan, eq(plan.id, measure.plan))
		.where(eq(placement.municipality, actor.municipality))
		.orderBy(asc(plan.place), asc(measure.number), asc(placement.place));
	const uses = new Map<string, Use[]>();
	for (const { hangsOn, ...use } of rows)
		for (const key of new Set([...figuresIn(use.words), ...(hangsOn ? [hangsOn] : [])]))
			uses.set(key, [...(uses.get(key) ?? []), use]);
	return uses;
}

/** A typed figure of the own town. */
export async function ownFigure(tx: Reader, actor: Actor, id: string) {
	mayEditPlans(actor);
	const [found] = await tx
		.select()
		.from(typedMetric)
		.where(and(eq(typedMetric.id, id), eq(typedMetric.municipality, actor.municipality)));
	if (!found) throw new NotFound('figure');
	return found;
}

/** The content of a typed figure that a form shows and sends back. */
export const figureContent = ({ name, unit, basis, section, untilYear }: FigureInput) => ({
	...{ name, unit: unit ?? '', basis, section, untilYear }
});

async function refuseForeignSection(tx: Tx, actor: Actor, id: string) {
	const [own] = await tx
		.select({ id: section.id })
		.from(section)
		.where(and(eq(section.id, id), eq(section.municipality, actor.municipality)));
	if (!own) throw new NotFound('section');
}

/** Adds a figure to type. Without a key the next free one is found: figure1, figure2 … */
export async function addFigure(
	tx: Tx,
	actor: Actor,
	{ id, key: typed, ...input }: FigureInput & { id: string; key: string | null }
): Promise<void> {
	mayEditPlans(actor);
	const [there] = await tx
		.select({ municipality: typedMetric.municipality })
		.from(typedMetric)
		.where(eq(typedMetric.id, id));
	if (isThere(there, actor)) return;
	await refuseForeignSection(tx, actor, input.section);
	const taken = new Set((await typedMetricsOf(tx, actor.municipality)).map(({ key }) => key));
	let next = 1;
	while (taken.has(`figure${next}`)) next++;
	const key = typed ?? `figure${next}`;
	if (isMetric(key) || taken.has(key)) throw new RuleBroken('error_figure_key_taken', 'key', { key });
	await tx.insert(typedMetric).values({ id, municipality: actor.municipality, key, ...figureContent(input) });
	await record(tx, actor, 'figure.add', 'typed_metric', id, { key });
}

/** Changes what a typed figure is called, how it is counted, by whom and until when; its key stays, lines name it. */
export async function changeFigure(
	tx: Tx,
	actor: Actor,
	id: string,
	{ seen, ...input }: FigureInput & { seen: string }
): Promise<void> {
	const stands = figureContent(await ownFigure(tx, actor, id));
	const next = figureContent(input);
	if (seenOf(stands) === seenOf(next)) return;
	if (seenOf(stands) !== seen) throw new RuleBroken('error_settings_changed');
	await refuseForeignSection(tx, actor, input.section);
	await tx.update(typedMetric).set(next).where(eq(typedMetric.id, id));
	await record(tx, actor, 'figure.change', 'typed_metric', id, { until: input.untilYear });
}

/** Takes a figure away that no line names and nobody typed. The others end with a year. */
export async function removeFigure(tx: Tx, actor: Actor, id: string): Promise<void> {
	const { key } = await ownFigure(tx, actor, id);
	if ((await usesOf(tx, actor)).has(key)) throw new RuleBroken('error_figure_printed');
	const [typed] = await tx.select({ id: typedFigure.id }).from(typedFigure).where(eq(typedFigure.metric, id)).limit(1);
	if (typed) throw new RuleBroken('error_figure_typed');
	await tx.delete(typedMetric).where(eq(typedMetric.id, id));
	await record(tx, actor, 'figure.remove', 'typed_metric', id, { key });
}
