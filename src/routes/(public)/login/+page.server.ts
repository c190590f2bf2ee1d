import { redirect } from '@sveltejs/kit';
import { demoAccounts } from '#lib/people/accounts.server.ts';
import { beginStep, needsSecondFactor, passwordHolder } from '#lib/people/entering.server.ts';
import { loginForm, ownPath } from '#lib/people/login.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { enter } from '#lib/server/http/enter.ts';
import { openForm } from '#lib/server/http/open-form.ts';
import { keepStep, readKnown } from '#lib/server/http/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const here = locals.municipality;
	const next = ownPath(url.searchParams.get('next'));
	if (locals.actor) redirect(303, next);
	return { next, town: here?.name, demo: here ? await demoAccounts(db, here) : [] };
};

export const actions: Actions = {
	default: openForm(loginForm, async (input, event) => {
		const here = event.locals.municipality;
		if (!here) throw new NotFound();
		const now = new Date();
		const from = { address: event.getClientAddress(), known: readKnown(event) };
		const actor = await passwordHolder(db, here, input, from, now);
		if (needsSecondFactor(here, actor)) {
			keepStep(event, await transaction((tx) => beginStep(tx, actor, now)));
			return `/login/code?next=${encodeURIComponent(ownPath(input.next))}`;
		}
		await transaction((tx) => enter(tx, event, actor, 'password'));
		return ownPath(input.next);
	})
};
