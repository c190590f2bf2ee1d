import { jstDay } from '#lib/calendar/day.ts';
import { mapBaseOf } from '#lib/map/base.server.ts';
import { officeForm } from '#lib/pockets/application.ts';
import { takeApplication } from '#lib/pockets/applications.server.ts';
import { pocketNameOf, schoolsOf } from '#lib/pockets/register.server.ts';
import { db } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	return {
		id: newId(),
		schools: await schoolsOf(db, actor.municipality),
		base: await mapBaseOf(db, actor.municipality),
		programme: await pocketNameOf(db, actor.municipality),
		today: jstDay(new Date())
	};
};

export const actions = {
	default: form(officeForm, async (tx, actor, input) => {
		await takeApplication(tx, actor, input, { way: input.way, on: input.on }, new Date());
		return `/pockets/${input.id}`;
	})
};
