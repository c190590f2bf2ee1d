import { jstDay } from '#lib/calendar/day.ts';
import { mapBaseOf } from '#lib/map/base.server.ts';
import { pinOf, pinOfFeature } from '#lib/pockets/pin.ts';
import { publicMap, schoolNames } from '#lib/pockets/publicMap.server.ts';
import { onSheet, sheetIn } from '#lib/pockets/sheet.ts';
import { lookedView, ownView } from '#lib/pockets/views.server.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const sheet = sheetIn(event.url.searchParams);
	// What is to be put up is nobody’s secret; what is to be kept is a look.
	const { schools, points } = sheet.what === 'own' ? await lookedView(actor, 'sheet') : await ownView(db, actor);
	const names = await schoolNames(db, actor.municipality);
	const { map } = await publicMap(actor.municipality);
	const mine = [...names].filter(([id]) => schools === 'all' || schools.includes(id)).map(([, name]) => name);
	const everybodys = map.features.map(pinOfFeature).filter((pin) => mine.includes(pin.school));
	const pins = onSheet(sheet.what === 'own' ? points.map((one) => pinOf(one, names)) : everybodys, sheet);
	return {
		sheet,
		pins,
		schools: mine,
		programme: map.programme,
		of: map.attribution,
		base: await mapBaseOf(db, actor.municipality),
		today: jstDay(new Date())
	};
};
