/** The published plans of a municipality: started from an example or from nothing, changed as its own. */
import { eq } from 'drizzle-orm';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { addSection, sectionsOf } from '#lib/people/settings.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { Forbidden, RuleBroken } from '#lib/server/errors.ts';
import type { ExampleFigure, ExamplePlan } from './koganei.ts';
import { measure, measureSection, placement, plan, typedMetric } from './tables.server.ts';
import { firstFiscalYear } from './year.ts';

/** Every section by each of the names it ever had. */
async function sectionsByName(tx: Tx, municipality: string, fiscalYear: number): Promise<Map<string, string>> {
	const sections = await sectionsOf(tx, municipality, fiscalYear);
	return new Map(sections.flatMap(({ id, names }) => names.map(({ name }) => [name, id] as const)));
}

/**
 * Takes over a plan with its measures, sections, generated lines and typed figures; a section the city does not have yet is added. A plan of
 * the same name is not taken twice.
 */
export async function adopt(
	tx: Tx,
	actor: Actor,
	example: ExamplePlan,
	figures: readonly ExampleFigure[],
	now: Date,
	idFor: () => string = newId
): Promise<void> {
	if (!can(actor, 'settings.edit', {})) throw new Forbidden();
	const { municipality } = actor;
	const here = await tx.select({ name: plan.name }).from(plan).where(eq(plan.municipality, municipality));
	if (here.some(({ name }) => name === example.name)) throw new RuleBroken('error_plan_taken', 'plan');
	const known = await sectionsByName(tx, municipality, fiscalYearAt(now));
	const sectionOf = async (name: string): Promise<string> => {
		if (!known.has(name)) known.set(name, await addSection(tx, actor, name, firstFiscalYear));
		return known.get(name)!;
	};
	const of = idFor();
	await tx.insert(plan).values({ id: of, municipality, name: example.name, kind: example.kind, place: here.length });
	for (const { chapter, measures } of example.chapters)
		for (const { sections, lines = [], cityWide = false, ...words } of measures) {
			const id = idFor();
			await tx.insert(measure).values({
				id,
				municipality,
				plan: of,
				chapter,
				...words,
				cityWide,
				fromYear: firstFiscalYear,
				untilYear: null
			});
			for (const [place, name] of sections.entries()) {
				const cell = idFor();
				const section = await sectionOf(name);
				await tx.insert(measureSection).values({ id: cell, municipality, measure: id, section, place });
				const own = lines.filter((line) => line.section === name);
				for (const [place, { words, hangsOn = null }] of own.entries())
					await tx.insert(placement).values({
						...{ id: idFor(), municipality, cell, place, words, hangsOn },
						...{ freshIn: null, fromYear: firstFiscalYear, untilYear: null }
					});
			}
		}
	for (const { section, ...figure } of figures)
		await tx
			.insert(typedMetric)
			.values({ id: idFor(), municipality, ...figure, section: await sectionOf(section) })
			.onConflictDoNothing();
	await record(tx, actor, 'plan.adopt', 'plan', of);
}
