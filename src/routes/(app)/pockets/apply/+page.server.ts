import { redirect } from '@sveltejs/kit';
import { mapBaseOf } from '#lib/map/base.server.ts';
import { may } from '#lib/people/permissions.ts';
import { applicationForm } from '#lib/pockets/application.ts';
import { districtsToChoose, handedInBy, handIn } from '#lib/pockets/applications.server.ts';
import { pocketNameOf } from '#lib/pockets/register.server.ts';
import { db } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	// The office writes down how an application came, too.
	if (may(actor, 'pocket.edit')) redirect(303, '/pockets/new');
	return {
		id: newId(),
		schools: await districtsToChoose(db, actor),
		handedIn: await handedInBy(db, actor),
		base: await mapBaseOf(db, actor.municipality),
		programme: await pocketNameOf(db, actor.municipality),
		taken: event.url.searchParams.has('taken')
	};
};

export const actions = {
	default: form(applicationForm, async (tx, actor, input) => {
		await handIn(tx, actor, input, new Date());
		return '/pockets/apply?taken';
	})
};
