import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { sectionForm, yearForm } from '#lib/people/municipality.ts';
import { addSection, nameSection, sectionsOf } from '#lib/people/settings.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const thisYear = () => fiscalYearOf(jstDay(new Date()));

export const load: PageServerLoad = async (event) => ({
	year: thisYear(),
	sections: await sectionsOf(db, requireActor(event).municipality, thisYear())
});

export const actions: Actions = {
	add: form(sectionForm, async (tx, actor, { name }) => {
		await addSection(tx, actor, name, thisYear());
		return { saved: true };
	}),
	name: form(yearForm, async (tx, actor, input) => {
		await nameSection(tx, actor, input);
		return { saved: true };
	})
};
