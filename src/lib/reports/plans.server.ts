/** The published plans of a municipality: started from an example or from nothing, changed as its own. */
import { and, asc, count, eq } from 'drizzle-orm';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { addSection, sectionsOf } from '#lib/people/settings.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { Forbidden, NotFound, RuleBroken } from '#lib/server/errors.ts';
import { forgetLooks } from './looks.server.ts';
import type { ExampleFigure, ExamplePlan } from './koganei.ts';
import type { PlanKind } from './measure.ts';
import { seenOf } from './seen.server.ts';
import { measure, measureSection, placement, plan, typedMetric } from './tables.server.ts';
import { firstFiscalYear } from './year.ts';

/** Who sets up the plans. Nobody else sees their settings. */
export function mayEditPlans(actor: Actor): void {
	if (!can(actor, 'measure.edit', {})) throw new Forbidden();
}

/** Every section by each of the names it ever had. */
async function sectionsByName(tx: Tx, municipality: string, fiscalYear: number): Promise<Map<string, string>> {
	const sections = await sectionsOf(tx, municipality, fiscalYear);
	return new Map(sections.flatMap(({ id, names }) => names.map(({ name }) => [name, id] as const)));
}

/** A row whose id a form brought along: true when it is there already, because the form was sent twice. */
export const isThere = (row: { municipality: string } | undefined, actor: Actor): boolean => {
	if (row && row.municipality !== actor.municipality) throw new NotFound();
	return row !== undefined;
};

/**
 * Takes over a plan with its measures, sections, generated lines and typed figures; a section the city does not have yet is added. A plan of
 * the same name is not taken twice; `idFor` gives the plan its id first.
 */
export async function adopt(
	tx: Tx,
	actor: Actor,
	example: ExamplePlan,
	figures: readonly ExampleFigure[],
	now: Date,
	idFor: () => string = newId
): Promise<void> {
	mayEditPlans(actor);
	const { municipality } = actor;
	const of = idFor();
	const place = await newPlan(tx, actor, { id: of, name: example.name }, 'error_plan_taken');
	if (place === undefined) return;
	const known = await sectionsByName(tx, municipality, fiscalYearAt(now));
	const sectionOf = async (name: string): Promise<string> => {
		if (!known.has(name)) known.set(name, await addSection(tx, actor, name, firstFiscalYear));
		return known.get(name)!;
	};
	const always = { fromYear: firstFiscalYear, untilYear: null };
	await tx.insert(plan).values({ id: of, municipality, name: example.name, kind: example.kind, place });
	for (const { chapter, measures } of example.chapters)
		for (const { sections, lines = [], cityWide = false, ...words } of measures) {
			const id = idFor();
			await tx.insert(measure).values({ id, municipality, plan: of, chapter, ...words, cityWide, ...always });
			for (const [place, name] of sections.entries()) {
				const cell = idFor();
				const section = await sectionOf(name);
				await tx.insert(measureSection).values({ id: cell, municipality, measure: id, section, place });
				const own = lines.filter((line) => line.section === name);
				for (const [place, { words, hangsOn = null }] of own.entries())
					await tx
						.insert(placement)
						.values({ id: idFor(), municipality, cell, place, words, hangsOn, freshIn: null, ...always });
			}
		}
	for (const { section, ...figure } of figures)
		await tx
			.insert(typedMetric)
			.values({ id: idFor(), municipality, ...figure, section: await sectionOf(section) })
			.onConflictDoNothing();
	await record(tx, actor, 'plan.adopt', 'plan', of);
}

/** Where a new plan stands among the others, or undefined when it is there already: its form was sent twice. */
async function newPlan(tx: Tx, actor: Actor, { id, name }: { id: string; name: string }, taken: string) {
	const [same] = await tx.select({ municipality: plan.municipality }).from(plan).where(eq(plan.id, id));
	if (isThere(same, actor)) return undefined;
	const here = await tx
		.select({ name: plan.name, place: plan.place })
		.from(plan)
		.where(eq(plan.municipality, actor.municipality));
	if (here.some((one) => one.name === name)) throw new RuleBroken(taken, 'name');
	return Math.max(-1, ...here.map((one) => one.place)) + 1;
}

/** A plan with nothing in it. */
export async function makePlan(
	tx: Tx,
	actor: Actor,
	input: { id: string; name: string; kind: PlanKind }
): Promise<void> {
	mayEditPlans(actor);
	const place = await newPlan(tx, actor, input, 'error_plan_name');
	if (place === undefined) return;
	await tx.insert(plan).values({ ...input, municipality: actor.municipality, place });
	await record(tx, actor, 'plan.make', 'plan', input.id, { kind: input.kind });
}

/** A plan of the own town. */
export async function ownPlan(tx: Reader, actor: Actor, id: string) {
	mayEditPlans(actor);
	const [found] = await tx
		.select()
		.from(plan)
		.where(and(eq(plan.id, id), eq(plan.municipality, actor.municipality)));
	if (!found) throw new NotFound('plan');
	return found;
}

/** Calls a plan otherwise. */
export async function renamePlan(
	tx: Tx,
	actor: Actor,
	id: string,
	{ name, seen }: { name: string; seen: string }
): Promise<void> {
	const stands = await ownPlan(tx, actor, id);
	if (stands.name === name) return;
	if (seen !== seenOf(stands.name)) throw new RuleBroken('error_settings_changed');
	const same = and(eq(plan.municipality, actor.municipality), eq(plan.name, name));
	if ((await tx.select({ id: plan.id }).from(plan).where(same)).length > 0)
		throw new RuleBroken('error_plan_name', 'name');
	await tx.update(plan).set({ name }).where(eq(plan.id, id));
	await record(tx, actor, 'plan.rename', 'plan', id);
}

/** Of several plans of a kind the first is the one whose table is published: this one now. */
export async function putFirst(tx: Tx, actor: Actor, id: string): Promise<void> {
	await ownPlan(tx, actor, id);
	const others = (await plansOf(tx, actor)).filter((one) => one.id !== id).map((one) => one.id);
	for (const [place, of] of [id, ...others].entries()) await tx.update(plan).set({ place }).where(eq(plan.id, of));
	await record(tx, actor, 'plan.first', 'plan', id);
}

/** Takes a plan away that has no measure. */
export async function removePlan(tx: Tx, actor: Actor, id: string): Promise<void> {
	await ownPlan(tx, actor, id);
	const [hangs] = await tx.select({ id: measure.id }).from(measure).where(eq(measure.plan, id)).limit(1);
	if (hangs) throw new RuleBroken('error_plan_hangs');
	await forgetLooks(tx, id);
	await tx.delete(plan).where(eq(plan.id, id));
	await record(tx, actor, 'plan.remove', 'plan', id);
}

/** The plans of the town in their order, with how many measures each has. */
export function plansOf(tx: Reader, actor: Actor) {
	mayEditPlans(actor);
	return tx
		.select({ id: plan.id, name: plan.name, kind: plan.kind, measures: count(measure.id) })
		.from(plan)
		.leftJoin(measure, eq(measure.plan, plan.id))
		.where(eq(plan.municipality, actor.municipality))
		.groupBy(plan.id)
		.orderBy(asc(plan.place), asc(plan.id));
}
