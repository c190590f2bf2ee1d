import * as z from 'zod/mini';
import { readEquipmentNotices } from '#lib/equipment/notices.server.ts';
import { openedWays } from '#lib/people/messages.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { readRunInNotices } from '#lib/pockets/runInNotices.server.ts';
import { readNotices } from '#lib/watches/notices.server.ts';
import { allNoticesOf } from './list.server.ts';

export const load = async (event) => {
	const { mail, push } = openedWays();
	return {
		notices: await allNoticesOf(db, requireActor(event), new Date()),
		/** Is there anything to choose on the page on how to be told? */
		ways: mail || push !== undefined
	};
};

export const actions = {
	read: form(z.object({ ids: z._default(z.array(z.string()), []) }), async (tx, actor, { ids }) => {
		const now = new Date();
		await readNotices(tx, actor, ids, now);
		await readEquipmentNotices(tx, actor, ids, now);
		await readRunInNotices(tx, actor, ids, now);
		return '/notices';
	})
};
