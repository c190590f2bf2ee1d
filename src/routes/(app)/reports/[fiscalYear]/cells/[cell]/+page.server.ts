import { jstDay } from '#lib/calendar/day.ts';
import { boxesOfCell, cellForm } from '#lib/reports/cell.ts';
import { cellOf, writeCell } from '#lib/reports/cells.server.ts';
import { closedAs } from '#lib/reports/printed.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

export const load = async (event) => {
	const year = yearOfPage(event);
	const { done, planned, ...cell } = await cellOf(db, requireActor(event), event.params.cell, year).catch(answer);
	const closed = await closedAs(db, requireActor(event).municipality, year);
	return {
		year,
		closedOn: closed && jstDay(closed.at),
		cell,
		boxes: boxesOfCell({ done: done.lines, planned: planned.lines }),
		seen: { done: done.number, planned: planned.number }
	};
};

export const actions = {
	default: form(cellForm, async (tx, actor, input, event) => {
		const year = yearOfPage(event);
		await writeCell(tx, actor, event.params.cell ?? '', year, input, new Date());
		return `/reports/${year}?saved#cell-${event.params.cell}`;
	})
};
