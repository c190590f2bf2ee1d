import { associationForm, endForm } from '#lib/people/association.ts';
import { editAssociation, endAssociation } from '#lib/people/associations.server.ts';
import { can } from '#lib/people/permissions.ts';
import { reachedAssociation } from '#lib/people/reads.server.ts';
import { schoolsOf } from '#lib/people/settings.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event);
	const id = event.params.association;
	const {
		municipality: _m,
		createdAt: _c,
		note,
		...found
	} = await reachedAssociation(db, actor, id, 'association.see').catch(answer);
	const mayEdit = can(actor, 'association.edit', {});
	return {
		// The note is the city's own; a leader's answer does not hold it.
		association: { ...found, ...(mayEdit && { note }) },
		schools: await schoolsOf(db, actor.municipality),
		mayEdit: mayEdit && !found.endedOn,
		// Rosters are of bodies that are still there.
		mayRoster: !found.endedOn && can(actor, 'roster.see', { association: id })
	};
};

export const actions: Actions = {
	edit: form(associationForm, async (tx, actor, input, { params }) => {
		await editAssociation(tx, actor, params.association!, input);
		return { saved: true };
	}),
	end: form(endForm, async (tx, actor, { reason }, { params }) => {
		await endAssociation(tx, actor, params.association!, reason, new Date());
		return '/associations';
	})
};
