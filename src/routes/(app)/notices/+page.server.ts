import * as z from 'zod/mini';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { noticesOf, readNotices } from '#lib/watches/notices.server.ts';

export const load = async (event) => ({ notices: await noticesOf(db, requireActor(event), new Date()) });

export const actions = {
	read: form(z.object({ ids: z._default(z.array(z.string()), []) }), async (tx, actor, { ids }) => {
		await readNotices(tx, actor, ids, new Date());
		return '/notices';
	})
};
