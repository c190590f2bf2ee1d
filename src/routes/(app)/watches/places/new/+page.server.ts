import { mapBaseOf } from '#lib/map/base.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { placeForm } from '#lib/watches/place.ts';
import { makePlace } from '#lib/watches/places.server.ts';
import { bodiesToChoose } from '#lib/watches/scope.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	return { bodies: await bodiesToChoose(db, actor, 'shift.edit'), base: await mapBaseOf(db, actor.municipality) };
};

export const actions = {
	default: form(placeForm, async (tx, actor, input) => {
		await makePlace(tx, actor, input, new Date());
		return '/watches/places?saved';
	})
};
