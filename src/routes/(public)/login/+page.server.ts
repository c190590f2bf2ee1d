import { redirect } from '@sveltejs/kit';
import { accountOf, demoAccounts } from '#lib/people/accounts.server.ts';
import { loginForm, ownPath } from '#lib/people/login.ts';
import { rightPassword } from '#lib/people/passwords.server.ts';
import { db } from '#lib/server/db/index.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { enter } from '#lib/server/http/enter.ts';
import { fieldErrors, refuse, typed } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const here = locals.municipality;
	const next = ownPath(url.searchParams.get('next'));
	if (locals.actor) redirect(303, next);
	return { next, town: here?.name, demo: here ? await demoAccounts(db, here) : [] };
};

export const actions: Actions = {
	default: async (event) => {
		const values = typed(await event.request.formData());
		const input = loginForm.safeParse(values);
		if (!input.success) return refuse(values, fieldErrors(input.error.issues));
		const here = event.locals.municipality;
		const found = here && (await accountOf(db, here.id, input.data.loginId));
		if (!(await rightPassword(found?.password, input.data.password)))
			return refuse(values, { form: sentence('error_login') });
		return enter(event, found!.person, 'password', input.data.next);
	}
};
