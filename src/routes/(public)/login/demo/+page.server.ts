import { redirect } from '@sveltejs/kit';
import * as z from 'zod/mini';
import { demoAccounts } from '#lib/people/accounts.server.ts';
import { ownPath } from '#lib/people/login.ts';
import { actorOf } from '#lib/people/sessions.server.ts';
import { transaction } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { enter } from '#lib/server/http/enter.ts';
import { openForm } from '#lib/server/http/open-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/login');

const button = z.object({ who: z.string(), next: z.optional(z.string()) });

/** One button per invented person. There is nobody behind it in a real municipality. */
export const actions: Actions = {
	default: openForm(button, async (input, event) => {
		const here = event.locals.municipality;
		await transaction(async (tx) => {
			const found = here && (await demoAccounts(tx, here)).find((one) => one.loginId === input.who);
			const actor = found && (await actorOf(tx, here.id, found.person, new Date()));
			if (!actor) throw new NotFound();
			await enter(tx, event, actor, 'demo');
		});
		return ownPath(input.next);
	})
};
