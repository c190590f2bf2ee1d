import { mapBaseOf } from '#lib/map/base.server.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { placesOf } from '#lib/watches/places.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	return {
		places: await placesOf(db, actor, 'shift.edit'),
		base: await mapBaseOf(db, actor.municipality),
		saved: event.url.searchParams.has('saved')
	};
};
