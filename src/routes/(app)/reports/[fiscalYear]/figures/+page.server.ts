import { jstDay } from '#lib/calendar/day.ts';
import { figuresForm } from '#lib/reports/typed.ts';
import { typedFigures, typeFigures } from '#lib/reports/typed.server.ts';
import { closedAs } from '#lib/reports/printed.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

export const load = async (event) => {
	const year = yearOfPage(event);
	const actor = requireActor(event);
	const closed = await closedAs(db, actor.municipality, year);
	return {
		year,
		closedOn: closed && jstDay(closed.at),
		figures: await typedFigures(db, actor, year),
		saved: event.url.searchParams.has('saved')
	};
};

export const actions = {
	default: form(figuresForm, async (tx, actor, sent, event) => {
		const year = yearOfPage(event);
		await typeFigures(tx, actor, year, sent, new Date());
		return `/reports/${year}/figures?saved`;
	})
};
