/** What a section writes into its own cells of the table, for a fiscal year and for the one after it. */
import { and, desc, eq } from 'drizzle-orm';
import { sectionNameIn } from '#lib/people/settings.server.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { linesSent, type CellInput } from './cell.ts';
import { columns, type Column } from './measure.ts';
import { cellText, measure, measureSection } from './tables.server.ts';

/** The cell of the actor's own section, with its measure; another section's does not exist. */
async function ownCell(tx: Reader, actor: Actor, id: string) {
	const [found] = await tx
		.select({ id: measureSection.id, section: measureSection.section, number: measure.number, name: measure.name })
		.from(measureSection)
		.innerJoin(measure, eq(measure.id, measureSection.measure))
		.where(and(eq(measureSection.id, id), eq(measureSection.municipality, actor.municipality)));
	if (!found || !can(actor, 'cell.edit', { section: found.section })) throw new NotFound('cell');
	return found;
}

/** `done` is of the year itself, `planned` of the next: the column 翌年度. */
const yearOf = (column: Column, fiscalYear: number) => (column === 'done' ? fiscalYear : fiscalYear + 1);

/** The last saving of a column, or none. */
async function textOf(tx: Reader, cell: string, fiscalYear: number, column: Column) {
	const [found] = await tx
		.select({ number: cellText.number, lines: cellText.lines })
		.from(cellText)
		.where(
			and(eq(cellText.cell, cell), eq(cellText.fiscalYear, yearOf(column, fiscalYear)), eq(cellText.column, column))
		)
		.orderBy(desc(cellText.number))
		.limit(1);
	return found ?? { number: 0, lines: [] };
}

/** A cell to be written in: its measure, the name of its section in that year, and what stands there. */
export async function cellOf(tx: Reader, actor: Actor, id: string, fiscalYear: number) {
	const { section, ...cell } = await ownCell(tx, actor, id);
	return {
		...cell,
		sectionName: (await sectionNameIn(tx, section, fiscalYear)) ?? '',
		done: await textOf(tx, id, fiscalYear, 'done'),
		planned: await textOf(tx, id, fiscalYear, 'planned')
	};
}

/**
 * Saves both columns of a cell. A column that did not change is not saved again; one that somebody else saved since the person saw it is
 * refused, and nothing is.
 */
export async function writeCell(
	tx: Tx,
	actor: Actor,
	id: string,
	fiscalYear: number,
	input: CellInput,
	now: Date
): Promise<void> {
	await ownCell(tx, actor, id);
	const seen = { done: input.seenDone, planned: input.seenPlanned };
	for (const column of columns) {
		const stands = await textOf(tx, id, fiscalYear, column);
		const lines = linesSent(input, column);
		if (JSON.stringify(stands.lines) === JSON.stringify(lines)) continue;
		if (stands.number !== seen[column]) throw new RuleBroken('error_cell_saved', column);
		await tx.insert(cellText).values({
			...{ id: newId(), municipality: actor.municipality, cell: id, fiscalYear: yearOf(column, fiscalYear), column },
			...{ number: stands.number + 1, lines, by: actor.person, at: now }
		});
		await record(tx, actor, 'cell.write', 'measure_section', id, { fiscalYear, column, lines: lines.length });
	}
}
