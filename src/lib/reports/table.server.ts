/** The table of a fiscal year: every measure with what was done the year before, this year, and what is planned for the next. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import { sectionsOf } from '#lib/people/settings.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { metricsOf } from './line.ts';
import { holdsIn, linesOf, type Cell, type Column, type PlanKind, type Table } from './measure.ts';
import { valuesIn, type Values } from './metric.ts';
import { valuesOf } from './metrics.server.ts';
import { cellText, measure, measureSection, placement, plan, typedMetric } from './tables.server.ts';

const groupedBy = async <T, K>(rows: Promise<T[]>, key: (row: T) => K): Promise<Map<K, T[]>> =>
	Map.groupBy(await rows, key);

/** Names of the sections as they are valid in a fiscal year. */
const sectionNames = async (tx: Reader, municipality: string, fiscalYear: number) =>
	new Map((await sectionsOf(tx, municipality, fiscalYear)).map(({ id, name }) => [id, name]));

/** The settings of a plan: its measures in their order, their sections, the generated lines, and which figures are typed. */
async function settingsOf(tx: Reader, municipality: string, of: string) {
	const cells = tx
		.select({
			id: measureSection.id,
			measure: measureSection.measure,
			section: measureSection.section,
			fromYear: measureSection.fromYear,
			untilYear: measureSection.untilYear
		})
		.from(measureSection)
		.innerJoin(measure, eq(measure.id, measureSection.measure))
		.where(eq(measure.plan, of))
		.orderBy(asc(measureSection.place));
	const placements = tx
		.select()
		.from(placement)
		.where(eq(placement.municipality, municipality))
		.orderBy(asc(placement.place));
	const typed = await tx
		.select({ key: typedMetric.key })
		.from(typedMetric)
		.where(eq(typedMetric.municipality, municipality));
	return {
		measures: await tx.select().from(measure).where(eq(measure.plan, of)).orderBy(asc(measure.number)),
		cells: await groupedBy(cells, (cell) => cell.measure),
		placements: await groupedBy(placements, (one) => one.cell),
		typed: new Set(typed.map(({ key }) => key))
	};
}

const textKey = (cell: string, fiscalYear: number, column: Column) => `${cell} ${fiscalYear} ${column}`;

/** What officers wrote for some years: the last saving of each cell. */
async function textsOf(tx: Reader, municipality: string, years: number[]) {
	const rows = await tx
		.select()
		.from(cellText)
		.where(and(eq(cellText.municipality, municipality), inArray(cellText.fiscalYear, years)))
		.orderBy(asc(cellText.number));
	return new Map(rows.map((row) => [textKey(row.cell, row.fiscalYear, row.column), row]));
}

/** The plan of a kind that a municipality publishes first, or undefined. */
export async function firstPlan(tx: Reader, municipality: string, kind: PlanKind) {
	const [found] = await tx
		.select()
		.from(plan)
		.where(and(eq(plan.municipality, municipality), eq(plan.kind, kind)))
		.orderBy(asc(plan.place))
		.limit(1);
	return found;
}

/** What is known before the rows are asked: the table of the year before as it was closed, and figures that are counted already. */
export type Known = { before?: Table | undefined; previous?: Values; current?: Values };

/**
 * The whole table as it stands now, from the rows; a year before that is closed is printed as it was closed. For those who may see the
 * figures of the whole town.
 */
export async function tableOf(
	tx: Reader,
	actor: Actor,
	of: { id: string; name: string },
	fiscalYear: number,
	{ before, previous, current }: Known = {}
): Promise<Table> {
	if (!can(actor, 'measure.see', {})) throw new NotFound();
	const { municipality } = actor;
	const { measures, cells, placements, typed } = await settingsOf(tx, municipality, of.id);
	const years = [fiscalYear - 1, fiscalYear, fiscalYear + 1];
	const written = await textsOf(tx, municipality, years);
	const printed = new Set([...placements.values()].flat().flatMap(metricsOf));
	const values = {
		previous: previous ?? before?.values.current ?? (await valuesOf(tx, actor, fiscalYear - 1, printed)),
		current: current ?? (await valuesOf(tx, actor, fiscalYear, printed))
	};
	const names = await Promise.all(years.map((year) => sectionNames(tx, municipality, year)));
	const cellsOf = (of: string, at: 0 | 1 | 2): Cell[] =>
		(cells.get(of) ?? [])
			.filter((cell) => holdsIn(cell, years[at]!))
			.map(({ id, section }) => ({
				id,
				section,
				sectionName: names[at]!.get(section)!,
				...linesOf(
					at === 2 ? [] : (placements.get(id) ?? []),
					written.get(textKey(id, years[at]!, at === 2 ? 'planned' : 'done'))?.lines ?? [],
					valuesIn(at === 0 ? values.previous : values.current, section),
					typed,
					years[at]!
				)
			}));
	const rows = measures
		.filter((one) => holdsIn(one, fiscalYear))
		.map(({ id, number, chapter, heading, name, content, cityWide }) => ({
			...{ id, number, chapter, heading, name, content, cityWide },
			sections: (cells.get(id) ?? [])
				.filter((cell) => holdsIn(cell, fiscalYear))
				.map(({ section }) => names[1]!.get(section)!),
			previous: before?.rows.find((row) => row.id === id)?.current ?? cellsOf(id, 0),
			current: cellsOf(id, 1),
			next: cellsOf(id, 2)
		}));
	const notes = before?.notes?.filter((one) => one.fiscalYear === fiscalYear - 1) ?? [];
	return { plan: of.name, fiscalYear, rows, values, ...(notes.length > 0 && { notes }) };
}
