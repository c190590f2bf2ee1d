import { gates } from '#lib/people/gates.ts';
import { may } from '#lib/people/permissions.ts';
import { countUnplaced } from '#lib/pockets/places.server.ts';
import { countsOf, pocketNameOf, registerOf, schoolsOf } from '#lib/pockets/register.server.ts';
import { filterOf } from '#lib/pockets/registerFilter.ts';
import { noteLook } from '#lib/pockets/views.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const { page, ...filter } = filterOf(event.url.searchParams);
	// The look and its line in the trail are one: neither without the other.
	const list = await transaction(async (tx) => {
		const found = await registerOf(tx, actor, filter, page);
		await noteLook(tx, actor, 'list', found.rows.length);
		return found;
	});
	return {
		...list,
		page,
		filter,
		counts: await countsOf(db, actor, filter),
		unplaced: await countUnplaced(db, actor),
		schools: await schoolsOf(db, actor.municipality),
		programme: await pocketNameOf(db, actor.municipality),
		may: { edit: may(actor, 'pocket.edit'), map: '/(app)/pockets/map' in gates }
	};
};
