import { json } from '@sveltejs/kit';
import { jstDay } from '#lib/calendar/day.ts';
import { eraYear } from '#lib/calendar/era.ts';
import { textOf } from '#lib/reports/line.ts';
import type { Cell, Line } from '#lib/reports/measure.ts';
import { closedAs, publishedTable } from '#lib/reports/printed.server.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

const isRecounted = (line: Line) => line.recounted === true || line.parts.some((part) => part.recounted);
const cellJson = (cell: Cell) => ({
	section: cell.sectionName,
	lines: cell.lines.map((line) => ({
		text: textOf(line.parts),
		from: line.from,
		new: line.fresh,
		recounted: isRecounted(line)
	})),
	/** Null: not counted, not typed. */
	figures: Object.fromEntries(cell.figures.map(({ metric, value }) => [metric, value ?? null]))
});

/** The table of a fiscal year, for clerks who go on working with it. The shape is written down in `api/v1/README.md`. */
export const GET = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const { plan, fiscalYear, rows, notes = [] } = await readApart((tx) => publishedTable(tx, actor, year)).catch(answer);
	const closed = await closedAs(db, actor.municipality, fiscalYear);
	return json({
		plan,
		fiscalYear,
		era: eraYear(fiscalYear),
		closed: closed ? { on: jstDay(closed.at), number: closed.number } : null,
		notes,
		measures: rows.map(({ number, chapter, heading, name, cityWide, sections, previous, current, next }) => ({
			...{ number, chapter, heading, name, cityWide, sections },
			...{ previous: previous.map(cellJson), current: current.map(cellJson), next: next.map(cellJson) }
		}))
	});
};
