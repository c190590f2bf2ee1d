import * as z from 'zod/mini';
import { may } from '#lib/people/permissions.ts';
import { cursorOf, filterOf } from '#lib/patrols/filter.ts';
import { confirmAll } from '#lib/patrols/logs.server.ts';
import { bodiesInReach, listLogs, waitingCount } from '#lib/patrols/reads.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const filter = filterOf(event.url.searchParams);
	const cursor = cursorOf(event.url.searchParams.get('after'));
	return {
		...(await listLogs(db, actor, filter, cursor)),
		filter,
		first: cursor === undefined,
		waiting: await waitingCount(db, actor),
		bodies: await bodiesInReach(db, actor),
		may: {
			confirm: may(actor, 'patrol.confirm'),
			enter: may(actor, 'patrol.enterForOthers'),
			phones: may(actor, 'sync.seeDevices')
		}
	};
};

/** `id.number`: the log and the version that was on the screen. */
const ticked = z.string().check(z.regex(/^[0-9a-f-]{36}\.\d{1,6}$/, 'error_input'));
const chosen = z.object({ log: z.array(ticked, 'error_patrols_none').check(z.maxLength(100, 'error_input')) });

export const actions = {
	confirm: form(chosen, async (tx, actor, { log }) => {
		const seen = log.map((one) => ({ id: one.slice(0, 36), seen: Number(one.slice(37)) }));
		return confirmAll(tx, actor, seen, new Date());
	})
};
