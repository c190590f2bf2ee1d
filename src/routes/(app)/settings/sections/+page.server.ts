import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { sectionForm, sectionNameForm, yearForm } from '#lib/people/municipality.ts';
import { addSection, dropSectionName, nameSection, sectionsOf } from '#lib/people/settings.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const thisYear = () => fiscalYearOf(jstDay(new Date()));

export const load: PageServerLoad = async (event) => ({
	year: thisYear(),
	id: newId(),
	sections: await sectionsOf(db, requireActor(event).municipality, thisYear())
});

export const actions: Actions = {
	add: form(sectionForm, async (tx, actor, { id, name }) => {
		await addSection(tx, actor, name, thisYear(), { id });
		return { saved: true };
	}),
	name: form(yearForm, async (tx, actor, input) => {
		await nameSection(tx, actor, input);
		return { saved: true };
	}),
	dropName: form(sectionNameForm, async (tx, actor, input) => {
		await dropSectionName(tx, actor, input);
		return { saved: true };
	})
};
