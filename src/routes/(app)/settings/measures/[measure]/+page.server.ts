import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import {
	addCell,
	changeMeasure,
	moveCell,
	ownMeasure,
	removeCell,
	removeMeasure,
	setCellYears
} from '#lib/reports/measures.server.ts';
import { moveLine } from '#lib/reports/placements.server.ts';
import { cellYearsForm, measureForm, moveForm, newCellForm, thingForm } from '#lib/reports/plan.ts';
import { measurePage } from '#lib/reports/settings.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import * as z from 'zod/mini';

export const load = async (event) => {
	const running = fiscalYearAt(new Date());
	return {
		...(await measurePage(db, requireActor(event), event.params.measure, running).catch(answer)),
		running,
		id: newId(),
		did: event.url.searchParams.get('did')
	};
};

const here = (event: { params: Partial<Record<string, string>> }) => event.params.measure ?? '';
const done = (event: { params: Partial<Record<string, string>> }, what: string) =>
	`/settings/measures/${here(event)}?did=${what}`;

export const actions = {
	change: form(measureForm, async (tx, actor, input, event) => {
		await changeMeasure(tx, actor, here(event), input);
		return done(event, 'saved');
	}),
	remove: form(z.object({}), async (tx, actor, _, event) => {
		const { plan } = await ownMeasure(tx, actor, here(event));
		await removeMeasure(tx, actor, here(event));
		return `/settings/measures/plans/${plan}?did=removed`;
	}),
	addSection: form(newCellForm, async (tx, actor, input, event) => {
		await addCell(tx, actor, here(event), input);
		return done(event, 'added');
	}),
	years: form(cellYearsForm, async (tx, actor, { cell, ...input }, event) => {
		await setCellYears(tx, actor, cell, input);
		return done(event, 'saved');
	}),
	removeSection: form(thingForm, async (tx, actor, { thing }, event) => {
		await removeCell(tx, actor, thing);
		return done(event, 'removed');
	}),
	moveSection: form(moveForm, async (tx, actor, input, event) => {
		await moveCell(tx, actor, input);
		return done(event, 'saved');
	}),
	moveLine: form(moveForm, async (tx, actor, input, event) => {
		await moveLine(tx, actor, input);
		return done(event, 'saved');
	})
};
