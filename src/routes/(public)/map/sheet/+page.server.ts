import { error } from '@sveltejs/kit';
import { jstDay } from '#lib/calendar/day.ts';
import { mapBaseOf } from '#lib/map/base.server.ts';
import { pinOfFeature } from '#lib/pockets/pin.ts';
import { publicMap, schoolNames } from '#lib/pockets/publicMap.server.ts';
import { onSheet, sheetIn, type Sheet } from '#lib/pockets/sheet.ts';
import { db } from '#lib/server/db/index.ts';
import { sentence } from '#lib/server/http/answers.ts';

export const load = async ({ locals, url }) => {
	const here = locals.municipality ?? error(404, sentence('error_not_found'));
	const { map } = await publicMap(here.id);
	const sheet: Sheet = { ...sheetIn(url.searchParams), what: 'public' };
	return {
		sheet,
		pins: onSheet(map.features.map(pinOfFeature), sheet),
		schools: [...(await schoolNames(db, here.id)).values()],
		programme: map.programme,
		of: map.attribution,
		base: await mapBaseOf(db, here.id),
		today: jstDay(new Date())
	};
};
