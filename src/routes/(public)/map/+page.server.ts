import { error } from '@sveltejs/kit';
import { mapBaseOf } from '#lib/map/base.server.ts';
import { filterIn, inOrder, momentOf, narrowed, PAGE, pinOfFeature, startIn } from '#lib/pockets/pin.ts';
import { publicMap, schoolNames } from '#lib/pockets/publicMap.server.ts';
import { db } from '#lib/server/db/index.ts';
import { sentence } from '#lib/server/http/answers.ts';

export const load = async ({ locals, url }) => {
	const here = locals.municipality ?? error(404, sentence('error_not_found'));
	const { map } = await publicMap(here.id);
	const filter = filterIn(url.searchParams);
	const now = momentOf(new Date());
	const found = narrowed(inOrder(map.features.map(pinOfFeature)), filter, now);
	const from = startIn(url.searchParams);
	return {
		programme: map.programme,
		base: await mapBaseOf(db, here.id),
		schools: [...(await schoolNames(db, here.id)).values()],
		areas: map.areas,
		filter,
		now,
		from,
		count: found.length,
		// The rest comes as points, once, where there is a script.
		pins: found.slice(from, from + PAGE)
	};
};
