import { error, redirect } from '@sveltejs/kit';
import { demoAccounts } from '#lib/people/accounts.server.ts';
import { db } from '#lib/server/db/index.ts';
import { enter } from '#lib/server/http/enter.ts';
import { typed } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/login');

/** One button per invented person. There is nobody behind it in a real municipality. */
export const actions: Actions = {
	default: async (event) => {
		const here = event.locals.municipality;
		const { who, next } = typed(await event.request.formData());
		const found = here && (await demoAccounts(db, here)).find((one) => one.loginId === who);
		if (!found) error(404);
		return enter(event, found.person, 'demo', String(next ?? ''));
	}
};
