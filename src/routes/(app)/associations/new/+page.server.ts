import { associationForm } from '#lib/people/association.ts';
import { addAssociation } from '#lib/people/associations.server.ts';
import { schoolsOf } from '#lib/people/settings.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
	schools: await schoolsOf(db, requireActor(event).municipality)
});

export const actions: Actions = {
	default: form(associationForm, async (tx, actor, input) => {
		return `/associations/${await addAssociation(tx, actor, input, new Date())}`;
	})
};
