import * as z from 'zod/mini';
import { may } from '#lib/people/permissions.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { declareLost, letPhoneIn, phonesOf, stopPhone } from '#lib/sync/phones.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event);
	return { phones: await phonesOf(db, actor, new Date()), seesLogs: may(actor, 'patrol.see') };
};

const one = z.object({ device: z.string(), epoch: z.string() });

export const actions: Actions = {
	stop: form(one, async (tx, actor, { device }) => {
		await stopPhone(tx, actor, device, new Date());
		return { done: 'stopped' as const };
	}),
	letIn: form(one, async (tx, actor, { device }) => {
		await letPhoneIn(tx, actor, device);
		return { done: 'letIn' as const };
	}),
	lost: form(one, async (tx, actor, { device, epoch }) => {
		await declareLost(tx, actor, device, epoch, new Date());
		return { done: 'lost' as const };
	})
};
