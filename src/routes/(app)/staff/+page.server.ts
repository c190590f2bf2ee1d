import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { openAssociations } from '#lib/people/reads.server.ts';
import { schoolsOf, sectionsOf } from '#lib/people/settings.server.ts';
import { accountsOf, addStaff } from '#lib/people/staff.server.ts';
import { staffForm } from '#lib/people/staff.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event);
	const now = new Date();
	const year = fiscalYearOf(jstDay(now));
	return {
		accounts: await accountsOf(db, actor, now),
		sections: (await sectionsOf(db, actor.municipality, year)).map(({ id, name }) => ({ id, name })),
		schools: await schoolsOf(db, actor.municipality),
		associations: await openAssociations(db, actor.municipality)
	};
};

export const actions: Actions = {
	/** The link is in this answer and nowhere else. */
	add: form(staffForm, async (tx, actor, input, { url }) => {
		const made = await addStaff(tx, actor, input, new Date());
		return { link: `${url.origin}/password/${made.token}`, name: input.name };
	})
};
