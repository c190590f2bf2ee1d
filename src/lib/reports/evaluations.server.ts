/** Grades and sentences of the plans that evaluate their projects, by the sections that carry them out. */
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { draftOf } from './draft.ts';
import { changesOf, type Change, type EvaluationInput } from './evaluation.ts';
import type { Cell, Grade, Table } from './measure.ts';
import { valuesIn, type Values } from './metric.ts';
import { figureWords } from './names.ts';
import { printedMetrics, printedTable } from './printed.server.ts';
import { seenOf } from './seen.server.ts';
import { evaluation, measure, measureSection, plan } from './tables.server.ts';

/** What stands for a cell in a year. */
export type Graded = { grade: Grade; words: string; number: number };
export type GradedCell = {
	cell: Cell;
	previous: Cell | undefined;
	graded: (Graded & { changes: Change[] }) | undefined;
	/** Of the year before. */
	before: Graded | undefined;
	draft: string;
	/** This person's own section writes it. */
	own: boolean;
};

/** The draft of a cell, from the figures its table prints: of a closed year those it was closed with. */
const draftIn = (table: Table, cell: Cell, typed: Parameters<typeof figureWords>[0]): string =>
	draftOf(
		cell.figures,
		valuesIn(table.values.previous, cell.section),
		table.fiscalYear,
		figureWords(typed, { locale: 'ja' })
	);

const key = (cell: string, fiscalYear: number) => `${cell} ${fiscalYear}`;

/** The last saving of each cell in some years. */
async function standing(tx: Reader, municipality: string, years: number[]) {
	const rows = await tx
		.select()
		.from(evaluation)
		.where(and(eq(evaluation.municipality, municipality), inArray(evaluation.fiscalYear, years)))
		.orderBy(asc(evaluation.number));
	return new Map(rows.map((row) => [key(row.cell, row.fiscalYear), row]));
}

/** Every plan that is graded, with its projects as they stand in a year and stood in the one before. */
export async function evaluationPage(tx: Reader, actor: Actor, fiscalYear: number) {
	if (!can(actor, 'measure.see', {})) throw new NotFound();
	const { municipality } = actor;
	const plans = await tx
		.select({ id: plan.id, name: plan.name })
		.from(plan)
		.where(and(eq(plan.municipality, municipality), eq(plan.kind, 'evaluation')))
		.orderBy(asc(plan.place));
	const stands = await standing(tx, municipality, [fiscalYear - 1, fiscalYear]);
	const typed = await printedMetrics(tx, municipality, fiscalYear);
	const shown = [];
	for (const of of plans) {
		const table = await printedTable(tx, actor, of, fiscalYear);
		shown.push({
			...of,
			projects: table.rows.map(({ id, number, name, content, previous, current }) => ({
				...{ id, number, name, content },
				cells: current.map((cell): GradedCell => {
					const now = stands.get(key(cell.id, fiscalYear));
					return {
						cell,
						previous: previous.find((one) => one.id === cell.id),
						graded: now && { ...now, changes: changesOf(now.figures, cell.figures) },
						before: stands.get(key(cell.id, fiscalYear - 1)),
						draft: draftIn(table, cell, typed),
						own: can(actor, 'cell.edit', { section: cell.section })
					};
				})
			}))
		});
	}
	return { plans: shown, typed };
}

/** The cell of the actor's own section at a graded project, in a year that prints it; another section's does not exist. */
async function ownProject(
	tx: Reader,
	actor: Actor,
	id: string,
	fiscalYear: number
): Promise<{ cell: Cell; draft: string }> {
	const [found] = await tx
		.select({ section: measureSection.section, id: plan.id, name: plan.name })
		.from(measureSection)
		.innerJoin(measure, eq(measure.id, measureSection.measure))
		.innerJoin(plan, eq(plan.id, measure.plan))
		.where(
			and(eq(measureSection.id, id), eq(measureSection.municipality, actor.municipality), eq(plan.kind, 'evaluation'))
		);
	if (!found || !can(actor, 'cell.edit', { section: found.section })) throw new NotFound('project');
	const table = await printedTable(tx, actor, found, fiscalYear);
	const cell = table.rows.flatMap((row) => row.current).find((one) => one.id === id);
	if (!cell) throw new NotFound('project');
	return { cell, draft: draftIn(table, cell, await printedMetrics(tx, actor.municipality, fiscalYear)) };
}

/** The draft of a cell of the own section. */
export const draftFor = async (tx: Reader, actor: Actor, cell: string, fiscalYear: number): Promise<string> =>
	(await ownProject(tx, actor, cell, fiscalYear)).draft;

/**
 * Grades a project, with its sentence and the figures as they are now. What did not change is not saved again; what somebody else saved
 * since the person saw it is not overwritten.
 */
export async function grade(
	tx: Tx,
	actor: Actor,
	fiscalYear: number,
	{ cell, seen, ...input }: EvaluationInput,
	now: Date
): Promise<void> {
	const project = await ownProject(tx, actor, cell, fiscalYear);
	const figures: Values = Object.fromEntries(project.cell.figures.map(({ metric, value }) => [metric, value]));
	const [stands] = await tx
		.select()
		.from(evaluation)
		.where(and(eq(evaluation.cell, cell), eq(evaluation.fiscalYear, fiscalYear)))
		.orderBy(desc(evaluation.number))
		.limit(1);
	const same = stands?.grade === input.grade && stands.words === input.words;
	if (same && seenOf(stands.figures) === seenOf(figures)) return;
	if ((stands?.number ?? 0) !== seen) throw new RuleBroken('error_evaluation_saved', 'words');
	await tx.insert(evaluation).values({
		...{ id: newId(), municipality: actor.municipality, cell, fiscalYear, number: seen + 1 },
		...{ ...input, figures, by: actor.person, at: now }
	});
	await record(tx, actor, 'evaluation.write', 'measure_section', cell, { fiscalYear, grade: input.grade });
}
