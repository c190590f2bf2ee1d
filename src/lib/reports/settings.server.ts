/** What the pages of the settings of plans show. */
import { asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { sectionsOf } from '#lib/people/settings.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { metricNames } from './metric.ts';
import { cellsOf, contentOf, ownMeasure, ownSettingCell, writtenCells } from './measures.server.ts';
import { linesOfCell, orderOf } from './placements.server.ts';
import { mayEditPlans, ownPlan } from './plans.server.ts';
import { printedValues } from './printed.server.ts';
import { seenOf } from './seen.server.ts';
import { measure, measureSection, placement } from './tables.server.ts';
import { typedMetricsOf } from './typed.server.ts';
import { usesOf } from './typedMetrics.server.ts';

const namesIn = async (tx: Reader, actor: Actor, fiscalYear: number) =>
	new Map((await sectionsOf(tx, actor.municipality, fiscalYear)).map(({ id, name }) => [id, name]));

/** A plan with its measures in their order: their sections, and how many generated lines each has. */
export async function planPage(tx: Reader, actor: Actor, id: string, fiscalYear: number) {
	const of = await ownPlan(tx, actor, id);
	const measures = await tx
		.select()
		.from(measure)
		.where(eq(measure.plan, id))
		.orderBy(asc(measure.number), asc(measure.fromYear));
	const cells = await tx
		.select({ measure: measureSection.measure, section: measureSection.section, line: placement.id })
		.from(measureSection)
		.leftJoin(placement, eq(placement.cell, measureSection.id))
		.where(
			inArray(
				measureSection.measure,
				measures.map((one) => one.id)
			)
		)
		.orderBy(asc(measureSection.place));
	const names = await namesIn(tx, actor, fiscalYear);
	const byMeasure = Map.groupBy(cells, (cell) => cell.measure);
	return {
		plan: { id, name: of.name, kind: of.kind, seen: seenOf(of.name) },
		measures: measures.map((one) => {
			const own = byMeasure.get(one.id) ?? [];
			return {
				id: one.id,
				...contentOf(one),
				sections: [...new Set(own.map(({ section }) => names.get(section) ?? ''))],
				lines: own.filter(({ line }) => line !== null).length
			};
		})
	};
}

/** A measure with the cells of its sections and their lines. */
export async function measurePage(tx: Reader, actor: Actor, id: string, fiscalYear: number) {
	const one = await ownMeasure(tx, actor, id);
	const { name: plan, kind } = await ownPlan(tx, actor, one.plan);
	const cells = await cellsOf(tx, id);
	const names = await namesIn(tx, actor, fiscalYear);
	const written = await writtenCells(
		tx,
		cells.map((cell) => cell.id)
	);
	const shown = [];
	for (const { id, section, fromYear, untilYear } of cells) {
		const lines = await linesOfCell(tx, id);
		shown.push({
			...{ id, name: names.get(section) ?? '', fromYear, untilYear, written: written.has(id) },
			...{ seen: seenOf({ fromYear, untilYear }), order: orderOf(lines) },
			// Lines that follow each other over the years share a place, and are moved together.
			places: [...Map.groupBy(lines, (line) => line.place).values()]
		});
	}
	const taking = new Set(cells.map((cell) => cell.section));
	return {
		plan: { id: one.plan, name: plan, kind },
		measure: { id, ...contentOf(one), seen: seenOf(contentOf(one)), written: written.size > 0 },
		cells: shown,
		order: seenOf(cells.map((cell) => cell.id)),
		others: [...names].filter(([id]) => !taking.has(id)).map(([value, label]) => ({ value, label }))
	};
}

/** The cell a line belongs to, with its measure and plan. */
export async function cellPage(tx: Reader, actor: Actor, id: string, fiscalYear: number) {
	const cell = await ownSettingCell(tx, actor, id);
	const of = await ownMeasure(tx, actor, cell.measure);
	const plan = await ownPlan(tx, actor, of.plan);
	const names = await namesIn(tx, actor, fiscalYear);
	return {
		id,
		sectionName: names.get(cell.section) ?? '',
		measure: { id: of.id, number: of.number, name: of.name },
		plan: plan.name
	};
}

/** Every figure there is, computed and typed, with what it was last year and is now, and where it is printed. */
export async function figuresPage(tx: Reader, actor: Actor, fiscalYear: number) {
	mayEditPlans(actor);
	const uses = await usesOf(tx, actor);
	const names = await namesIn(tx, actor, fiscalYear);
	const typed = (await typedMetricsOf(tx, actor.municipality)).map((one) => ({
		...one,
		sectionName: names.get(one.section) ?? ''
	}));
	const [previous, current] = [
		await printedValues(tx, actor, fiscalYear - 1),
		await printedValues(tx, actor, fiscalYear)
	];
	return {
		typed,
		figures: [...metricNames, ...typed.map(({ key }) => key)].map((key) => ({
			...{ key, previous: previous[key], current: current[key] },
			typed: typed.find((one) => one.key === key)?.id,
			uses: uses.get(key) ?? []
		})),
		sections: [...names].map(([value, label]) => ({ value, label })),
		years: { previous: fiscalYear - 1, current: fiscalYear }
	};
}
