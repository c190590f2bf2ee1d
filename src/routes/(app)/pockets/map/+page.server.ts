import { mapBaseOf } from '#lib/map/base.server.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { filterIn, inOrder, joined, momentOf, pinOf, startIn } from '#lib/pockets/pin.ts';
import { schoolNames } from '#lib/pockets/publicMap.server.ts';
import { noteLook, ownView } from '#lib/pockets/views.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const { audience, schools, points, areas } = await ownView(db, actor);
	if (audience === 'office') await transaction((tx) => noteLook(tx, actor, 'map', points.length));
	const names = await schoolNames(db, actor.municipality);
	return {
		audience,
		programme: (await settingsOf(db, actor.municipality)).settings.pocketName,
		base: await mapBaseOf(db, actor.municipality),
		schools: [...names].filter(([id]) => schools === 'all' || schools.includes(id)).map(([, name]) => name),
		pins: inOrder(points.map((one) => pinOf(one, names))),
		areas: joined(areas),
		filter: filterIn(event.url.searchParams),
		now: momentOf(new Date()),
		from: startIn(event.url.searchParams)
	};
};
