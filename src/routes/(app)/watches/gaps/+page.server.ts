import { jstDay } from '#lib/calendar/day.ts';
import { mapBaseOf } from '#lib/map/base.server.ts';
import { may } from '#lib/people/permissions.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { questionIn } from '#lib/watches/gaps.ts';
import { gapsFor } from '#lib/watches/gaps.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const now = new Date();
	const asked = questionIn(event.url.searchParams, jstDay(now));
	return {
		...(await gapsFor(actor, asked, now).catch(answer)),
		programme: (await settingsOf(db, actor.municipality)).settings.pocketName,
		base: await mapBaseOf(db, actor.municipality),
		may: {
			all: may(actor, 'pocket.see'),
			map: may(actor, 'pocket.map'),
			apply: may(actor, 'pocket.apply') && !may(actor, 'pocket.edit'),
			watches: may(actor, 'shift.see'),
			plan: may(actor, 'shift.edit')
		}
	};
};
