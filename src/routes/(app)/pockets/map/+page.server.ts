import { mapBaseOf } from '#lib/map/base.server.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { filterIn, inOrder, joined, momentOf, pinOf, startIn } from '#lib/pockets/pin.ts';
import { schoolNames } from '#lib/pockets/publicMap.server.ts';
import { lookedView } from '#lib/pockets/views.server.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const { audience, schools, points, areas } = await lookedView(actor, 'map');
	const names = await schoolNames(db, actor.municipality);
	return {
		audience,
		programme: (await settingsOf(db, actor.municipality)).settings.pocketName,
		base: await mapBaseOf(db, actor.municipality),
		schools: [...names].filter(([id]) => schools === 'all' || schools.includes(id)).map(([, name]) => name),
		pins: inOrder(points.map((one) => ({ ...pinOf(one, names), ...(audience === 'office' && { id: one.id }) }))),
		areas: joined(areas),
		filter: filterIn(event.url.searchParams),
		now: momentOf(new Date()),
		from: startIn(event.url.searchParams)
	};
};
