import { json } from '@sveltejs/kit';
import { eraYear } from '#lib/calendar/era.ts';
import { textOf } from '#lib/reports/line.ts';
import type { Cell } from '#lib/reports/measure.ts';
import { publishedTable } from '#lib/reports/printed.server.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

const cellJson = (cell: Cell) => ({
	section: cell.sectionName,
	lines: cell.lines.map((line) => ({ text: textOf(line.parts), from: line.from, new: line.fresh })),
	/** Null: not counted, not typed. */
	figures: Object.fromEntries(cell.figures.map(({ metric, value }) => [metric, value ?? null]))
});

/** The table of a fiscal year, for clerks who go on working with it. The shape is written down in `api/v1/README.md`. */
export const GET = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const { plan, fiscalYear, rows } = await readApart((tx) => publishedTable(tx, actor, year)).catch(answer);
	return json({
		plan,
		fiscalYear,
		era: eraYear(fiscalYear),
		measures: rows.map(({ number, chapter, heading, name, cityWide, sections, previous, current, next }) => ({
			...{ number, chapter, heading, name, cityWide, sections },
			...{ previous: previous.map(cellJson), current: current.map(cellJson), next: next.map(cellJson) }
		}))
	});
};
