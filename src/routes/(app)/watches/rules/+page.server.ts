import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { rulesOf } from '#lib/watches/rules.server.ts';

export const load = async (event) => ({
	rules: (await rulesOf(db, requireActor(event), new Date())).map(({ rule, ...one }) => ({
		...one,
		id: rule.id,
		programme: rule.programme,
		times: rule.times,
		weeks: rule.weeks,
		startOn: rule.startOn,
		endOn: rule.endOn,
		capacity: rule.capacity,
		minimum: rule.minimum
	})),
	ended: event.url.searchParams.has('ended')
});
