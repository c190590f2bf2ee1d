import { schoolForm } from '#lib/people/municipality.ts';
import { addSchool, schoolsOf } from '#lib/people/settings.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
	schools: await schoolsOf(db, requireActor(event).municipality)
});

export const actions: Actions = {
	default: form(schoolForm, async (tx, actor, input) => {
		await addSchool(tx, actor, input);
		return { saved: true };
	})
};
